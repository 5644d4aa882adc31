"""The room API: thin doors over services."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.auth import person_of
from accounts.friend_access import person_with
from accounts.models import User
from accounts.selectors import person
from rooms import (
    access,
    friend_invites,
    invites,
    memberships,
    order,
    rights,
    selectors,
    services,
)
from rooms.api import serializers as forms
from rooms.api.order_forms import KickIn
from rooms.models import Room
from rooms.places.listing import found_by, listing
from rooms.places.pagination import RoomPage
from rooms.places.reopening import closed_rooms_of
from rooms.rights import Change
from rooms.schema import end_of
from syncwatch.lib import rate
from syncwatch.lib.api import read
from syncwatch.lib.client_ip import client_ip
from syncwatch.lib.errors import Forbidden, NotFound


def _changes(asked: dict[str, Any]) -> list[Change]:
    """What a PATCH of a member asks of their rights."""
    changes = [_change(name, grant) for name, grant in asked.get("grants", {}).items()]
    if "muted_until" in asked:
        until = asked["muted_until"]
        changes.append(Change("chat", None if until is None else False, until))
    return changes


def _change(capability: str, grant: dict[str, Any] | None) -> Change:
    if grant is None:
        return Change(capability, None)
    return Change(capability, grant["allowed"], end_of(grant))


def _own(user: User, request: Request) -> QuerySet[Room]:
    closed = request.query_params.get("closed") == "1"
    return closed_rooms_of(user) if closed else selectors.rooms_for(user)


class RoomsView(APIView):
    """`/api/rooms/`"""

    @extend_schema(
        parameters=[
            OpenApiParameter("public", bool, description="Public rooms, not my own."),
            OpenApiParameter("closed", bool, description="Those I closed and may open again."),
            OpenApiParameter("q", str, description="Words of the name, the host or the film."),
        ],
        responses=forms.RoomOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """My rooms, the last used first, each with where its film stopped (`left_off`); with
        `?public=1` the doors of public ones with the `title` of what is on.
        """
        public = request.query_params.get("public") == "1"
        rooms: QuerySet[Room] = (
            selectors.public_rooms() if public else _own(person_of(request), request)
        )
        pages = RoomPage()
        found = found_by(rooms, request.query_params.get("q", ""))
        page = pages.paginate_queryset(found, request) or []
        wire = listing(page) if public else selectors.listed(page)
        return pages.get_paginated_response(wire)

    @extend_schema(request=forms.RoomIn, responses={201: forms.RoomOut})
    def post(self, request: Request) -> Response:
        """Open a room. Its owner is in it at once."""
        room = services.room_create(owner=person_of(request), **read(forms.RoomIn, request))
        return Response(selectors.room_wire(room), status=status.HTTP_201_CREATED)


class RoomView(APIView):
    """`/api/rooms/{code}/`"""

    @extend_schema(responses=forms.RoomOut)
    def get(self, request: Request, code: str) -> Response:
        """The room for its members, only its door for others, 404 where it is hidden."""
        room = access.open_room(code)
        membership = access.place_or_none(person_of(request), room)
        if membership is not None:
            return Response(
                selectors.room_wire(room) | {"me": selectors.place_wire(membership, room)}
            )
        if room.hidden:
            raise NotFound(access.NO_ROOM)
        return Response(selectors.doors([room])[0])

    @extend_schema(request=forms.RoomPatch, responses=forms.RoomOut)
    def patch(self, request: Request, code: str) -> Response:
        place = access.place_in(person_of(request), code)
        changes = read(forms.RoomPatch, request)
        if order.SETTINGS.keys() & changes:
            place.require("moderate")
        if changes.keys() - order.SETTINGS or not changes:
            place.require("settings")
        room = services.room_update(room=place.room, by=person_of(request), changes=changes)
        return Response(selectors.room_wire(room))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, code: str) -> Response:
        """Close the room. For 30 days its host may open it again."""
        place = access.place_in(person_of(request), code)
        if place.room.owner_id != person_of(request).pk:
            raise Forbidden(message=gettext("Only the host can close this room."))
        services.room_close(room=place.room, by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class JoinView(APIView):
    @extend_schema(request=forms.JoinIn, responses=forms.PlaceOut)
    def post(self, request: Request, code: str) -> Response:
        """Come in by the code, with the password where there is one."""
        given = read(forms.JoinIn, request)
        room = access.open_room(code)
        membership = memberships.room_join(
            user=person_of(request), room=room, password=given.get("password", "")
        )
        return Response(selectors.place_wire(membership, room))


class LeaveView(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, code: str) -> Response:
        memberships.room_leave(membership=access.place_in(person_of(request), code).membership)
        return Response(status=status.HTTP_204_NO_CONTENT)


class MembersView(APIView):
    @extend_schema(responses=forms.MemberOut(many=True))
    def get(self, request: Request, code: str) -> Response:
        room = access.place_in(person_of(request), code).room
        return Response({"results": selectors.members_of(room), "next": None})


class MemberView(APIView):
    @extend_schema(request=forms.MemberPatch, responses=forms.MemberOut)
    def patch(self, request: Request, code: str, user_id: str) -> Response:
        """Give a member another role, or rights of their own, also for a time."""
        place = access.place_in(person_of(request), code)
        place.require("moderate")
        target = access.member_in(place.room, user_id)
        asked = read(forms.MemberPatch, request)
        target = rights.member_change(
            actor=place.membership, target=target, role=asked.get("role"),
            changes=_changes(asked), reason=asked.get("reason", ""),
        )  # fmt: skip
        return Response(selectors.member_now(target, place.room))

    @extend_schema(request=KickIn, responses={204: None})
    def delete(self, request: Request, code: str, user_id: str) -> Response:
        """Send a member out."""
        place = access.place_in(person_of(request), code)
        place.require("moderate")
        target = access.member_in(place.room, user_id)
        memberships.member_kick(actor=place.membership, target=target, **read(KickIn, request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class TransferView(APIView):
    @extend_schema(request=forms.TransferIn, responses=forms.RoomOut)
    def post(self, request: Request, code: str) -> Response:
        """Hand the room to another member; the old host stays as a moderator."""
        place = access.place_in(person_of(request), code)
        if place.membership.role != "owner":
            raise Forbidden(message=gettext("Only the host can hand this room over."))
        target = access.member_in(place.room, str(read(forms.TransferIn, request)["user_id"]))
        if target.pk != place.membership.pk:
            services.ownership_transfer(room=place.room, by=person_of(request), to=target)
        return Response(selectors.room_wire(place.room))


class InvitesView(APIView):
    @extend_schema(responses=forms.InviteOut(many=True))
    def get(self, request: Request, code: str) -> Response:
        place = access.place_in(person_of(request), code)
        place.require("invite")
        links = place.room.invites.filter(revoked_at=None, for_user=None)
        found = links.select_related("created_by", "room")
        if "moderate" not in place.capabilities:
            found = found.filter(created_by=person_of(request))
        return Response(
            {"results": [selectors.invite_wire(invite) for invite in found[:200]], "next": None}
        )

    @extend_schema(request=forms.InviteIn, responses={201: forms.InviteOut})
    def post(self, request: Request, code: str) -> Response:
        """Make a link that lets people in."""
        place = access.place_in(person_of(request), code)
        place.require("invite")
        invite = invites.invite_create(
            room=place.room, by=place.membership, **read(forms.InviteIn, request)
        )
        return Response(selectors.invite_wire(invite), status=status.HTTP_201_CREATED)


class InvitePeopleView(APIView):
    @extend_schema(request=forms.InvitePersonIn, responses={201: forms.InvitedOut})
    def post(self, request: Request, code: str) -> Response:
        """Invite one of one's friends; it arrives in their list, for them alone."""
        place = access.place_in(person_of(request), code)
        place.require("invite")
        rate.check_sync("friend_invite", str(person_of(request).pk))
        friend = person_with(read(forms.InvitePersonIn, request)["user_id"])
        friend_invites.friend_invite(place=place, friend=friend)
        return Response({"user": person(friend)}, status=status.HTTP_201_CREATED)


class InviteView(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, code: str, invite_id: str) -> Response:
        """Take a link back. Whoever came by it stays."""
        place = access.place_in(person_of(request), code)
        place.require("invite")
        invite = access.invite_in(place.room, invite_id)
        if invite.created_by_id != person_of(request).pk:
            place.require("moderate")
        invites.invite_revoke(invite=invite)
        return Response(status=status.HTTP_204_NO_CONTENT)


class InviteDoorView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(responses=forms.InviteDoorOut)
    def get(self, request: Request, token: str) -> Response:
        """What waits behind an invitation; anybody with the link may look."""
        rate.check_sync("invite_lookup", client_ip(request))
        invite = access.invite_by(token)
        invites.require_for(invite, request.user if isinstance(request.user, User) else None)
        invites.require_open(invite)
        return Response(selectors.invite_door(invite))


class InviteAcceptView(APIView):
    @extend_schema(request=None, responses=forms.PlaceOut)
    def post(self, request: Request, token: str) -> Response:
        """Come in by an invitation."""
        invite = access.invite_by(token)
        membership = invites.invite_accept(user=person_of(request), invite=invite)
        return Response({"code": invite.room.code} | selectors.place_wire(membership, invite.room))
