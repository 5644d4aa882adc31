"""A player without a picture: it follows the timeline, and says so as a real one does.

Its film goes by this machine's clock. Where that leaves the room's timeline, because the estimate
of the server's clock became a better one, it jumps. Pure: time is told.
"""

import math
from dataclasses import dataclass
from typing import Any

from client.timeline import Timeline, position_at

STATUS_EVERY_MS = 5000
DEAD_BAND_MS = 6
BUFFERED_S = 30.0
TOLD_MAX_MS = 60_000.0


@dataclass(frozen=True)
class Moment:
    """Now, by both clocks, how far the server is, and how wrong its time can be here at worst."""

    server_ms: float
    local_ms: float
    rtt_ms: float = 0.0
    bound_ms: float = math.inf


@dataclass(frozen=True)
class _Run:
    """Where the film began to run by itself."""

    seq: int
    position_s: float
    local_ms: float


class Player:
    """`detached`: it watches on its own, and nobody waits for it."""

    def __init__(self, *, detached: bool = False) -> None:
        self._detached = detached
        self._run: _Run | None = None
        self._said: tuple[str, int] | None = None
        self._said_ms = 0.0
        self.position_s = 0.0
        self.drift_ms = 0.0
        self.jumps = 0

    def renew(self) -> None:
        """The connection is another: say everything anew."""
        self._said = None

    def look(
        self, timeline: Timeline | None, now: Moment, duration_s: float | None = None
    ) -> dict[str, Any] | None:
        """Follow, and answer the `sync:status` that is due now, if one is."""
        if timeline is None or timeline.item_id is None:
            self._run = self._said = None
            return None
        self._follow(timeline, now, duration_s)
        saying = self._state(timeline, now), timeline.seq
        due = saying != self._said or now.local_ms - self._said_ms >= STATUS_EVERY_MS
        if not due:
            return None
        self._said, self._said_ms = saying, now.local_ms
        return self._status(*saying, now, duration_s)

    def wait_s(self, timeline: Timeline | None, now: Moment) -> float:
        """How long nothing has to be looked at, unless a newer timeline comes."""
        waits_ms = [STATUS_EVERY_MS - (now.local_ms - self._said_ms if self._said else 0)]
        if timeline and not timeline.paused and timeline.at_ms > now.server_ms:
            waits_ms.append(timeline.at_ms - now.server_ms)
        return max(0.001, min(waits_ms) / 1000)

    def _state(self, timeline: Timeline, now: Moment) -> str:
        if self._detached:
            return "detached"
        if timeline.runs_at(now.server_ms):
            return "playing"
        return "ready" if timeline.held or not timeline.paused else "paused"

    def _follow(self, timeline: Timeline, now: Moment, duration_s: float | None) -> None:
        wanted_s = position_at(timeline, now.server_ms, duration_s)
        if not timeline.runs_at(now.server_ms):
            self._run, self.position_s, self.drift_ms = None, wanted_s, 0.0
            return
        if self._run is None or self._run.seq != timeline.seq:
            self._run = _Run(timeline.seq, wanted_s, now.local_ms)
        ran_s = (now.local_ms - self._run.local_ms) / 1000 * timeline.rate
        here_s = self._run.position_s + ran_s
        self.position_s = min(here_s, duration_s) if duration_s else here_s
        self.drift_ms = (self.position_s - wanted_s) * 1000
        if abs(self.drift_ms) > DEAD_BAND_MS:
            self._run = _Run(timeline.seq, wanted_s, now.local_ms)
            self.position_s, self.drift_ms = wanted_s, 0.0
            self.jumps += 1

    def _status(
        self, state: str, seq: int, now: Moment, duration_s: float | None
    ) -> dict[str, Any]:
        ahead_s = duration_s - self.position_s if duration_s else BUFFERED_S
        known = math.isfinite(now.bound_ms)
        return {
            "type": "sync:status",
            "seq": seq,
            "state": state,
            "position": round(self.position_s, 3),
            "buffered": round(max(0.0, min(BUFFERED_S, ahead_s)), 3),
            "drift_ms": round(self.drift_ms, 3),
            "rtt_ms": round(min(TOLD_MAX_MS, max(0.0, now.rtt_ms)), 3),
            "clock_bound_ms": round(min(TOLD_MAX_MS, now.bound_ms), 3) if known else None,
            "quality": None,  # there is no picture
        }
