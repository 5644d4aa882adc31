"""Whom a room asks to its evening: its people, and whoever was invited by name and is outside."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts import friend_access
from accounts.models import User
from rooms import access, bans, entry, invites
from rooms.evenings.models import EveningState
from rooms.models import Invite, Membership, Room
from rooms.rules import InviteState
from rooms.selectors import state_of
from syncwatch.lib.errors import ApiError

LOOKED_AT_MOST = 200  # invitations of one person, or to one room, the newest


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
        for_user=user, room__closed_at=None, room__evenings__state=EveningState.PLANNED, **about
    )
    return {each.room_id: each for each in reversed(opening(made))}


def opening(made: QuerySet[Invite]) -> list[Invite]:
    """Of invitations by name, the newest first: those that let somebody in who is outside, now."""
    newest = made.filter(revoked_at=None).select_related("room", "created_by", "for_user")
    found = newest.order_by("-created_at")[:LOOKED_AT_MOST]
    open_ones = [each for each in found if state_of(each) is InviteState.OK]
    users = {each.for_user_id for each in open_ones if each.for_user_id}
    about = {"room__in": {each.room_id for each in open_ones}, "user__in": users}
    places = {(held.room_id, held.user_id): held for held in Membership.objects.filter(**about)}
    kept_out = set(bans.holding().filter(**about).values_list("room_id", "user_id"))
    hidden = friend_access.hidden_from(users)
    return [
        each
        for each in open_ones
        if each.for_user_id
        and (each.room_id, each.for_user_id) not in kept_out
        and each.created_by_id not in hidden[each.for_user_id]
        and invites.lets_back(each, places.get((each.room_id, each.for_user_id)))
    ]


def rooms_of(user: User, outside: dict[UUID, Invite]) -> Q:
    """Of evenings: those in a room of this person's, or behind one of these invitations."""
    held = Membership.objects.filter(user=user, ended_at=None)
    return Q(room__in=held.values("room")) | Q(room__in=list(outside))
