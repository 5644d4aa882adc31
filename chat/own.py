"""What a person owns here: how it is exported, and how it is erased."""

from typing import Any

from accounts.models import User
from chat.models import Message
from chat.selectors import history
from chat.services import message_delete
from chat.store import TAIL_LENGTH
from rooms.models import Room


def export(user: User) -> list[dict[str, Any]]:
    """Everything a person said and did not take back."""
    said = Message.objects.filter(author=user, deleted_at=None).select_related("room")
    return [_row(message) for message in said.order_by("created_at", "id")]


def _row(message: Message) -> dict[str, Any]:
    return {
        "id": str(message.id),
        "room": message.room.name,
        "body": message.body,
        "created_at": message.created_at.isoformat(),
        "edited_at": message.edited_at.isoformat() if message.edited_at else None,
    }


def erase(user: User) -> None:
    """Every word, for good. Rooms hear of those they still show."""
    for room in Room.objects.filter(messages__author=user).distinct():
        for message in history(room)[:TAIL_LENGTH]:
            if message.author_id == user.pk:
                message_delete(message=message, by=str(user.pk))
    Message.objects.filter(author=user).delete()
