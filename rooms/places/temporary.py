"""Rooms for one evening: closed when nobody was there for some hours."""

import datetime
import logging

from channels.db import database_sync_to_async
from django.db.models import Q

from rooms import services
from rooms.models import Room
from rooms.presence import anybody_in
from rooms.store import head_counts_sync
from syncwatch.lib import clock
from syncwatch.lib.redis import RedisError

log = logging.getLogger(__name__)
EMPTY_FOR = datetime.timedelta(hours=6)


async def last_one_gone(code: str) -> None:
    """Written down, so that it counts also where Redis forgets it."""
    if not await anybody_in(code):
        await _emptied(code)


@database_sync_to_async
def _emptied(code: str) -> None:
    Room.objects.filter(code=code, temporary=True).update(empty_since=clock.now())


def rooms_close() -> int:
    """Close those that are over; answers how many. Without Redis nobody knows who is where, and
    nothing is closed.
    """
    since = clock.now() - EMPTY_FOR
    empty = Q(empty_since__lte=since) | Q(empty_since=None, created_at__lte=since)
    unused = Room.objects.filter(empty, temporary=True, closed_at=None)
    over = list(unused.exclude(evenings__state="planned")[:200])  # people come there soon
    try:
        here = head_counts_sync([room.code for room in over])
    except RedisError as error:
        log.warning("rooms for one evening were not looked at: %s", error)
        return 0
    closed = [room for room in over if not here[room.code]]
    for room in closed:
        services.room_close(room=room, by=None)
        log.info("room %s was for one evening and is closed", room.code)
    return len(closed)
