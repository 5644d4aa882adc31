"""The API of a room's emotes."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.auth import person_of
from accounts.schema import PersonOut
from chat.emotes import services
from chat.emotes.names import NAME_MAX
from rooms.access import Place, place_in
from syncwatch.lib import rate
from syncwatch.lib.api import StrictSerializer, read


class EmoteIn(StrictSerializer):
    """Multipart."""

    name = serializers.CharField(
        max_length=2 * NAME_MAX, help_text="Small letters, digits and _: sofa, written :sofa:."
    )
    picture = serializers.FileField(help_text="A PNG, JPEG, WebP or GIF of 512 kB at most.")


class EmoteOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    src = serializers.CharField(help_text="A WebP; what stands at an address never changes.")
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    by = PersonOut(allow_null=True)
    created_at = serializers.CharField()


class EmoteListOut(serializers.Serializer[Any]):
    results = EmoteOut(many=True)
    next = serializers.CharField(allow_null=True)


def _settled(request: Request, code: str) -> Place:
    place = place_in(person_of(request), code)
    place.require("settings")
    return place


class EmotesView(APIView):
    """`/api/rooms/{code}/emotes/`"""

    parser_classes = [MultiPartParser]

    @extend_schema(responses=EmoteListOut)
    def get(self, request: Request, code: str) -> Response:
        """The emotes of a room by name: a hundred at most, in one piece."""
        room = place_in(person_of(request), code).room
        rows = [services.emote_row(each) for each in services.emotes_of(room)]
        return Response({"results": rows, "next": None})

    @extend_schema(
        request={"multipart/form-data": EmoteIn}, responses={201: EmoteOut, 200: EmoteOut}
    )
    def post(self, request: Request, code: str) -> Response:
        """Put up an emote. It is drawn anew, 128 pixels at most, and stands still. Again with the
        same picture: the one that is there.
        """
        place = _settled(request, code)
        asked = read(EmoteIn, request)
        rate.check_sync("emote", str(place.membership.user_id))
        emote, fresh = services.emote_add(
            room=place.room, by=place.membership.user, name=asked["name"],
            raw=asked["picture"].read(services.FILE_MAX_BYTES + 1),
        )  # fmt: skip
        return Response(
            services.emote_row(emote),
            status=status.HTTP_201_CREATED if fresh else status.HTTP_200_OK,
        )


class EmoteView(APIView):
    """`/api/rooms/{code}/emotes/{name}/`"""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, code: str, name: str) -> Response:
        """Take one down. Where it was written its name stands again."""
        place = _settled(request, code)
        emote = services.emote_in(place.room, name)
        services.emote_remove(emote=emote, by=place.membership.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
