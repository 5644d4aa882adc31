"""What it costs to tell a room something, beside servers that do nothing else.

One web process on a core of its own; Redis, the database and the driver share the other. The same
driver, the same size of frame and the same pace go to two yardsticks in the same run: a bare
`websockets.broadcast()` server and sockets of node that write one frame to all. `…_driver_share` is
how busy the driver was itself: near 1 it would be what was measured.

The room of 500 is told under daphne too, which serves `manage.py runserver`.

One person has the remote, as in a room of people: several in turn would be a line of the chat each.
Every command is a real one (`sync:rate`): decoded, allowed, limited, written by the Lua script,
numbered, kept and published there; each member hears it in order.
"""

import argparse
import os
import re
import sqlite3
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "syncwatch.settings")

from bench import audience, report, yardsticks
from bench.audience import Guest
from bench.crowd import TOLD, Crowd
from bench.pacing import ROOM_SIZE, percentile, pin, rate_command, resident_kb, saturation, spell
from syncwatch.tests.stack import ROOT, Stack

PACE = 12  # commands a second in the room of 500
FOR_S = 20
SMALL_ROOMS, SMALL_SIZE, SMALL_PACE = 50, 8, 300
BURST = 800
NUMBERED = TOLD + rb',"seq":(\d+)'
AT_ONCE = 64  # people on their way in
GONE_S = 10  # until hundreds who left are gone for everybody, and that costs nothing any more
LIMITS = {"RATE_LIMIT_FACTOR": "100000", "LOG_LEVEL": "WARNING"}


def joined(stack: Stack, code: str, guests: list[Guest]) -> tuple[Crowd, float]:
    """All come at once; joins a second, until each has its snapshot."""
    crowd = Crowd(stack.url)
    began_s = time.perf_counter()
    crowd.sit_all([(code, guest.access) for guest in guests], at_once=AT_ONCE)
    return crowd, len(guests) / (max(crowd.seated_s) - began_s)


def frame_size(crowd: Crowd) -> int:
    """How many bytes one command is for a member, its head left out."""
    crowd.begin()
    seat = crowd.seats[-1]
    seat.kept = []
    crowd.command(crowd.seats[0], rate_command(1))
    crowd.settle(5, crowd.all_heard)
    size = len(b"".join(seat.kept)) - 4
    seat.kept = None
    return size


def big_room(crowd: Crowd, pid: int) -> dict[str, float]:
    told = spell(crowd, crowd.seats[:1], pace=PACE, for_s=FOR_S, pid=pid)
    if not told.whole:
        raise AssertionError("somebody in the room of 500 missed a command")
    return told.results("room500")


def burst(crowd: Crowd) -> dict[str, float]:
    """Everything at once, from everybody: who misses one, and whose seq ever goes back."""
    watched = crowd.seats[:50]
    crowd.begin()
    for seat in watched:
        seat.kept = []
    for number in range(BURST):
        crowd.command(crowd.seats[number % len(crowd.seats)], rate_command(number))
        if number % 50 == 0:
            crowd.read(0)
    crowd.settle(20, crowd.all_heard)
    inversions = 0
    for seat in watched:
        numbers = [int(seq) for seq in re.findall(NUMBERED, b"".join(seat.kept or []))]
        inversions += sum(later <= earlier for earlier, later in pairwise(numbers))
        seat.kept = None
    return {
        "burst_lost": sum(BURST - seat.heard for seat in crowd.seats),
        "burst_p99_ms": percentile(crowd.latencies_ms, 0.99),
        "seq_inversions": inversions,
    }


def small_rooms(stack: Stack, codes: list[str], guests: list[Guest], pid: int) -> dict[str, float]:
    crowd = Crowd(stack.url)
    crowd.sit_all([(code, guest.access) for code in codes for guest in guests], at_once=AT_ONCE)
    one_of_each = list({seat.room: seat for seat in reversed(crowd.seats)}.values())
    told = spell(crowd, one_of_each, pace=SMALL_PACE, for_s=15, pid=pid)
    crowd.close()
    if not told.whole:
        raise AssertionError("somebody in a small room missed a command")
    return told.results("small_rooms")


def dead_reader(stack: Stack, code: str, guests: list[Guest], pid: int) -> dict[str, float]:
    """One of fifty stops reading: what the others notice, and what it costs."""
    crowd = Crowd(stack.url)
    crowd.sit_all([(code, guest.access) for guest in guests[:49]], at_once=AT_ONCE)
    dead = crowd.sit(code, guests[49].access, receive_bytes=4096)
    crowd.settle(10, lambda: dead.seated)
    senders = crowd.seats[:1]
    before = spell(crowd, senders, pace=100, for_s=5, pid=pid)
    crowd.pause_reading(dead)
    memory_kb = resident_kb(pid)
    during = spell(crowd, senders, pace=400, for_s=25, pid=pid)
    after = spell(crowd, senders, pace=100, for_s=5, pid=pid)
    grown_kb = resident_kb(pid) - memory_kb
    crowd.close()
    return {
        "dead_reader_others_lost": float(not (during.whole and after.whole)),
        "dead_reader_before_p99_ms": before.p99_ms,
        "dead_reader_after_p99_ms": after.p99_ms,
        "dead_reader_grown_mb": grown_kb / 1024,
    }


