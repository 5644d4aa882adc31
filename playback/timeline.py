"""What may happen to a room's timeline: commands, news of the film, going to rest and coming back.

The live timeline is in Redis and nothing here touches the database while people watch, but for
loading a film, and for writing down where the room is.
"""

import contextlib
import logging
from collections.abc import AsyncIterator

from channels.db import database_sync_to_async
from django.db.utils import InterfaceError, OperationalError

from playback import deeds, rules, selectors, services, store
from playback.access import item_in, playable
from playback.models import QueueItem, RoomPlayback
from playback.selectors import film_of
from playback.store import NOTHING, Change, Film, Live, TimelineMissingError, TimelineMovedError
from rooms.models import Room
from rooms.services import now_playing_set
from syncwatch.lib import clock
from videos.selectors import freshen

log = logging.getLogger(__name__)

ALIVE_EVERY_MS = 15_000
AGAIN_MS = 2_000
END_SLACK_S = 0.25
COUNTDOWN_MS = 5_000


# --- commands ----------------------------------------------------------------------------------


async def command(code: str, change: Change) -> int:
    """Apply a command and tell the room. A timeline that Redis lost is put back first."""
    try:
        return await store.apply(code, change)
    except TimelineMissingError:
        await restored(code)
        return await store.apply(code, change)


async def item_load(
    *, code: str, item_id: str, by: str | None, expected: int | None = None, pause_ms: int = 0
) -> int:
    """Take an item of the queue as the film."""
    room, item = await _loadable(code, item_id)
    film = await _film(item)
    seq = await command(code, store.load(film, by=by, expected=expected, pause_ms=pause_ms))
    await _write_now_playing(room, item)
    return seq


async def item_length(code: str, item_id: str, duration_s: float) -> None:
    """A player found out how long a film elsewhere is."""
    known = await _length_known(code, item_id, duration_s)
    await store.length(code, str(known.id), known.duration_s)


@database_sync_to_async
def _length_known(code: str, item_id: str, duration_s: float) -> QueueItem:
    room = Room.objects.get(code=code)
    return services.item_length(room=room, item_id=item_id, duration_s=duration_s)


async def evening_begin(*, room: Room, item: QueueItem, evening_id: str) -> None:
    """The film of an evening runs; an evening begins once, whoever says so how often."""
    film = await _film(item)
    with contextlib.suppress(TimelineMovedError):
        await command(room.code, store.begin(film, evening_id=evening_id))
        await _write_now_playing(room, item)


@database_sync_to_async
def _loadable(code: str, item_id: str) -> tuple[Room, QueueItem]:
    room = Room.objects.get(code=code)
    return room, playable(item_in(room, item_id))


@database_sync_to_async
def _film(item: QueueItem) -> Film:
    if item.video:
        freshen([item.video])
    return film_of(item)


@database_sync_to_async
def _write_now_playing(room: Room, item: QueueItem) -> None:
    now_playing_set(room_id=str(room.id), now_playing=selectors.now_playing(item))
    services.wishes_granted(room=room, item_id=str(item.id))


@contextlib.asynccontextmanager
async def unless_moved() -> AsyncIterator[None]:
    """Deadlines come at least once and sometimes late: what is over is over, and a room that was
    deleted is.
    """
    with contextlib.suppress(TimelineMovedError, TimelineMissingError, Room.DoesNotExist):
        yield


async def ended(code: str, seq: int) -> None:
    """The film reached its end: the next one that can be played, or rest at the end."""
    live = await store.live(code)
    duration_s = live.timeline.duration_s
    if live.seq != seq or duration_s is None:
        return
    if rules.position_at(live.timeline, clock.server_ms()) < duration_s - END_SLACK_S:
        return
    following = await _following(code, live.timeline.item_id)
    if following is not None:
        next_id = str(following.id)
        await item_load(code=code, item_id=next_id, by=None, expected=seq, pause_ms=COUNTDOWN_MS)
    else:
        await store.apply(code, Change("pause", value=duration_s, expected=seq))


@database_sync_to_async
def _following(code: str, item_id: str | None) -> QueueItem | None:
    return selectors.following(Room.objects.get(code=code), item_id)


# --- rest --------------------------------------------------------------------------------------


async def live_of(code: str) -> Live:
    """The live timeline, put back first when Redis lost it."""
    try:
        return await store.live(code)
    except TimelineMissingError:
        await restored(code)
        return await store.live(code)


def live_of_sync(code: str) -> Live:
    try:
        return store.live_sync(code)
    except TimelineMissingError:
        restore(code)
        return store.live_sync(code)


@database_sync_to_async
def restored(code: str) -> None:
    restore(code)


def restore(code: str) -> None:
    """Put a room's timeline back as it was last written down."""
    room = Room.objects.get(code=code)
    row = RoomPlayback.objects.filter(room=room).first() or RoomPlayback(room=room)
    item = selectors.queue_of(room).filter(id=row.item_id).first() if row.item_id else None
    film = film_of(item) if item else NOTHING
    lost = item is None and row.item_id is not None
    saved = rules.Timeline(
        item_id=film.item_id,
        paused=row.paused or lost,
        position_s=0 if lost else row.position_s,
        rate=row.rate,
        at_ms=row.at_ms,
        duration_s=film.duration_s,
    )
    timeline = rules.restored(saved, held=row.held, alive_ms=row.alive_ms, now_ms=clock.server_ms())
    store.restore_sync(code, timeline, film)


async def write_down(code: str, token: str) -> None:
    """Write a room's timeline into the database. While it plays, now and then even unchanged, so
    that a restart can tell a short break from a long one.
    """
    live = await store.live(code)
    try:
        await _write(code, live)
        await deeds.write_down(code)
    except (OperationalError, InterfaceError) as error:
        log.warning("room %s: the timeline could not be written down: %s", code, error)
        await store.remind(code, "sync.flush", token, AGAIN_MS)
        return
    if token and (live.resume or not live.timeline.paused):
        await store.remind(code, "sync.flush", token, ALIVE_EVERY_MS)


@database_sync_to_async
def _write(code: str, live: Live) -> None:
    if not _written(code, live):
        room_id = Room.objects.filter(code=code).values_list("id", flat=True).first()
        if room_id is not None:
            RoomPlayback.objects.get_or_create(room_id=room_id)
            _written(code, live)


def _written(code: str, live: Live) -> bool:
    """False: there is no row yet, or what it says is newer."""
    timeline = live.timeline
    rows = RoomPlayback.objects.filter(room__code=code, changed_ms__lte=live.changed_ms)
    written = rows.update(
        item_id=timeline.item_id,
        paused=timeline.paused and not live.resume,
        held=live.resume,
        position_s=timeline.position_s,
        rate=timeline.rate,
        at_ms=timeline.at_ms,
        changed_ms=live.changed_ms,
        alive_ms=clock.server_ms(),
    )
    return bool(written)
