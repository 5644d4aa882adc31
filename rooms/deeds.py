"""What people do in a room, told upwards to whoever keeps its history."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from rooms.signals import deed_done
from syncwatch.lib import clock
from syncwatch.lib.ids import uuid7


@dataclass(frozen=True)
class Deed:
    """`by` did `name` in a room; `facts` are the rest of the sentence, as they go over the wire.

    `by` None: it came about by itself. `once` names the deed: told again, it is still one.
    `item_id` and `media_time_s` are the place in the film where it happened.
    """

    room_id: str
    name: str
    by: str | None
    facts: Mapping[str, Any] = field(default_factory=dict)
    once: str = field(default_factory=lambda: str(uuid7()))
    at: datetime.datetime = field(default_factory=clock.now)
    item_id: str | None = None
    media_time_s: float | None = None


def done(deed: Deed) -> None:
    deed_done.send(sender=Deed, deed=deed)


def about(user: User) -> dict[str, Any]:
    """The facts that name the person something was done to."""
    return {"user_id": str(user.pk), "display_name": user.display_name}
