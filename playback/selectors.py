"""Reads of playback: the queue in its wire form, what an item means for the timeline."""

from typing import Any

import msgspec
from django.conf import settings
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from playback import rules
from playback.models import QueueItem, QueueVote, RoomPlayback, Source
from playback.queue_store import Listed
from playback.store import Film
from rooms.models import Room
from videos.models import State, Video
from videos.selectors import freshen

ITEMS_SHOWN = 200
END_SLACK_S = 0.25


def film_progress(video: Video) -> dict[str, Any]:
    """How far a film is, for everybody in a room. Holds no address."""
    return {
        "state": video.state,
        "progress": video.progress,
        "playable": video.playable,
        "available_until": video.available_until,
    }


def item_wire(item: QueueItem) -> dict[str, Any]:
    """An item as the room sees it. Needs `queue_of`'s annotations."""
    return {
        "id": str(item.id),
        "source": item.source,
        "video_id": str(item.video_id) if item.video_id else None,
        "url": item.url or None,
        "title": item.title,
        "duration": item.video.duration if item.video else item.duration_s,
        "added_by": str(item.added_by_id) if item.added_by_id else None,
        "votes": item.vote_count,  # type: ignore[attr-defined]  # annotated by queue_of
        "created_at": item.created_at.isoformat(),
        "video": film_progress(item.video) if item.video else None,
    }


def items_wire(items: list[QueueItem]) -> list[dict[str, Any]]:
    """Items with the workers' latest numbers over those of the rows."""
    freshen([item.video for item in items if item.video])
    return [item_wire(item) for item in items]


def queue_of(room: Room) -> QuerySet[QueueItem]:
    """The room's list in order. Films that were deleted are not on it."""
    return _whole(room).filter(Q(video=None) | Q(video__deleted_at=None))


def queue_shown(room: Room) -> list[dict[str, Any]]:
    return [item_wire(item) for item in queue_of(room)[:ITEMS_SHOWN]]


def queue_listed(code: str) -> Listed:
    """The list for snapshots, with a version no newer than the list."""
    room = Room.objects.get(code=code)
    version = RoomPlayback.objects.filter(room=room).values_list("queue_version", flat=True).first()
    return Listed(version or 0, msgspec.json.encode(queue_shown(room)).decode())


def wishes_of(user: User, items: list[QueueItem]) -> set[str]:
    """Which of these somebody wishes for."""
    mine = QueueVote.objects.filter(user=user, item__in=items)
    return {str(item_id) for item_id in mine.values_list("item_id", flat=True)}


def playable_of(room: Room) -> QuerySet[QueueItem]:
    """What of the list can be played right now, in order."""
    outside = Q(video=None) if settings.EXTERNAL_SOURCES else Q()
    return queue_of(room).filter(Q(video__playable=True) | outside)


def following(room: Room, item_id: str | None, *, leaving: bool = False) -> QueueItem | None:
    """What the room watches next, also after an item whose film is deleted already. One that is
    `leaving` the list does not follow itself.
    """
    items = list(_whole(room))
    listed = [
        rules.Listed(str(item.id), item.vote_count, _plays(item))  # type: ignore[attr-defined]
        for item in items
    ]
    found = rules.following(listed, item_id, loop=room.loop)
    if found is None or (leaving and found == item_id):
        return None
    return next(item for item in items if str(item.id) == found)


def _whole(room: Room) -> QuerySet[QueueItem]:
    """The list with films that were deleted and have not been taken off yet."""
    return (
        QueueItem.objects.filter(room=room)
        .select_related("video")
        .annotate(vote_count=Count("votes"))
        .order_by("rank", "id")
    )


def _plays(item: QueueItem) -> bool:
    if item.video is None:
        return bool(settings.EXTERNAL_SOURCES)
    return item.video.playable and item.video.deleted_at is None


def film_of(item: QueueItem) -> Film:
    """What the timeline has to know about an item."""
    video = item.video
    if video is None:
        return Film(str(item.id), item.source, duration_s=item.duration_s)
    duration_s, available_s = reach(video.state, video.duration, video.available_until)
    return Film(str(item.id), Source.VIDEO, str(video.id), duration_s, available_s)


def reach(
    state: str, duration_s: float | None, available_until_s: float
) -> tuple[float | None, float | None]:
    """How long a film is for its viewers, and how much of it there is (None: all).

    One whose making failed half-way ends where it was cut off: nothing more will come. One that
    can be watched to its end has no edge, though further qualities are still being made.
    """
    if state == State.FAILED:
        return available_until_s, None
    whole = duration_s is not None and available_until_s >= duration_s - END_SLACK_S
    return duration_s, None if state == State.READY or whole else available_until_s


def now_playing(item: QueueItem) -> dict[str, Any]:
    """What rooms write down about the film that is on."""
    video_id = str(item.video_id) if item.video_id else None
    return {"item_id": str(item.id), "title": item.title, "video_id": video_id}


def rooms_with(video_id: str) -> list[Room]:
    """The open rooms that have a film on their list."""
    items = QueueItem.objects.filter(video_id=video_id, room__closed_at=None)
    return list(Room.objects.filter(pk__in=items.values("room_id")))
