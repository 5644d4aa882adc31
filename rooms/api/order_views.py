"""The room API: keeping order. For moderators alone."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.auth import person_of
from accounts.friend_access import person_with
from rooms import bans, measures
from rooms.access import Place, place_in
from rooms.api import order_forms as forms
from rooms.schema import end_of
from rooms.selectors import measure_wire
from syncwatch.lib.api import CursorPage, read


def moderated(request: Request, code: str) -> Place:
    """The place of somebody who manages the people of a room."""
    place = place_in(person_of(request), code)
    place.require("moderate")
    return place


class MemberBanView(APIView):
    """`/api/rooms/{code}/members/{user_id}/ban/`"""

    @extend_schema(request=forms.BanIn, responses={201: forms.BanOut, 200: forms.BanOut})
    def post(self, request: Request, code: str, user_id: str) -> Response:
        """Ban somebody, whether they are in the room or not. Said again: the new reason and end."""
        place = moderated(request, code)
        asked = read(forms.BanIn, request)
        ban, fresh = bans.member_ban(
            actor=place.membership, user=person_with(user_id),
            reason=asked.get("reason", ""), until=end_of(asked),
        )  # fmt: skip
        return Response(
            bans.ban_wire(ban), status=status.HTTP_201_CREATED if fresh else status.HTTP_200_OK
        )


class BanPage(CursorPage):
    ordering = ("-created_at", "-id")


class BansView(APIView):
    """`/api/rooms/{code}/bans/`"""

    @extend_schema(responses=forms.BanOut(many=True))
    def get(self, request: Request, code: str) -> Response:
        """Who is kept out right now, with the reason; the newest first."""
        pages = BanPage()
        page = pages.paginate_queryset(bans.bans_of(moderated(request, code).room), request) or []
        return pages.get_paginated_response([bans.ban_wire(each) for each in page])


class BanView(APIView):
    """`/api/rooms/{code}/bans/{user_id}/`"""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, code: str, user_id: str) -> Response:
        """Let somebody in again."""
        place = moderated(request, code)
        bans.ban_lift(actor=place.membership, user_id=user_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class MeasurePage(CursorPage):
    ordering = ("-id",)


class MeasuresView(APIView):
    """`/api/rooms/{code}/moderation/`"""

    @extend_schema(responses=forms.MeasureOut(many=True))
    def get(self, request: Request, code: str) -> Response:
        """Who did what to whom, and why; the newest first. Of reports and shadow mutes without what
        is about the one who asks.
        """
        place = moderated(request, code)
        found = measures.taken_in(place.room, reader=place.membership.user)
        pages = MeasurePage()
        page = pages.paginate_queryset(found, request) or []
        return pages.get_paginated_response([measure_wire(each) for each in page])
