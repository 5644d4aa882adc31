"""Finding what was said in a room."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from accounts import friend_access
from accounts.models import User
from chat.models import Kind, Message
from chat.selectors import read_before
from rooms.models import Room

WORDS_MIN = 2
WORDS_MAX = 100


Stretch = tuple[float, float]
"""From and to, seconds of a film."""


@dataclass(frozen=True)
class Reader:
    """Who looks, how far they are in which film, and what they watched further on in it."""

    user: User
    item_id: UUID | None = None
    to_s: float = 0.0
    seen: tuple[Stretch, ...] = ()


def said(
    room: Room, words: str, *, reader: Reader, before: str | None, limit: int
) -> tuple[list[Message], bool]:
    """Messages with these words in them that the reader may know of, whatever the case; the newest
    first, and whether there are more such before them.

    What they may not know of is left out here: a page is full of what can be shown, and nothing,
    not the number of pages either, tells that more has these words.

    No index helps with the middle of a word: it goes through the room from its end until a page is
    full. Where rooms have hundreds of thousands of messages, PostgreSQL has a trigram index for
    it: docs/operations.md.
    """

    def found(messages: QuerySet[Message]) -> QuerySet[Message]:
        return _told(_with(messages.filter(kind=Kind.TEXT), words), reader)

    return read_before(room, before, limit, reader=reader.user, narrowed=found)


def _with(messages: QuerySet[Message], words: str) -> QuerySet[Message]:
    """SQLite knows upper and lower case of ASCII alone; its regular expressions are Python's."""
    if connection.vendor == "sqlite" and not words.isascii():
        return messages.filter(body__iregex=re.escape(words))
    return messages.filter(body__icontains=words)


def _told(messages: QuerySet[Message], reader: Reader) -> QuerySet[Message]:
    """Not of whom a block keeps apart, and not what others said further on in the film."""
    hidden = friend_access.hidden_from({reader.user.pk})[reader.user.pk]
    if hidden:
        messages = messages.exclude(author__in=hidden)
    if reader.item_id is None:
        return messages
    known = ~Q(item_id=reader.item_id) | Q(media_time_s=None) | Q(author=reader.user)
    known |= Q(media_time_s__lte=reader.to_s)
    for stretch in reader.seen:
        known |= Q(media_time_s__range=stretch)
    return messages.filter(known)
