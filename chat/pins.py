"""Messages that moderators keep in sight."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from accounts.selectors import person
from chat import protocol
from chat.access import NO_MESSAGE
from chat.models import Message, Pin
from chat.selectors import message_wire
from chat.telling import locked, retell
from rooms.models import Room
from syncwatch.lib.errors import Invalid, NotFound

PINS_MAX = 50


def pin(*, message: Message, by: str, on: bool) -> bool:
    """Pin a message or let it go; answers whether it was otherwise. Again, nobody is told."""
    with transaction.atomic():
        Room.objects.select_for_update().get(pk=message.room_id)  # the pins of a room are counted
        changed = _put(message, by) if on else _take(message)
    if changed:
        retell(message, lambda now: _event(now, by, on=on))
    return changed


def _put(message: Message, by: str) -> bool:
    fresh = locked(message.pk)
    if fresh is None or fresh.deleted_at is not None:
        raise NotFound(NO_MESSAGE)
    if Pin.objects.filter(message=fresh).exists():
        return False
    if pin_count(message.room_id) >= PINS_MAX:
        words = gettext("{most} messages are pinned. Let one of them go first.")
        raise Invalid(words.format(most=PINS_MAX))
    Pin.objects.create(message=fresh, room_id=fresh.room_id, by_id=UUID(by))
    return True


def _take(message: Message) -> bool:
    gone, _ = Pin.objects.filter(message=message).delete()
    return gone > 0


def _event(message: Message, by: str, *, on: bool) -> protocol.Pinned:
    return protocol.Pinned(id=str(message.pk), on=on, by=by, count=pin_count(message.room_id))


def pin_count(room_id: UUID | str) -> int:
    return Pin.objects.filter(room_id=room_id).count()


def pins_of(room: Room) -> QuerySet[Pin]:
    """The newest first."""
    return (
        Pin.objects.filter(room=room)
        .select_related("by", "message__author", "message__reply_to__author", "message__poll")
        .prefetch_related("message__reactions", "message__mentions")
    )


def pin_wire(row: Pin) -> dict[str, Any]:
    return {
        "message": message_wire(row.message),
        "by": person(row.by) if row.by else None,
        "at": row.at.isoformat(),
    }
