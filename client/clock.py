"""The server's clock as seen from here: one-way minima of ping stamps, and when to ping.

`forth = t1 - t0` and `back = t3 - t2` both hold the offset and the delay of one way. The least of
each over a minute are taken apart from each other, so that one quiet moment each way is enough; an
old one is trusted less with age, because two crystals differ.
"""

import math
import random
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

WINDOW_MS = 60_000
AGE_PPM = 30
JUMP_MS = 5  # two ways that contradict each other by more: a clock has jumped
ENOUGH_PONGS = 3
STALE_MS = 15_000
PONG_TIMEOUT_MS = 10_000
RTT_SAMPLES = 11
BURST_PINGS, BURST_GAP_S = 15, 0.1
# On a jittery way the burst is not enough; so many more follow before the steady pace.
SETTLE_PINGS, SETTLE_GAP_S, JITTERY_MS = 40, 0.25, 10
STEADY_GAP_S, STEADY_JITTER = 1.0, 0.2


def monotonic_ms() -> float:
    return time.monotonic_ns() / 1e6


class AgingMinimum:
    """The least of the last minute; older values weigh more with age."""

    def __init__(self) -> None:
        self._queue: deque[tuple[float, float]] = deque()  # (when, key), rising keys

    def add(self, value: float, at_ms: float) -> None:
        key = value - at_ms * AGE_PPM * 1e-6  # orders like value + age * ε, whatever now is
        while self._queue and self._queue[-1][1] >= key:
            self._queue.pop()
        self._queue.append((at_ms, key))

    def at(self, now_ms: float) -> float:
        """Infinity where nothing was seen."""
        while len(self._queue) > 1 and self._queue[0][0] < now_ms - WINDOW_MS:
            self._queue.popleft()
        return self._queue[0][1] + now_ms * AGE_PPM * 1e-6 if self._queue else math.inf


class ClockEstimator:
    """Server time minus local time, from separate minima of the two directions. Pure."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._forth, self._back = AgingMinimum(), AgingMinimum()
        self._rtts: deque[float] = deque(maxlen=RTT_SAMPLES)
        self.pongs = 0
        self.last_pong_ms = -math.inf

    def add_pong(self, t0: float, t1: float, t2: float, t3: float) -> bool:
        """False when the clocks turned out to have jumped and all before was forgotten."""
        self._add(t1 - t0, t3 - t2, t3)
        consistent = self._forth.at(t3) + self._back.at(t3) >= -JUMP_MS
        if not consistent:
            self.reset()
            self._add(t1 - t0, t3 - t2, t3)
        self._rtts.append(t3 - t0 - (t2 - t1))
        self.pongs += 1
        self.last_pong_ms = t3
        return consistent

    def add_push(self, server_ms: float, local_ms: float) -> None:
        """A stamp on anything that the server pushes is one more sample of the way back."""
        self._back.add(local_ms - server_ms, local_ms)

    def offset_at(self, local_ms: float) -> float:
        forth, back = self._forth.at(local_ms), self._back.at(local_ms)
        if math.isinf(forth):
            return 0.0 if math.isinf(back) else -back
        return (forth - back) / 2

    def bound_at(self, local_ms: float) -> float:
        """How wrong the offset can be at worst, on a way that is not the same back as forth."""
        return max(0.0, (self._forth.at(local_ms) + self._back.at(local_ms)) / 2)

    def sure_at(self, local_ms: float) -> bool:
        return self.pongs >= ENOUGH_PONGS and local_ms - self.last_pong_ms < STALE_MS

    @property
    def rtt_ms(self) -> float:
        """Median round trip of the last pings; 0 before the first."""
        return sorted(self._rtts)[len(self._rtts) // 2] if self._rtts else 0.0

    @property
    def jitter_ms(self) -> float:
        return self.rtt_ms - min(self._rtts, default=0.0)

    def _add(self, forth: float, back: float, at_ms: float) -> None:
        self._forth.add(forth, at_ms)
        self._back.add(back, at_ms)


class ServerClock:
    """Says what to ping and when, takes the pongs, and tells the server's time."""

    def __init__(
        self,
        *,
        local_ms: Callable[[], float] = monotonic_ms,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.local_ms = local_ms
        self._chance = chance
        self._estimator = ClockEstimator()
        self._out: dict[float, float] = {}  # t0 → when it is forgotten
        self._burst_left = self._settle_left = 0

    def now(self) -> float:
        """Server milliseconds."""
        return self.local_ms() + self.offset_ms

    @property
    def offset_ms(self) -> float:
        return self._estimator.offset_at(self.local_ms())

    @property
    def bound_ms(self) -> float:
        """Infinity before the first pong."""
        return self._estimator.bound_at(self.local_ms())

    @property
    def rtt_ms(self) -> float:
        return self._estimator.rtt_ms

    @property
    def sure(self) -> bool:
        return self._estimator.sure_at(self.local_ms())

    def burst(self) -> None:
        """Measure quickly: after connecting, and after the clocks have jumped."""
        self._burst_left, self._settle_left = BURST_PINGS, SETTLE_PINGS
        self._out.clear()

    def ping(self) -> dict[str, Any]:
        """The next frame to send; `gap_s` says how long to wait after it."""
        t0 = round(self.local_ms(), 3)
        self._out = {sent: until for sent, until in self._out.items() if until >= t0}
        self._out[t0] = t0 + PONG_TIMEOUT_MS
        return {"type": "sync:ping", "t0": t0}

    def gap_s(self) -> float:
        """Fast, then while the way is jittery less fast, then steady and out of step."""
        self._burst_left -= 1
        if self._burst_left > 0:
            return BURST_GAP_S
        if self._estimator.jitter_ms > JITTERY_MS and self._settle_left > 1:
            self._settle_left -= 1
            return SETTLE_GAP_S
        return STEADY_GAP_S * (1 + (2 * self._chance() - 1) * STEADY_JITTER)

    def take_pong(self, pong: Mapping[str, Any]) -> None:
        t3 = self.local_ms()
        forget_at = self._out.pop(pong["t0"], -math.inf)
        if t3 <= forget_at and not self._estimator.add_pong(pong["t0"], pong["t1"], pong["t2"], t3):
            self.burst()

    def take_push(self, server_ms: float) -> None:
        self._estimator.add_push(server_ms, self.local_ms())
