"""Commands at a steady pace, and what a server and this process spend on them."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.crowd import Crowd, Seat

ROOM_SIZE = 500
STEP_S, HOLD_S = 4, 30
STEPS = (40_000, 60_000, 80_000, 90_000, 100_000, 110_000, 120_000, 140_000, 160_000)
LATE_MS = 100
TICK_HZ = os.sysconf("SC_CLK_TCK")

Words = Callable[[int], bytes]  # of the command with that number


@dataclass(frozen=True)
class Spell:
    """Some seconds of commands. `whole`: everybody heard every one of them, to the end."""

    deliveries: int
    seconds: float
    server_s: float
    driver_s: float
    median_ms: float
    p99_ms: float
    whole: bool

    @property
    def us(self) -> float:
        """Processor time of the server for one delivery."""
        return self.server_s / max(1, self.deliveries) * 1e6

    @property
    def per_second(self) -> float:
        return self.deliveries / self.seconds

    def results(self, name: str) -> dict[str, float]:
        return {
            f"{name}_us": self.us,
            f"{name}_median_ms": self.median_ms,
            f"{name}_p99_ms": self.p99_ms,
            f"{name}_driver_share": self.driver_s / self.seconds,
        }


def cpu_s(pid: int) -> float:
    """What a process has used of the processor so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK_HZ


def resident_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


def pin(pid: int, core: int) -> None:
    """Give a process one core for itself, where there are several."""
    cores = sorted(os.sched_getaffinity(os.getppid()))
    if len(cores) > 1:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setaffinity(int(thread.name), {cores[core]})


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("inf")


def rate_command(number: int) -> bytes:
    return b'{"type":"sync:rate","rate":%s}' % (b"1.25" if number % 2 else b"1.5")


def spell(
    crowd: Crowd,
    senders: list[Seat],
    *,
    pace: float,
    for_s: float,
    pid: int,
    words: Words = rate_command,
) -> Spell:
    """Commands on a clock that waits for nobody, by each sender in turn."""
    crowd.begin()
    server_s, driver_s, began_s = cpu_s(pid), time.process_time(), time.perf_counter()
    for number in range(int(pace * for_s)):
        due_s = began_s + number / pace
        while (left_s := due_s - time.perf_counter()) > 0:
            crowd.read(left_s)
        sender = senders[number % len(senders)]
        if sender.closed:
            break
        crowd.command(sender, words(number))
        crowd.read(0)
    whole = crowd.settle(5, crowd.all_heard) and crowd.complete()
    return Spell(
        deliveries=len(crowd.latencies_ms),
        seconds=time.perf_counter() - began_s,
        server_s=cpu_s(pid) - server_s,
        driver_s=time.process_time() - driver_s,
        median_ms=percentile(crowd.latencies_ms, 0.5),
        p99_ms=percentile(crowd.latencies_ms, 0.99),
        whole=whole,
    )


def saturation(
    crowd: Crowd, pid: int, *, name: str = "", words: Words = rate_command
) -> dict[str, float]:
    """The highest step that is kept with a p99 under 100 ms, then thirty seconds of it."""

    def told(wanted: int, for_s: float) -> tuple[bool, Spell]:
        crowd.come_back()  # past its capacity a server may have closed some
        pace = wanted / len(crowd.seats)
        found = spell(crowd, crowd.seats[:4], pace=pace, for_s=for_s, pid=pid, words=words)
        crowd.settle(30, crowd.all_heard)  # what is left over is not for the next one
        kept = found.whole and found.p99_ms <= LATE_MS and found.per_second >= 0.95 * wanted
        return kept, found

    passed = [0]
    for wanted in STEPS:
        if not told(wanted, STEP_S)[0]:
            break
        passed.append(wanted)
    for wanted in reversed(passed[1:]):
        kept, found = told(wanted, HOLD_S)
        if kept:
            return {f"{name}saturation_per_s": found.per_second, **found.results(f"{name}full")}
    return {f"{name}saturation_per_s": 0.0}
