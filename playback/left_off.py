"""Where rooms left off, and a room without anybody: it pauses where the last one went.

A film that plays on with nobody there would be over before the group comes back. The pause comes
a minute later, so that a reload, a phone that wakes up or a server that starts anew stop nothing;
and it goes back to where the film was when the last one left.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from playback import rules, store
from playback.models import QueueItem, RoomPlayback
from playback.selectors import reach
from playback.store import Change
from rooms.places.left_off import LeftOff
from rooms.presence import anybody_in
from syncwatch.lib import clock

EMPTY_FOR_MS = 60_000


async def empty_since_now(code: str) -> None:
    """The last one is gone, it seems: look again in a minute."""
    if not await anybody_in(code):
        await store.remind(code, "sync.empty", await store.emptied(code), EMPTY_FOR_MS)


async def still_empty(code: str, token: str) -> None:
    """Pause the film at where it was when the last one left, unless somebody came back."""
    if await store.emptied_at(code) != token or await anybody_in(code):
        return
    live = await store.live(code)
    if live.timeline.item_id is None or (live.timeline.paused and not live.resume):
        return
    stood_s = rules.position_at(live.timeline, int(token))
    await store.apply(code, Change("pause", value=stood_s, expected=live.seq))


def left_off(room_ids: Sequence[UUID]) -> Mapping[UUID, LeftOff]:
    """By room, how far it is with what is on; two queries, however many rooms."""
    rows = {row.room_id: row for row in RoomPlayback.objects.filter(room_id__in=room_ids)}
    wanted = [row.item_id for row in rows.values() if row.item_id]
    items = QueueItem.objects.filter(id__in=wanted).select_related("video")
    on = {item.id: item for item in items if item.video is None or item.video.deleted_at is None}
    found = {
        room_id: _left_off(row, on.get(row.item_id) if row.item_id else None)
        for room_id, row in rows.items()
    }
    return {room_id: each for room_id, each in found.items() if each is not None}


def _left_off(row: RoomPlayback, item: QueueItem | None) -> LeftOff | None:
    if item is None:
        return None
    duration_s = item.duration_s
    if item.video is not None:
        duration_s, _ = reach(item.video.state, item.video.duration, item.video.available_until)
    position_s = _position_s(row, duration_s)
    finished = rules.seen_to_the_end(position_s, duration_s)
    return LeftOff(str(item.id), item.title, position_s, duration_s, finished)


def _position_s(row: RoomPlayback, duration_s: float | None) -> float:
    saved = rules.Timeline(
        None, row.paused or row.held, row.position_s, row.rate, row.at_ms, duration_s
    )
    alive = clock.server_ms() - row.alive_ms <= rules.ALIVE_ENOUGH_MS
    return rules.position_at(saved, clock.server_ms() if alive else max(row.alive_ms, row.at_ms))
