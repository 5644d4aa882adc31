"""What operators must know of playback: where somebody watches, and what goes with a person."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from accounts.models import User
from playback.models import QueueItem, QueueVote, RoomPlayback
from videos.models import Video


def rooms_alive(since: datetime.datetime) -> Iterable[UUID]:
    """Where a timeline gave a sign of life, or somebody put a film on the list."""
    since_ms = int(since.timestamp() * 1000)
    yield from RoomPlayback.objects.filter(alive_ms__gte=since_ms).values_list("pk", flat=True)
    yield from QueueItem.objects.filter(created_at__gte=since).values_list("room_id", flat=True)


def needed(since: datetime.datetime) -> Iterable[UUID]:
    """Whose films are on the list of an open room, and whoever put something on one lately."""
    listed = QueueItem.objects.filter(room__closed_at=None, video__deleted_at=None)
    films = Video.objects.filter(pk__in=listed.values("video_id"))
    yield from films.values_list("owner_id", flat=True)
    added = QueueItem.objects.filter(created_at__gte=since, added_by__isnull=False)
    for user_id in added.values_list("added_by_id", flat=True):
        if user_id is not None:
            yield user_id


def belongings(user: User) -> list[str]:
    counts = {
        "on the lists of rooms": QueueItem.objects.filter(added_by=user).count(),
        "votes for films": QueueVote.objects.filter(user=user).count(),
    }
    return [f"{count} {what}" for what, count in counts.items() if count]


def film_uses(video_id: str) -> list[str]:
    """The rooms whose list loses a film, in words."""
    items = QueueItem.objects.filter(video_id=video_id, room__closed_at=None)
    return [
        f"on the list of room {item.room.code} “{item.room.name}”"
        for item in items.select_related("room")
    ]
