"""What operators must know of rooms before somebody is erased."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from accounts.models import User
from rooms.models import Invite, Membership, Room
from rooms.own import heir_of


def needed(since: datetime.datetime) -> Iterable[UUID]:
    """Whoever owns an open room, came into one lately, or sent somebody an invitation."""
    yield from Room.objects.filter(closed_at=None).values_list("owner_id", flat=True)
    yield from Membership.objects.filter(joined_at__gte=since).values_list("user_id", flat=True)
    yield from Invite.objects.filter(created_at__gte=since).values_list("created_by_id", flat=True)


def belongings(user: User) -> list[str]:
    lines = [_fate(room) for room in Room.objects.filter(owner=user)]
    others = Membership.objects.filter(user=user).exclude(room__owner=user).count()
    invites = Invite.objects.filter(created_by=user).count()
    lines += [f"{others} {'place' if others == 1 else 'places'} in rooms of others"] * bool(others)
    return lines + [f"{invites} {'invitation' if invites == 1 else 'invitations'}"] * bool(invites)


def _fate(room: Room) -> str:
    name = f"room {room.code} “{room.name}”"
    if room.closed_at:
        return f"{name}, closed already: deleted with its history"
    heir = heir_of(room)
    if heir is None:
        return f"{name}: closed and deleted with its history; nobody with an account can take it"
    return f"{name}: goes to {heir.user} ({heir.role})"
