"""The API of shadow mutes: for moderators alone, without what is about the one who asks."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.friend_access import person_with
from accounts.schema import PersonOut
from chat.api.order_views import moderated
from chat.api.serializers import MessageOut
from chat.selectors import message_wire, with_parts
from chat.unheard import services
from chat.unheard.selectors import shadow_mutes_of, unheard_in
from rooms.schema import ReasonField, TermsIn, end_of
from syncwatch.lib.api import CursorPage, read


class ShadowMuteIn(TermsIn):
    """Without an end it holds until somebody ends it."""

    reason = ReasonField(help_text="For the moderators' log; the person never reads it.")


class ShadowMuteOut(serializers.Serializer[Any]):
    user = PersonOut()
    by = PersonOut(allow_null=True)
    reason = serializers.CharField()
    until = serializers.CharField(allow_null=True)
    created_at = serializers.CharField()
    count = serializers.IntegerField(help_text="Messages that nobody got.")


class ReleasedOut(serializers.Serializer[Any]):
    message = MessageOut()


class ShadowMuteView(APIView):
    """`/api/rooms/{code}/members/{user_id}/shadow-mute/`"""

    @extend_schema(request=ShadowMuteIn, responses={201: ShadowMuteOut, 200: ShadowMuteOut})
    def put(self, request: Request, code: str, user_id: str) -> Response:
        """From now on nobody else gets what this person writes, and they are not told. Said again:
        the new reason and end.
        """
        place = moderated(request, code)
        asked = read(ShadowMuteIn, request)
        mute, fresh = services.shadow_mute(
            actor=place.membership, user=person_with(user_id),
            reason=asked.get("reason", ""), until=end_of(asked),
        )  # fmt: skip
        found = shadow_mutes_of(place.room, reader=place.membership.user).get(pk=mute.pk)
        return Response(
            services.shadow_mute_wire(found),
            status=status.HTTP_201_CREATED if fresh else status.HTTP_200_OK,
        )

    @extend_schema(responses={204: None})
    def delete(self, request: Request, code: str, user_id: str) -> Response:
        """End it. What they wrote meanwhile stays unheard until somebody releases it."""
        place = moderated(request, code)
        services.shadow_end(actor=place.membership, user_id=user_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ShadowMutePage(CursorPage):
    ordering = ("-created_at", "-id")


class ShadowMutesView(APIView):
    """`/api/rooms/{code}/shadow-mutes/`"""

    @extend_schema(responses=ShadowMuteOut(many=True))
    def get(self, request: Request, code: str) -> Response:
        """Who writes unheard right now, with the reason; the newest first."""
        place = moderated(request, code)
        pages = ShadowMutePage()
        found = shadow_mutes_of(place.room, reader=place.membership.user)
        page = pages.paginate_queryset(found, request) or []
        return pages.get_paginated_response([services.shadow_mute_wire(each) for each in page])


class UnheardPage(CursorPage):
    ordering = ("-created_at", "-id")


class UnheardView(APIView):
    """`/api/rooms/{code}/unheard/`"""

    @extend_schema(responses=MessageOut(many=True))
    def get(self, request: Request, code: str) -> Response:
        """What was written unheard, the newest first."""
        place = moderated(request, code)
        pages = UnheardPage()
        found = with_parts(unheard_in(place.room, reader=place.membership.user))
        page = pages.paginate_queryset(found, request) or []
        return pages.get_paginated_response([message_wire(each) for each in page])


class ReleaseView(APIView):
    """`/api/rooms/{code}/unheard/{message_id}/release/`"""

    @extend_schema(request=None, responses=ReleasedOut)
    def post(self, request: Request, code: str, message_id: str) -> Response:
        """Publish one of them now. Again it changes nothing."""
        place = moderated(request, code)
        message = services.release(actor=place.membership, message_id=message_id)
        return Response({"message": message_wire(message)})
