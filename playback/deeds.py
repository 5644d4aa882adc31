"""Who did what to the timeline, handed on to the room's history once it is written down."""

import datetime
from collections.abc import Callable
from typing import Any

import msgspec
from channels.db import database_sync_to_async

from playback import store
from playback.models import QueueItem
from rooms.deeds import Deed, done
from rooms.models import Room


class Noted(msgspec.Struct):
    """One command as `command_more.lua` notes it: seconds of the film, server ms."""

    name: str
    by: str | None
    once: str
    item: str | None
    position: float
    rate: float
    back: bool
    at: float


async def write_down(code: str) -> None:
    """Hand on what is noted. It may come twice, when a process dies in between: each has a name."""
    for noted in await store.deeds(code):
        await database_sync_to_async(_hand_on)(code, msgspec.json.decode(noted, type=Noted))
        await store.forget_deed(code, noted)


def _hand_on(code: str, noted: Noted) -> None:
    if noted.name == "load" and noted.item is None:
        return  # a film was removed while it was on, which `films` told with its title
    room_id = Room.objects.filter(code=code).values_list("id", flat=True).first()
    if room_id is not None:
        done(
            Deed(
                room_id=str(room_id),
                name=noted.name,
                by=noted.by,
                facts=_FACTS[noted.name](noted),
                once=noted.once,
                at=datetime.datetime.fromtimestamp(noted.at / 1000, datetime.UTC),
                item_id=noted.item,
                media_time_s=noted.position if noted.item else None,
            )
        )


def _title(noted: Noted) -> str | None:
    if noted.item is None:
        return None
    return QueueItem.objects.filter(pk=noted.item).values_list("title", flat=True).first()


_FACTS: dict[str, Callable[[Noted], dict[str, Any]]] = {
    "play": lambda noted: {"position": noted.position},
    "pause": lambda noted: {"position": noted.position},
    "seek": lambda noted: {"position": noted.position, "back": noted.back},
    "rate": lambda noted: {"rate": noted.rate},
    "begin": lambda noted: {"item_id": noted.item, "title": _title(noted)},
    "load": lambda noted: {"item_id": noted.item, "title": _title(noted)},
}
