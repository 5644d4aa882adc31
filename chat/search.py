"""Finding what was said in a room."""

import re

from django.db import connection
from django.db.models import QuerySet

from chat.models import Kind, Message
from chat.selectors import history, rank_of
from rooms.models import Room

WORDS_MIN = 2
WORDS_MAX = 100


def said(room: Room, words: str, before: str | None, limit: int) -> tuple[list[Message], bool]:
    """Messages with these words in them, whatever the case; the newest first, and whether there
    are more before them.

    No index helps with the middle of a word: it goes through the room from its end until a page is
    full. Where rooms have hundreds of thousands of messages, PostgreSQL has a trigram index for
    it: docs/operations.md.
    """
    messages = _with(history(room).filter(kind=Kind.TEXT), words)
    if before is not None:
        messages = messages.filter(rank__lt=rank_of(room, before))
    page = list(messages[: limit + 1])
    return page[:limit], len(page) > limit


def _with(messages: QuerySet[Message], words: str) -> QuerySet[Message]:
    """SQLite knows upper and lower case of ASCII alone; its regular expressions are Python's."""
    if connection.vendor == "sqlite" and not words.isascii():
        return messages.filter(body__iregex=re.escape(words))
    return messages.filter(body__icontains=words)
