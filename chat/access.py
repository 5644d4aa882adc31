"""The only way to get a message that a person may see or touch."""

from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy

from chat.models import Kind, Message, Poll, Style
from chat.unheard.selectors import readable
from syncwatch.lib.errors import Forbidden, NotFound
from syncwatch.lib.ids import uuid_or_none

NO_MESSAGE = gettext_lazy("There is no such message in this room.")


def message_in(
    room_id: str, message_id: object, *, reader: str | None = None, moderates: bool = False
) -> Message:
    """A message of this room that was not taken back. With a `reader` also one that only they were
    told of; whoever moderates may have what anybody wrote unheard.
    """
    found = uuid_or_none(message_id)
    known = readable(reader) | Q(unheard=True) if moderates else readable(reader)
    messages = Message.objects.filter(known, room_id=room_id, deleted_at=None)
    message = messages.filter(id=found).select_related("author", "room").first() if found else None
    if message is None:
        raise NotFound(NO_MESSAGE)
    return message


def message_seen(room_id: str, message_id: object, *, reader: str) -> Message:
    """A message that was told once: one may have read it, whatever became of it."""
    found = uuid_or_none(message_id)
    messages = Message.objects.filter(readable(reader), room_id=room_id)
    message = messages.filter(id=found).first() if found else None
    if message is None:
        raise NotFound(NO_MESSAGE)
    return message


def words_in(
    room_id: str, message_id: object, *, reader: str | None = None, moderates: bool = False
) -> Message:
    """As `message_in`, of what people said: a line of what happened takes no answers."""
    message = message_in(room_id, message_id, reader=reader, moderates=moderates)
    if message.kind != Kind.TEXT:
        raise NotFound(NO_MESSAGE)
    return message


def _said_by(message: Message, user_id: str) -> bool:
    """What the room tells of a person was not said by them."""
    return message.kind == Kind.TEXT and str(message.author_id) == user_id


def message_to_edit(*, room_id: str, user_id: str, message_id: str) -> Message:
    message = message_in(room_id, message_id, reader=user_id)
    if not _said_by(message, user_id):
        raise Forbidden(message=gettext("You can change only what you wrote yourself."))
    if message.style == Style.ROLL:
        raise Forbidden(message=gettext("Dice stay as they fell."))
    if Poll.objects.filter(message=message).exists():
        raise Forbidden(message=gettext("A poll stays as it was asked. Close it and ask anew."))
    return message


def message_to_delete(*, room_id: str, user_id: str, message_id: str, moderates: bool) -> Message:
    message = message_in(room_id, message_id, reader=user_id, moderates=moderates)
    if not _said_by(message, user_id) and not moderates:
        raise Forbidden(message=gettext("Only moderators can take back what somebody else wrote."))
    return message
