"""The list of public rooms: found by words, with how many are there and what is on."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from rooms.models import Room
from rooms.selectors import doors
from syncwatch.lib.text import clean_text

WORDS_MAX = 80
_WORDS_AT_MOST = 6


def found_by(rooms: QuerySet[Room], asked: str) -> QuerySet[Room]:
    """Those whose name, host or film holds each of the words. Raises Invalid past the limit."""
    for word in clean_text(asked, WORDS_MAX, what="q").split()[:_WORDS_AT_MOST]:
        rooms = rooms.filter(
            Q(name__icontains=word)
            | Q(owner__display_name__icontains=word)
            | Q(password="", now_playing__title__icontains=word)
        )
    return rooms


def listing(rooms: Iterable[Room]) -> list[dict[str, Any]]:
    """Doors, and what is on where anybody may walk in and see it; with one look at Redis."""
    shown = list(rooms)
    return [door | {"title": _title(room)} for room, door in zip(shown, doors(shown), strict=True)]


def _title(room: Room) -> str | None:
    title: str | None = (room.now_playing or {}).get("title")
    return None if room.locked else title
