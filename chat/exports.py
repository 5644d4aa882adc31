"""The chat of a room as a file: every line that stands, the oldest first."""

from collections.abc import Callable, Iterator

import msgspec

from chat.models import Kind, Message, Style
from chat.selectors import history, message_wire
from rooms.models import Room
from syncwatch.lib.text import clock_words

AT_ONCE = 500
_INDENT = "\n    "


def as_text(room: Room) -> Iterator[str]:
    """A line for each message; what goes on is set in."""
    yield f"{room.name}\n"
    lean = history(room).prefetch_related(None).select_related(None).select_related("author")
    for message in lean.order_by("rank").iterator(chunk_size=AT_ONCE):
        yield f"{_text(message)}\n"


def as_json(room: Room) -> Iterator[str]:
    """A list of messages as the API tells them, one a line."""
    comma = "[\n"
    for message in history(room).order_by("rank").iterator(chunk_size=AT_ONCE):
        yield comma + msgspec.json.encode(message_wire(message)).decode()
        comma = ",\n"
    yield "[]\n" if comma == "[\n" else "\n]\n"


FORMATS: dict[str, tuple[str, Callable[[Room], Iterator[str]]]] = {
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
