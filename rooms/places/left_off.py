"""Where each room's film stopped. Known above: whoever plays films registers how to ask for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class LeftOff:
    """How far a room is with its film. `duration_s` None: not known."""

    item_id: str
    title: str
    position_s: float
    duration_s: float | None
    finished: bool = False

    @property
    def percent(self) -> int:
        """How much of it was seen, for a bar."""
        return round(100 * self.position_s / self.duration_s) if self.duration_s else 0

    def wire(self) -> dict[str, Any]:
        return {
            "item_id": self.item_id,
            "title": self.title,
            "position": round(self.position_s, 1),
            "duration": self.duration_s,
            "percent": self.percent,
            "finished": self.finished,
        }


# By room id; a room without an entry has nothing to go on with.
Reader = Callable[[Sequence[UUID]], Mapping[UUID, LeftOff]]
_readers: list[Reader] = []


def register(reader: Reader) -> None:
    """Call it from the app's `ready()`. As many rooms as asked for in a handful of queries."""
    _readers.append(reader)


def left_off(room_ids: Sequence[UUID]) -> dict[UUID, LeftOff]:
    found: dict[UUID, LeftOff] = {}
    for reader in _readers:
        found.update(reader(room_ids))
    return found
