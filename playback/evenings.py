"""Scheduled evenings begin: whichever process is first sees that one is due, and the film runs.

Nobody's browser is asked. What makes it once is the script that starts the film: it keeps which
evening it began. Only then is that written down, so that a process that dies in between is followed
by one that writes. An empty room is not played to, and a room without a film has nothing to play:
then the evening waits, looks again every few seconds for half an hour, and is missed after that.
"""

from uuid import UUID

from channels.db import database_sync_to_async

from playback import rules, store, timeline
from playback.models import QueueItem
from playback.selectors import playable_of, queue_of
from rooms.evenings import services
from rooms.evenings.models import Evening, Waiting
from rooms.evenings.store import DUE
from rooms.models import Room
from rooms.presence import anybody_in
from syncwatch.lib import clock

__all__ = ["DUE", "due", "film_on_list"]
LOOK_AGAIN_MS = 3_000


async def due(code: str, evening_id: str) -> None:
    """It may be time. An evening that was moved or called off meanwhile is not due."""
    evening = await database_sync_to_async(services.due)(code, evening_id)
    if evening is None:
        return
    left_ms = round(evening.starts_at.timestamp() * 1000) - clock.server_ms()
    if left_ms > 0:
        await store.remind(code, DUE, evening_id, left_ms)
        return
    missing, item = await _ready(evening)
    if item is None:
        await database_sync_to_async(services.evening_waits)(evening, missing)
        await store.remind(code, DUE, evening_id, LOOK_AGAIN_MS)
        return
    await timeline.evening_begin(room=evening.room, item=item, evening_id=evening_id)
    await database_sync_to_async(services.evening_begun)(evening)


async def _ready(evening: Evening) -> tuple[Waiting, QueueItem | None]:
    """The film it begins with; None where there is none, or nobody to see it."""
    if not await anybody_in(evening.room.code):
        return Waiting.NOBODY, None
    live = await timeline.live_of(evening.room.code)
    now_s = rules.position_at(live.timeline, clock.server_ms())
    over = rules.seen_to_the_end(now_s, live.timeline.duration_s)
    on = None if over else live.timeline.item_id
    return Waiting.NO_FILM, await database_sync_to_async(_film)(evening, on)


def _film(evening: Evening, on: str | None) -> QueueItem | None:
    """The film that was named, which is waited for while it is prepared; where none was, or it was
    taken off, what the room is in the middle of, else the first of the list.
    """
    films = playable_of(evening.room)
    named = evening.item_id
    if named is not None and queue_of(evening.room).filter(id=named).exists():
        return films.filter(id=named).first()
    here = films.filter(id=on).first() if on else None
    return here or films.first()


def film_on_list(room_id: UUID, item_id: UUID | None) -> tuple[UUID, str] | None:
    """For rooms: this film of the list, or what would be shown where none is named."""
    room = Room(pk=room_id)
    listed = queue_of(room)
    item = listed.filter(id=item_id).first() if item_id else None
    if item_id is None:
        item = playable_of(room).first()
    return (item.id, item.title) if item else None
