"""Rooms that nobody uses: found for operators, and closed.

The apps above know signs of life that this one cannot see; each registers how to ask for them.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from accounts import audit
from rooms import services, store
from rooms.models import Membership, Room
from syncwatch.lib.redis import RedisError

# The ids of rooms in which something happened since then.
Witness = Callable[[datetime.datetime], Iterable[UUID]]
_witnesses: dict[str, Witness] = {}


@dataclass(frozen=True)
class IdleRoom:
    """An open room, and how many people have a place in it."""

    room: Room
    members: int


def register(name: str, witness: Witness) -> None:
    """Call it from the app's `ready()`."""
    _witnesses[name] = witness


def idle_rooms(*, since: datetime.datetime) -> list[IdleRoom]:
    """Open rooms in which nothing happened since then and where nobody is, the oldest first."""
    quiet = Room.objects.filter(closed_at=None, active_at__lt=since, created_at__lt=since)
    counted = quiet.annotate(places=Count("memberships", filter=Q(memberships__ended_at=None)))
    rooms = list(counted.order_by("active_at"))
    alive = _alive(since) | _occupied(rooms)
    return [IdleRoom(room, room.places) for room in rooms if room.pk not in alive]


def _alive(since: datetime.datetime) -> set[UUID]:
    came = Membership.objects.filter(joined_at__gte=since).values_list("room_id", flat=True)
    alive = set(came)
    for witness in _witnesses.values():
        alive |= set(witness(since))
    return alive


def _occupied(rooms: Sequence[Room]) -> set[UUID]:
    """Where somebody is right now. Without Redis nobody is anywhere."""
    try:
        counts = store.head_counts_sync([room.code for room in rooms])
    except RedisError:
        return set()
    return {room.pk for room in rooms if counts[room.code]}


@transaction.atomic
def idle_room_close(*, room: Room, since: datetime.datetime) -> bool:
    """Close it, and write that down; False when it was closed or came to life meanwhile."""
    still = Room.objects.filter(pk=room.pk, closed_at=None, active_at__lt=since)
    if not still.exists() or _occupied([room]):
        return False
    services.room_close(room=room, by=None)
    audit.record(None, "room.close", room.pk, {"idle_since": since.isoformat()})
    return True
