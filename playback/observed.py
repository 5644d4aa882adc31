"""What the statuses of players add to the numbers of this process, in seconds."""

from playback.protocol import Status
from syncwatch.lib import metrics

_drift = metrics.histogram(
    "drift_seconds", (0.001, 0.002, 0.005, 0.01, 0.017, 0.03, 0.05, 0.1, 0.25, 1)
)
_rtt = metrics.histogram("rtt_seconds", (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2))
_buffered = metrics.histogram("buffered_seconds", (0.5, 1, 2, 5, 10, 20, 30, 60))
_clock_bound = metrics.histogram(
    "clock_bound_seconds", (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1)
)


def status(told: Status) -> None:
    """Once for each status. A film at rest has no drift, and needs nothing ahead of it."""
    _rtt.observe(told.rtt_ms / 1000)
    if told.clock_bound_ms is not None:
        _clock_bound.observe(told.clock_bound_ms / 1000)
    if told.state in {"playing", "buffering"}:
        _buffered.observe(told.buffered)
    if told.state == "playing" and told.drift_ms:
        _drift.observe(abs(told.drift_ms) / 1000)
