"""Whom a room asks to its evening: its people, and whoever was invited by name and is outside."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from rooms import access, bans, entry, invites
from rooms.evenings.models import EveningState
from rooms.models import Invite, Membership, Room
from rooms.rules import InviteState
from rooms.selectors import state_of
from syncwatch.lib.errors import ApiError

LOOKED_AT_MOST = 200  # invitations of one person, the newest


def room_asking(user: User, code: str) -> Room:
    """The open room that this person may answer. Others hear what the room's door says to them; who
    is banned from it hears that, not that they should join.
    """
    try:
        return access.place_in(user, code).room
    except ApiError:
        room = access.open_room(code)
        if invitations(user, room=room):
            return room
        if not room.hidden or _ever_invited(user, room):
            entry.require_not_banned(user, room)
        raise


def _ever_invited(user: User, room: Room) -> bool:
    return Invite.objects.filter(room=room, for_user=user).exists()


def invitations(user: User, **about: Any) -> dict[UUID, Invite]:
    """By the room that plans an evening: the newest invitation for this person alone that lets them
    in now. Whoever has a place there needs none.
    """
    made = Invite.objects.filter(
        for_user=user, revoked_at=None, room__closed_at=None,
        room__evenings__state=EveningState.PLANNED, **about,
    )  # fmt: skip
    newest = made.select_related("room", "created_by").order_by("-created_at")[:LOOKED_AT_MOST]
    open_ones = [each for each in newest if state_of(each) is InviteState.OK]
    if not open_ones:
        return {}
    rooms = {each.room_id for each in open_ones}
    held = Membership.objects.filter(user=user, room__in=rooms)
    places = {place.room_id: place for place in held}
    holding = bans.holding().filter(user=user, room__in=rooms)
    kept_out = set(holding.values_list("room_id", flat=True))
    return {
        each.room_id: each
        for each in reversed(open_ones)
        if each.room_id not in kept_out and invites.lets_back(each, places.get(each.room_id))
    }


def rooms_of(user: User, outside: dict[UUID, Invite]) -> Q:
    """Of evenings: those in a room of this person's, or behind one of these invitations."""
    held = Membership.objects.filter(user=user, ended_at=None)
    return Q(room__in=held.values("room")) | Q(room__in=list(outside))
