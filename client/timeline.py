"""The room's timeline: where the film is at a moment. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Timeline:
    """As it travels, with units in the names. `hold`: why the room waits, as it travels."""

    seq: int
    item_id: str | None
    source: str | None
    paused: bool
    position_s: float
    rate: float
    at_ms: float
    hold: Mapping[str, Any] | None = None

    @classmethod
    def of(cls, wire: Mapping[str, Any]) -> "Timeline":
        return cls(
            seq=wire["seq"],
            item_id=wire["item_id"],
            source=wire.get("source"),
            paused=wire["paused"],
            position_s=wire["position"],
            rate=wire["rate"],
            at_ms=wire["at"],
            hold=wire.get("hold"),
        )

    @property
    def held(self) -> str:
        """What the room waits for: ready, buffering, processing; empty where it does not."""
        return str(self.hold["reason"]) if self.hold else ""

    def runs_at(self, server_ms: float) -> bool:
        return not self.paused and server_ms >= self.at_ms


def position_at(timeline: Timeline, server_ms: float, duration_s: float | None = None) -> float:
    """Seconds into the film at server time; never before its beginning or past its end."""
    position_s = timeline.position_s
    if not timeline.paused and server_ms > timeline.at_ms:
        position_s += (server_ms - timeline.at_ms) / 1000 * timeline.rate
    return max(0.0, min(position_s, duration_s) if duration_s else position_s)
