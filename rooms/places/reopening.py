"""A room its host closed, and what brings it back while that is possible."""

import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from rooms.models import Room
from syncwatch.lib import clock

BACK_FOR = datetime.timedelta(days=30)


def back_until(room: Room, by: User | None) -> datetime.datetime | None:
    """Until when a room that is closed now may be opened again: what its host closed, not what
    those who run the site did, or time.
    """
    return clock.now() + BACK_FOR if by is not None and by.pk == room.owner_id else None


def closed_rooms_of(user: User) -> QuerySet[Room]:
    """What this person may open again, the last closed first."""
    found = Room.objects.filter(owner=user, closed_at__isnull=False, back_until__gt=clock.now())
    return found.select_related("owner").order_by("-closed_at", "-id")


@transaction.atomic
def room_reopen(*, user: User, code: str) -> Room | None:
    """Open it again, with its people, its list and its chat; None where this person closed no such
    room. Everything in it is where it was.
    """
    held = closed_rooms_of(user).select_for_update(of=("self",))
    room = held.filter(code=code.lower()).first() if code.isalnum() and code.isascii() else None
    if room is None:
        return None
    room.closed_at, room.back_until, room.empty_since = None, None, clock.now()
    room.active_at = clock.now()
    room.save(update_fields=["closed_at", "back_until", "empty_since", "active_at"])
    return room
