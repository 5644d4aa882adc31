"""The room API: asking to come in, answering that, and being welcome."""

from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.auth import person_of
from accounts.schema import PersonOut
from rooms import access
from rooms.api.order_views import moderated
from rooms.api.serializers import AddressIn, RoomOut
from rooms.models import Room
from rooms.places import addresses, knocks, reopening
from rooms.places.welcome import welcome_read
from rooms.selectors import room_wire
from syncwatch.lib.api import read
from syncwatch.lib.errors import Forbidden


class KnockOut(serializers.Serializer):
    id = serializers.CharField()
    user = PersonOut()
    asked_at = serializers.CharField()


class StandingOut(serializers.Serializer):
    state = serializers.CharField(help_text="inside, waiting, declined or none.")
    again_s = serializers.IntegerField(
        allow_null=True, help_text="Declined: in how many seconds one may ask again."
    )


def _door(request: Request, code: str) -> Room:
    room = access.open_room(code)
    knocks.require_visible(person_of(request), room)
    return room


class KnocksView(APIView):
    """`/api/rooms/{code}/knocks/`"""

    @extend_schema(responses=KnockOut(many=True))
    def get(self, request: Request, code: str) -> Response:
        """Who waits at the door; for those who look after people."""
        found = knocks.waiting_at(moderated(request, code))
        return Response({"results": [knocks.knock_wire(each) for each in found], "next": None})

    @extend_schema(request=None, responses={201: StandingOut, 200: StandingOut})
    def post(self, request: Request, code: str) -> Response:
        """Ask to come in. Said again while it waits, it is still one ask."""
        told, fresh = knocks.knock_make(user=person_of(request), room=_door(request, code))
        return Response(told, status=status.HTTP_201_CREATED if fresh else status.HTTP_200_OK)


class OwnKnockView(APIView):
    """`/api/rooms/{code}/knocks/mine/`"""

    @extend_schema(responses=StandingOut)
    def get(self, request: Request, code: str) -> Response:
        """How one stands before the door; `/ws/me/` says when that changes (`door:answered`)."""
        return Response(knocks.standing(person_of(request), _door(request, code)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, code: str) -> Response:
        """Go away again."""
        knocks.knock_withdraw(user=person_of(request), room=_door(request, code))
        return Response(status=status.HTTP_204_NO_CONTENT)


class KnockAdmitView(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, code: str, knock_id: str) -> Response:
        """Let somebody in, as a guest."""
        knocks.knock_admit(place=moderated(request, code), knock_id=knock_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class KnockDeclineView(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, code: str, knock_id: str) -> Response:
        """Not now. They may ask again in an hour."""
        knocks.knock_decline(place=moderated(request, code), knock_id=knock_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class WelcomeView(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, code: str) -> Response:
        """One has read the room's welcome; its page does not show it again."""
        welcome_read(access.place_in(person_of(request), code).membership)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AddressView(APIView):
    """`/api/rooms/{code}/address/`"""

    @extend_schema(request=AddressIn, responses=RoomOut)
    def put(self, request: Request, code: str) -> Response:
        """Give the room an address of its own; its code goes on working."""
        place = access.place_in(person_of(request), code)
        place.require("settings")
        word = read(AddressIn, request)["address"]
        room = addresses.address_take(room=place.room, by=person_of(request), word=word)
        return Response(room_wire(room))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, code: str) -> Response:
        """Give the address up. For a month nobody else gets it."""
        place = access.place_in(person_of(request), code)
        place.require("settings")
        addresses.address_give_up(room=place.room, by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ReopenView(APIView):
    @extend_schema(request=None, responses=RoomOut)
    def post(self, request: Request, code: str) -> Response:
        """Open a room again that one has closed; `GET /api/rooms/?closed=1` lists them."""
        user = person_of(request)
        room = reopening.room_reopen(user=user, code=code)
        if room is None:  # said again it stays open; others hear what they would hear anyway
            place = access.place_in(user, code)
            if place.room.owner_id != user.pk:
                raise Forbidden(message=gettext("Only the host can open this room again."))
            room = place.room
        return Response(room_wire(room))
