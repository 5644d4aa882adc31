"""The only way to get a message that a person may see or touch."""

from django.utils.translation import gettext, gettext_lazy

from chat.models import Kind, Message, Poll, Style
from syncwatch.lib.errors import Forbidden, NotFound
from syncwatch.lib.ids import uuid_or_none

NO_MESSAGE = gettext_lazy("There is no such message in this room.")


def message_in(room_id: str, message_id: object) -> Message:
    """A message of this room that was not taken back."""
    found = uuid_or_none(message_id)
    messages = Message.objects.filter(room_id=room_id, deleted_at=None, rank__isnull=False)
    message = messages.filter(id=found).select_related("author", "room").first() if found else None
    if message is None:
        raise NotFound(NO_MESSAGE)
    return message


def message_seen(room_id: str, message_id: object) -> Message:
    """A message that was told once: one may have read it, whatever became of it."""
    found = uuid_or_none(message_id)
    messages = Message.objects.filter(room_id=room_id, rank__isnull=False)
    message = messages.filter(id=found).first() if found else None
    if message is None:
        raise NotFound(NO_MESSAGE)
    return message


def words_in(room_id: str, message_id: object) -> Message:
    """As `message_in`, of what people said: a line of what happened takes no answers."""
    message = message_in(room_id, message_id)
    if message.kind != Kind.TEXT:
        raise NotFound(NO_MESSAGE)
    return message


def _said_by(message: Message, user_id: str) -> bool:
    """What the room tells of a person was not said by them."""
    return message.kind == Kind.TEXT and str(message.author_id) == user_id


def message_to_edit(*, room_id: str, user_id: str, message_id: str) -> Message:
    message = message_in(room_id, message_id)
    if not _said_by(message, user_id):
        raise Forbidden(message=gettext("You can change only what you wrote yourself."))
    if message.style == Style.ROLL:
        raise Forbidden(message=gettext("Dice stay as they fell."))
    if Poll.objects.filter(message=message).exists():
        raise Forbidden(message=gettext("A poll stays as it was asked. Close it and ask anew."))
    return message


def message_to_delete(*, room_id: str, user_id: str, message_id: str, moderates: bool) -> Message:
    message = message_in(room_id, message_id)
    if not _said_by(message, user_id) and not moderates:
        raise Forbidden(message=gettext("Only moderators can take back what somebody else wrote."))
    return message
