"""One clock for every process: this machine's steady time plus an offset to Redis TIME.

The offset begins with this machine's wall clock and moves only as far as a reading of Redis proves
it wrong: one that took 60 ms may be 30 beside, and processes that believed its middle would be as
far apart. What is proven is slewed, so that server time never jumps and never runs backwards,
whatever happens to the machine's wall clock. The steady time goes on while the machine sleeps,
where the system has such a clock: nothing has to be made up for afterwards.
"""

import contextlib
import datetime
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
SLEW_PPM = 200
RESYNC_S = 10.0
READINGS = 5  # at a time; the quickest proves most


@dataclass
class ServerClock:
    """Monotonic milliseconds plus a slewed offset. `steer` says where the offset should go."""

    offset_ms: float = field(
        default_factory=lambda: time.time_ns() / 1e6 - time.clock_gettime_ns(STEADY) / 1e6
    )
    target_ms: float | None = None
    steered_at_ms: float = 0.0

    def read_ms(self, monotonic_ms: float) -> float:
        return monotonic_ms + self._offset_at(monotonic_ms)

    def steer(self, offset_ms: float, monotonic_ms: float) -> None:
        """The first estimate is taken as it is; later ones are approached at 200 ppm."""
        if self.target_ms is None:
            self.offset_ms = offset_ms
        else:
            self.offset_ms = self._offset_at(monotonic_ms)
        self.target_ms, self.steered_at_ms = offset_ms, monotonic_ms

    def bound(self, least_ms: float, most_ms: float, monotonic_ms: float) -> None:
        """The offset is proven to lie between; where it does already, nothing is to be mended."""
        offset_ms = self._offset_at(monotonic_ms)
        self.steer(max(least_ms, min(offset_ms, most_ms)), monotonic_ms)

    def _offset_at(self, monotonic_ms: float) -> float:
        if self.target_ms is None:
            return self.offset_ms
        reach_ms = max(0.0, monotonic_ms - self.steered_at_ms) * SLEW_PPM / 1e6
        gap_ms = self.target_ms - self.offset_ms
        return self.offset_ms + max(-reach_ms, min(reach_ms, gap_ms))


_clock = ServerClock()
_frozen_ms: float | None = None


def monotonic_ms() -> float:
    return time.clock_gettime_ns(STEADY) / 1e6 if _frozen_ms is None else _frozen_ms


def precise_ms() -> float:
    """Server time in milliseconds since 1970; on every node as near as Redis answers it quickly."""
    return _clock.read_ms(monotonic_ms()) if _frozen_ms is None else _frozen_ms


def server_ms() -> int:
    return int(precise_ms())


def now() -> datetime.datetime:
    return datetime.datetime.fromtimestamp(server_ms() / 1000, tz=datetime.UTC)


@dataclass(frozen=True)
class Reading:
    """Redis TIME in ms, read between two moments of this machine's steady time."""

    redis_ms: float
    asked_ms: float
    answered_ms: float

    @property
    def took_ms(self) -> float:
        return self.answered_ms - self.asked_ms


def observe(readings: Iterable[Reading]) -> None:
    """At least one of them."""
    best = min(readings, key=lambda reading: reading.took_ms)
    _clock.bound(best.redis_ms - best.answered_ms, best.redis_ms - best.asked_ms, best.answered_ms)


class Frozen:
    """Time that stands still until told to go on; what tests hold instead of sleeping."""

    def __init__(self, at_ms: int) -> None:
        self.set(at_ms)

    def set(self, at_ms: float) -> None:
        global _frozen_ms  # noqa: PLW0603  the one place that stops time
        _frozen_ms = at_ms

    def advance(self, ms: float) -> None:
        self.set((_frozen_ms or 0) + ms)


@contextlib.contextmanager
def frozen(at_ms: int = 1_800_000_000_000) -> Iterator[Frozen]:
    global _frozen_ms  # noqa: PLW0603  and the one that lets it run again
    try:
        yield Frozen(at_ms)
    finally:
        _frozen_ms = None
