"""What happens to a room when one of its films changes, leaves the list or is deleted.

Everything here is synchronous: the news come from workers and from plain views.
"""

import contextlib
from typing import Any

from accounts.models import User
from playback import protocol, queue_store, selectors, services, store, timeline
from playback.models import QueueItem
from playback.store import Film, TimelineMovedError
from rooms import gateway
from rooms.deeds import Deed, done
from rooms.live import on_commit
from rooms.models import Room
from rooms.services import now_playing_set
from videos.models import Video
from videos.selectors import freshen, public_payload


def film_progressed(*, video_id: str, payload: dict[str, Any]) -> None:
    """Rooms that have the film on their list hear how far it is; a timeline that waits for more
    of it goes on.
    """
    for room in selectors.rooms_with(video_id):
        queue_store.forget(room.code)
        store.film_progressed(room.code, _reach(video_id, payload))
        gateway.pass_sync(room.code, protocol.VideoUpdated(**payload))


def _reach(video_id: str, payload: dict[str, Any]) -> Film:
    """As `selectors.film_of`, from the news alone."""
    known = payload["state"], payload["duration"], payload["available_until"]
    duration_s, available_s = selectors.reach(*known)
    return Film(None, None, video_id, duration_s, available_s)


def film_looked_at(code: str, video_id: str) -> None:
    """Tell a timeline what the database says about its film."""
    video = Video.objects.filter(pk=video_id).first() if video_id else None
    if video is not None:
        freshen([video])
        store.film_progressed(code, _reach(video_id, public_payload(video)))


def film_deleted(*, video_id: str) -> None:
    """A film is gone: it leaves every list, and every screen."""
    for room in selectors.rooms_with(video_id):
        for item in QueueItem.objects.filter(room=room, video_id=video_id):
            item_off(room=room, by=None, item=item)


def is_on(room: Room, item: QueueItem) -> bool:
    """Whether the room watches this very item."""
    return on_now(room) == str(item.id)


def on_now(room: Room) -> str | None:
    """The item that the room watches."""
    return timeline.live_of_sync(room.code).timeline.item_id


def item_off(*, room: Room, by: User | None, item: QueueItem) -> None:
    """Take an item off the list. When it is on, the next one takes its place."""
    following = selectors.following(room, str(item.id), leaving=True)
    services.item_remove(room=room, by=by, item=item)
    told = Deed(
        str(room.id), "removed", str(by.pk) if by else None, {"title": item.title},
        once=f"removed:{item.id}",
    )  # fmt: skip
    on_commit(lambda: _put_on(room, following, instead_of=str(item.id), told=told))


def _put_on(room: Room, item: QueueItem | None, *, instead_of: str, told: Deed) -> None:
    """The next film, or none, for one that was taken off the list; `told` where it was on."""
    film = selectors.film_of(item) if item else store.NOTHING
    live = timeline.live_of_sync(room.code)
    if live.timeline.item_id != instead_of:
        return
    change = store.load(film, by=told.by, expected=live.seq)
    with contextlib.suppress(TimelineMovedError):
        store.apply_sync(room.code, change)
        playing = selectors.now_playing(item) if item else None
        now_playing_set(room_id=str(room.id), now_playing=playing)
        done(told)
