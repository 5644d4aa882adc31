"""Numbers of this process in Prometheus' text form, counted in plain integers.

Each carries the process' id, so that those of several behind one address are not taken for one.
"""

import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

_counts: Counter[str] = Counter()
_gauges: Counter[str] = Counter()
_histograms: "dict[str, Histogram]" = {}


class Histogram:
    """How often a value fell between which bounds. `bounds` rise and are in the base unit."""

    def __init__(self, bounds: Sequence[float]) -> None:
        self._bounds = tuple(bounds)
        self._counts = [0] * (len(self._bounds) + 1)
        self._sum = 0.0

    def observe(self, value: float) -> None:
        self._counts[bisect_left(self._bounds, value)] += 1
        self._sum += value

    def lines(self, name: str, labels: str) -> Iterator[str]:
        below = 0
        for bound, count in zip((*self._bounds, "+Inf"), self._counts, strict=True):
            below += count
            yield f'{name}_bucket{{{labels},le="{bound}"}} {below}'
        yield f"{name}_sum{{{labels}}} {self._sum}"
        yield f"{name}_count{{{labels}}} {below}"


def count(name: str, by: int = 1) -> None:
    _counts[name] += by


def gauge(name: str, by: int) -> None:
    _gauges[name] += by


def histogram(name: str, bounds: Sequence[float]) -> Histogram:
    """Made once, when its module loads; it is shown from then on, also while nothing was seen."""
    return _histograms.setdefault(name, Histogram(bounds))


def render() -> str:
    labels = f'pid="{os.getpid()}"'
    lines = []
    for kind, numbers in (("counter", _counts), ("gauge", _gauges)):
        for name, value in sorted(numbers.items()):
            full = f"syncwatch_{name}" + ("_total" if kind == "counter" else "")
            lines += [f"# TYPE {full} {kind}", f"{full}{{{labels}}} {value}"]
    for name, seen in sorted(_histograms.items()):
        full = f"syncwatch_{name}"
        lines += [f"# TYPE {full} histogram", *seen.lines(full, labels)]
    return "\n".join(lines) + "\n"
