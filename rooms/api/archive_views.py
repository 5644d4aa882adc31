"""The room API: a closed room, read by its people and deleted by its host."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.auth import person_of
from rooms.api.serializers import RoomOut
from rooms.models import NAME_MAX
from rooms.places.archive import archive_delete, archive_in, archive_wire
from syncwatch.lib.api import StrictSerializer, read


class ArchiveOut(RoomOut):
    closed_at = serializers.CharField()
    back_until = serializers.CharField(help_text="Until then its host may open it again.")


class DeleteIn(StrictSerializer):
    name = serializers.CharField(max_length=4 * NAME_MAX, help_text="The room's name, typed anew.")


class ArchiveView(APIView):
    """`/api/rooms/{code}/archive/`"""

    @extend_schema(responses=ArchiveOut)
    def get(self, request: Request, code: str) -> Response:
        """A room its host closed, for its members, for 30 days. Its chat and its list are at
        `archive/messages/` and `archive/queue/`.
        """
        return Response(archive_wire(archive_in(person_of(request), code)))

    @extend_schema(request=DeleteIn, responses={204: None})
    def delete(self, request: Request, code: str) -> Response:
        """Delete it for good, at once; its host alone. Films stay where they are."""
        user = person_of(request)
        place = archive_in(user, code)
        archive_delete(place=place, by=user, name=read(DeleteIn, request)["name"])
        return Response(status=status.HTTP_204_NO_CONTENT)
