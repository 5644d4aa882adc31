"""Numbers of the room socket in Prometheus' text form, counted in plain integers."""

from collections import Counter

_counts: Counter[str] = Counter()
_gauges: Counter[str] = Counter()


def count(name: str, by: int = 1) -> None:
    _counts[name] += by


def gauge(name: str, by: int) -> None:
    _gauges[name] += by


def render() -> str:
    lines = []
    for kind, numbers in (("counter", _counts), ("gauge", _gauges)):
        for name, value in sorted(numbers.items()):
            full = f"syncwatch_{name}" + ("_total" if kind == "counter" else "")
            lines += [f"# TYPE {full} {kind}", f"{full} {value}"]
    return "\n".join(lines) + "\n"
