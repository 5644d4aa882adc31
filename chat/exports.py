"""The chat of a room as a file: every line that stands, the oldest first."""

import heapq
from collections.abc import Callable, Iterator

import msgspec
from django.db.models import QuerySet

from accounts.models import User
from chat.models import Kind, Message, Style
from chat.selectors import history, message_wire, with_parts
from chat.unheard.selectors import written_unheard
from chat.unheard.weaving import in_order
from rooms.models import Room
from syncwatch.lib.text import clock_words

AT_ONCE = 500
_INDENT = "\n    "


def as_text(room: Room, reader: User) -> Iterator[str]:
    """A line for each message; what goes on is set in."""
    yield f"{room.name}\n"
    for message in _lines(room, reader, _lean):
        yield f"{_text(message)}\n"


def as_json(room: Room, reader: User) -> Iterator[str]:
    """A list of messages as the API tells them, one a line."""
    comma = "[\n"
    for message in _lines(room, reader, with_parts):
        yield comma + msgspec.json.encode(message_wire(message)).decode()
        comma = ",\n"
    yield "[]\n" if comma == "[\n" else "\n]\n"


def _lean(messages: QuerySet[Message]) -> QuerySet[Message]:
    return messages.prefetch_related(None).select_related(None).select_related("author")


def _lines(
    room: Room, reader: User, dressed: Callable[[QuerySet[Message]], QuerySet[Message]]
) -> Iterator[Message]:
    """As the reader has them on their page, with what they wrote unheard themselves."""
    told = dressed(history(room)).order_by("rank")
    own = dressed(written_unheard(room, reader.pk)).order_by("created_at", "id")
    return heapq.merge(
        told.iterator(chunk_size=AT_ONCE), own.iterator(chunk_size=AT_ONCE), key=in_order
    )


FORMATS: dict[str, tuple[str, Callable[[Room, User], Iterator[str]]]] = {
    "txt": ("text/plain; charset=utf-8", as_text),
    "json": ("application/json", as_json),
}


def _done(message: Message) -> str:
    words = message.body.replace("\n", _INDENT)
    return f"rolled {words}" if message.style == Style.ROLL else words


def _text(message: Message) -> str:
    when = f"{message.created_at:%Y-%m-%d %H:%M} UTC"
    if message.kind == Kind.SYSTEM:
        return f"[{when}] * {message.body}"
    name = message.author.display_name if message.author else "someone"
    if message.style:
        return f"[{when}] * {name} {_done(message)}"
    at = "" if message.media_time_s is None else f" ({clock_words(message.media_time_s)})"
    return f"[{when}] {name}{at}: {message.body.replace(chr(10), _INDENT)}"
