"""Reads of the room service, in the form they have on the wire."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from accounts.selectors import person
from rooms import policy, store
from rooms.models import Invite, Measure, Membership, Room, Visibility
from rooms.places.left_off import left_off
from rooms.rules import InviteState, invite_state
from syncwatch.lib import clock


def room_wire(room: Room) -> dict[str, Any]:
    """A room as its members see it. Holds nothing that only some of them may know."""
    return {
        "id": str(room.id),
        "code": room.code,
        "address": room.address,
        "temporary": room.temporary,
        "name": room.name,
        "visibility": room.visibility,
        "control": room.control,
        "stand_in": room.stand_in,
        "loop": room.loop,
        "locked": room.locked,
        "wait": room.wait,
        "slow_mode_s": room.slow_mode_s,
        "new_guest_delay_s": room.new_guest_delay_s,
        "locked_in": room.locked_in,
        "knocks": room.knocks,
        "seats": room.seats,
        "welcome": room.welcome,
        "host": person(room.owner),
        "now_playing": room.now_playing,
        "capabilities": policy.capabilities_by_role(room.control),
        "created_at": room.created_at.isoformat(),
    }


def door_wire(room: Room, head_count: int) -> dict[str, Any]:
    """A room as somebody sees it who is not in it: only its door."""
    return {
        "code": room.code,
        "name": room.name,
        "host": person(room.owner),
        "head_count": head_count,
        "locked": room.locked,
        "locked_in": room.locked_in,
        "asks": room.asks,
        "seats": room.seats,
        "visibility": room.visibility,
    }


def place_wire(membership: Membership, room: Room) -> dict[str, Any]:
    """What somebody is in a room and may do there; `rights` are those that hold right now."""
    return standing_wire(membership.role, room.control, membership.given())


def standing_wire(role: str, control: str, rights: Iterable[policy.Right]) -> dict[str, Any]:
    """As `place_wire`, from what is known of a person wherever it is kept."""
    now_ms, given = clock.server_ms(), tuple(rights)
    return {
        "role": role,
        "capabilities": sorted(policy.capabilities(role, control, given, now_ms)),
        "rights": [right.wire() for right in policy.holding(role, given, now_ms)],
    }


def member_wire(membership: Membership, room: Room, *, presence: str) -> dict[str, Any]:
    """`presence` is "online" for whoever is in the room right now, else "offline"."""
    return {
        "user": person(membership.user),
        **place_wire(membership, room),
        "presence": presence,
    }


def rooms_for(user: User) -> QuerySet[Room]:
    """The open rooms a person belongs to, the last used first."""
    return (
        Room.objects.filter(memberships__user=user, memberships__ended_at=None, closed_at=None)
        .select_related("owner")
        .order_by("-active_at", "-id")
    )


def public_rooms() -> QuerySet[Room]:
    return (
        Room.objects.filter(visibility=Visibility.PUBLIC, closed_at=None)
        .select_related("owner")
        .order_by("-active_at", "-id")
    )


def doors(rooms: Iterable[Room]) -> list[dict[str, Any]]:
    """Doors of several rooms with one look at Redis."""
    listed = list(rooms)
    counts = store.head_counts_sync([room.code for room in listed])
    return [door_wire(room, counts[room.code]) for room in listed]


def listed(rooms: Iterable[Room]) -> list[dict[str, Any]]:
    """Rooms of one's own, with how many are there and where their film stopped."""
    found = list(rooms)
    counts = store.head_counts_sync([room.code for room in found])
    stopped = left_off([room.pk for room in found])
    return [
        room_wire(room)
        | {
            "head_count": counts[room.code],
            "left_off": stopped[room.pk].wire() if room.pk in stopped else None,
        }
        for room in found
    ]


def members_of(room: Room) -> list[dict[str, Any]]:
    """Everybody who belongs to the room, the host first, with who is there now."""
    present = store.present_sync(room.code)
    memberships = (
        room.memberships.filter(ended_at=None).select_related("user").prefetch_related("rights")
    )
    return [
        member_wire(each, room, presence="online" if str(each.user_id) in present else "offline")
        for each in memberships.order_by("joined_at")
    ]


def member_now(membership: Membership, room: Room) -> dict[str, Any]:
    """One member, with whether they are there now."""
    here = str(membership.user_id) in store.present_sync(room.code)
    return member_wire(membership, room, presence="online" if here else "offline")


def state_of(invite: Invite) -> InviteState:
    return invite_state(
        now=clock.now(),
        expires_at=invite.expires_at,
        max_uses=invite.max_uses,
        uses=invite.uses,
        revoked=invite.revoked_at is not None or invite.room.closed_at is not None,
    )


def opens_a_door(token: str) -> bool:
    """Does this link let somebody in right now? Asked before a guest is made for it."""
    invites = Invite.objects.filter(token=token).select_related("room")
    found = invites.first() if token.isascii() and token.isprintable() else None
    return found is not None and found.for_user_id is None and state_of(found) is InviteState.OK


def invite_wire(invite: Invite) -> dict[str, Any]:
    """An invitation as those see it who may invite."""
    return {
        "id": str(invite.id),
        "token": invite.token,
        "path": f"/i/{invite.token}",
        "role": invite.role,
        "expires_at": invite.expires_at.isoformat() if invite.expires_at else None,
        "max_uses": invite.max_uses,
        "uses": invite.uses,
        "state": str(state_of(invite)),
        "created_by": person(invite.created_by),
        "created_at": invite.created_at.isoformat(),
    }


def invite_door(invite: Invite) -> dict[str, Any]:
    """What somebody sees who holds a link and is not inside yet."""
    return {
        "room": doors([invite.room])[0],
        "role": invite.role,
        "expires_at": invite.expires_at.isoformat() if invite.expires_at else None,
    }


def measure_wire(measure: Measure) -> dict[str, Any]:
    """A line of the moderators' log."""
    return {
        "id": str(measure.pk),
        "action": measure.action,
        "by": person(measure.by) if measure.by else None,
        "person": person(measure.person) if measure.person else None,
        "reason": measure.reason,
        "facts": measure.facts,
        "created_at": measure.created_at.isoformat(),
    }