def slow_database(
    stack: Stack, codes: list[str], guests: list[Guest], pid: int
) -> dict[str, float]:
    """A second in which nothing can be written, while people of one room write: what the film of
    another room notices.
    """
    crowd = Crowd(stack.url)
    crowd.sit_all([(code, guest.access) for code in codes[:2] for guest in guests], at_once=AT_ONCE)
    writers = [seat for seat in crowd.seats if seat.room == codes[0]]
    others = [seat for seat in crowd.seats if seat.room == codes[1]]
    calm = spell(crowd, others[:1], pace=20, for_s=5, pid=pid)
    locked = threading.Thread(target=_hold_database, args=(stack, 1.0))
    locked.start()
    time.sleep(0.05)
    for number, seat in enumerate(writers):
        seat.send(b'{"type":"chat:send","body":"Hello","nonce":"slow-%d"}' % number)
    slow = spell(crowd, others[:1], pace=20, for_s=0.9, pid=pid)
    locked.join()
    crowd.close()
    return {
        "slow_database_p99_ms": slow.p99_ms,
        "slow_database_adds_ms": max(0.0, slow.p99_ms - calm.p99_ms),
    }


def _hold_database(stack: Stack, for_s: float) -> None:
    database = sqlite3.connect(stack.data / "db.sqlite3", isolation_level=None, timeout=30)
    database.execute("BEGIN IMMEDIATE")
    time.sleep(for_s)
    database.execute("ROLLBACK")
    database.close()


def memory(
    stack: Stack, code: str, guests: list[Guest], pid: int, *, tabs: int
) -> dict[str, float]:
    """What a connection weighs, with so many tabs each."""
    crowd = Crowd(stack.url)
    before_kb = resident_kb(pid)
    everybody = [(code, guest.access) for _ in range(tabs) for guest in guests]
    crowd.sit_all(everybody, at_once=AT_ONCE)
    crowd.settle(2, lambda: False)
    weigh_kb = (resident_kb(pid) - before_kb) / len(everybody)
    crowd.close()
    return {"kb_per_connection": weigh_kb, "connections": len(everybody)}


def under_daphne(stack: Stack, code: str, guests: list[Guest]) -> dict[str, float]:
    """The same room, told by daphne out of the same database and Redis: no frames written once."""
    known = Path(f"/proc/{stack.pid_of('web')}/environ").read_text().split("\0")
    environment = dict(line.split("=", 1) for line in known if "=" in line)
    argv = [
        sys.executable,
        "-m",
        "daphne",
        "-v0",
        "-b",
        "127.0.0.1",
        "syncwatch.asgi:application",
        "-p",
    ]
    with yardsticks.running(argv, env=environment, cwd=ROOT) as (port, pid):
        crowd = yardsticks.crowd_at(port, [(code, guest.access) for guest in guests])
        told = spell(crowd, crowd.seats[:1], pace=PACE, for_s=FOR_S, pid=pid)
        crowd.close()
    if not told.whole:
        raise AssertionError("somebody missed a command under daphne")
    return told.results("daphne500")


def two_processes() -> dict[str, float]:
    """The same room told by two web processes behind one Redis: nobody misses anything."""
    with Stack(**LIMITS, WEB_PROCESSES="2") as stack:
        guests = audience.guests(stack.url, ROOM_SIZE)
        [code] = audience.rooms(stack.url, guests, 1)
        crowd, per_s = joined(stack, code, guests)
        told = spell(crowd, crowd.seats[:1], pace=PACE, for_s=FOR_S, pid=stack.pid_of("web"))
        found = burst(crowd)
        crowd.close()
    return {
        "two_processes_joins_per_s": per_s,
        "two_processes_p99_ms": told.p99_ms,
        "two_processes_lost": found["burst_lost"] + float(not told.whole),
        "two_processes_seq_inversions": found["seq_inversions"],
    }


def one_process(options: argparse.Namespace) -> dict[str, float]:
    results: dict[str, float] = {}
    with Stack(**LIMITS, WEB_PROCESSES="1") as stack:
        pid = stack.pid_of("web")
        pin(pid, 0)
        guests = audience.guests(stack.url, ROOM_SIZE)
        [code] = audience.rooms(stack.url, guests, 1)
        few = guests[:SMALL_SIZE]
        codes = audience.rooms(stack.url, few, SMALL_ROOMS)
        crowd, results["joins_per_s"] = joined(stack, code, guests)
        results["frame_bytes"] = frame_size(crowd)
        print("· a room of 500, a burst, as much as one core tells", flush=True)
        results |= big_room(crowd, pid) | burst(crowd) | saturation(crowd, pid)
        crowd.close()
        time.sleep(GONE_S)
        print("· small rooms, a dead reader, a slow database, memory", flush=True)
        results |= small_rooms(stack, codes, few, pid)
        results |= dead_reader(stack, code, guests, pid)
        results |= slow_database(stack, codes, few, pid)
        results |= memory(stack, code, guests, pid, tabs=options.tabs)
        print("· the same room under daphne", flush=True)
        return results | under_daphne(stack, code, guests)


def measure(options: argparse.Namespace) -> dict[str, float]:
    cores = os.sched_getaffinity(0)
    pin(os.getpid(), 1)
    results = one_process(options)
    print("· yardsticks", flush=True)
    results |= yardsticks.measure(int(results["frame_bytes"]), pace=PACE, for_s=FOR_S)
    for name, bare in (("room500", "websockets"), ("full", "websockets_full")):
        results[f"{name}_vs_websockets"] = results[f"{name}_us"] / results[f"{bare}_us"]
    print("· two processes behind one Redis", flush=True)
    results |= two_processes()
    os.sched_setaffinity(0, cores)
    return results


def main() -> int:
    parser = report.arguments(__doc__ or "")
    parser.add_argument("--tabs", type=int, default=10, help="of each of 500 people, for memory")
    options = parser.parse_args()
    report.publish("fanout", measure(options), options.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
