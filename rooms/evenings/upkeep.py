"""Evenings that Redis forgot, and rooms that wait for one."""

import datetime
import logging
from collections.abc import Iterable
from uuid import UUID

from rooms.evenings import store
from rooms.evenings.models import Evening, EveningState
from syncwatch.lib import clock
from syncwatch.lib.redis import RedisError

log = logging.getLogger(__name__)
AHEAD = datetime.timedelta(hours=1)


def evenings_remind() -> int:
    """Set the deadlines of the next hour where they are gone; answers of how many."""
    found = Evening.objects.filter(
        state=EveningState.PLANNED, room__closed_at=None, starts_at__lte=clock.now() + AHEAD
    ).select_related("room")
    near = list(found.order_by("starts_at")[:500])
    try:
        for evening in near:
            remind(evening)
    except RedisError as error:
        log.warning("evenings were not looked at: %s", error)
        return 0
    return len(near)


def remind(evening: Evening) -> None:
    due_ms = round(evening.starts_at.timestamp() * 1000)
    store.due_sync(evening.room.code, str(evening.pk), due_ms, again=True)


def rooms_with_plans(_since: datetime.datetime) -> Iterable[UUID]:
    """Nobody closes a room as unused whose people meet there soon."""
    return Evening.objects.filter(state=EveningState.PLANNED).values_list("room_id", flat=True)
