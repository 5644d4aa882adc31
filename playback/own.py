"""What a person owns here: how it is exported, and how it is erased."""

from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import User
from playback.films import item_off
from playback.models import QueueItem, QueueVote
from playback.services import item_vote

ABOUT = gettext_lazy("What you put on the lists of rooms, and what you voted for.")


def export(user: User) -> dict[str, Any]:
    """What a person put on the lists of rooms, and what they voted for."""
    items = QueueItem.objects.filter(added_by=user).select_related("room")
    votes = QueueVote.objects.filter(user=user).select_related("item", "item__room")
    return {
        "added": [_added(item) for item in items],
        "votes": [{"room": vote.item.room.name, "title": vote.item.title} for vote in votes],
    }


def _added(item: QueueItem) -> dict[str, Any]:
    return {
        "room": item.room.name,
        "title": item.title,
        "url": item.url or None,
        "video_id": str(item.video_id) if item.video_id else None,
        "created_at": item.created_at.isoformat(),
    }


def erase(user: User) -> None:
    """Everything they put on a list leaves it, also from a screen; their votes are taken back."""
    for vote in QueueVote.objects.filter(user=user).select_related("item", "item__room"):
        item_vote(room=vote.item.room, by=user, item_id=str(vote.item_id), on=False)
    for item in QueueItem.objects.filter(added_by=user).select_related("room"):
        item_off(room=item.room, by=None, item=item)
