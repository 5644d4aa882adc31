"""How many people does one web process carry on an ordinary evening?

Rooms of eight with a film on. Everybody has the reference client of `client/`: it measures the
server's clock every second, says where its player is every five, writes in the chat every twenty on
the average; each host pauses, plays and seeks in turn, every thirty seconds. More and more rooms
come until a command takes longer than 100 ms to be everywhere, or somebody's room is not their
host's. Then films alone: how many megabytes a second the same process delivers.

The web process has one core for itself; everything else, this driver with it, has the other.
`…_driver_share` says how busy the driver was: near 1 it would be what was measured.
"""

import argparse
import asyncio
import os
import re
import tempfile
import time
from pathlib import Path
from urllib.parse import urljoin

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "syncwatch.settings")

import django
import httpx

from bench import film, report
from bench.company import Company, Heard
from bench.pacing import cpu_s, percentile, pin, resident_kb
from syncwatch.tests.api_client import Person
from syncwatch.tests.stack import Stack

ROOM_OF = 8
SETTLE_S, MEASURE_S = 10, 30
LATE_MS = 100
FILM_S = 180  # longer than any host lets it run
DOWNLOADS, DOWNLOAD_S = 16, 10
FILM_MBIT = 5  # of a film in 1080p
LIMITS = {"RATE_LIMIT_FACTOR": "100000", "LOG_LEVEL": "WARNING", "WEB_PROCESSES": "1"}


async def evening(
    stack: Stack, host: Person, video_id: str, steps: list[int]
) -> tuple[dict[str, float], Company]:
    """People come in steps, as long as it goes well."""
    pid, results = stack.pid_of("web"), {"people": 0.0}
    company = Company(stack.url, (host.access, host.refresh))
    empty_kb = resident_kb(pid)
    for people in steps:
        began_s = time.perf_counter()
        await company.grow(round((people - company.people) / ROOM_OF), ROOM_OF, video_id)
        seated_s = time.perf_counter() - began_s
        await asyncio.sleep(SETTLE_S)
        found = await _watch(company, pid)
        _print_step(company.people, seated_s, found)
        results |= {f"at_{people}_{key}": number for key, number in found.items()}
        if found["command_p99_ms"] > LATE_MS or found["at_odds"]:
            break
        results["people"] = float(company.people)
    results["kb_a_person"] = (resident_kb(pid) - empty_kb) / company.people
    return results, company


async def _watch(company: Company, pid: int) -> dict[str, float]:
    """What half a minute is like."""
    company.take()
    server_s, driver_s = cpu_s(pid), time.process_time()
    await asyncio.sleep(MEASURE_S)
    heard: Heard = company.take()
    seconds = time.perf_counter() - heard.began_s
    return {
        "command_median_ms": percentile(heard.ms["command"], 0.5),
        "command_p99_ms": percentile(heard.ms["command"], 0.99),
        "chat_median_ms": percentile(heard.ms["chat"], 0.5),
        "chat_p99_ms": percentile(heard.ms["chat"], 0.99),
        "clock_rtt_median_ms": percentile(company.rtts_ms(), 0.5),
        "at_odds": float(company.at_odds()),
        "web_share": (cpu_s(pid) - server_s) / seconds,
        "driver_share": (time.process_time() - driver_s) / seconds,
    }


def _print_step(people: int, seated_s: float, found: dict[str, float]) -> None:
    print(
        f"· {people} people, seated in {seated_s:.0f} s:"
        f" command {found['command_median_ms']:.0f} / {found['command_p99_ms']:.0f} ms,"
        f" chat {found['chat_median_ms']:.0f} / {found['chat_p99_ms']:.0f} ms (median / p99),"
        f" web {found['web_share']:.0%} of a core, this driver {found['driver_share']:.0%}",
        flush=True,
    )


async def delivery(stack: Stack, host: Person, video_id: str) -> dict[str, float]:
    """Segments of a film as fast as they come, by several at once."""
    code = host.room("A film")
    master = str(host.grant(code, host.queue(code, video_id))["hls"])
    pid, took, until_s = stack.pid_of("web"), 0, time.perf_counter() + DOWNLOAD_S
    async with httpx.AsyncClient(base_url=stack.url, timeout=60) as http:
        segments = await _segments(http, master)

        async def one(number: int) -> int:
            size = 0
            while time.perf_counter() < until_s:
                answer = await http.get(segments[number % len(segments)])
                size += len(answer.raise_for_status().content)
                number += 1
            return size

        server_s, began_s = cpu_s(pid), time.perf_counter()
        took = sum(await asyncio.gather(*(one(number) for number in range(DOWNLOADS))))
    seconds = time.perf_counter() - began_s
    return {
        "film_mb_per_s": took / seconds / 1e6,
        "film_ms_per_mb": (cpu_s(pid) - server_s) / took * 1e9,
        "film_viewers_1080p": took * 8 / seconds / 1e6 / FILM_MBIT,
    }


async def _segments(http: httpx.AsyncClient, master: str) -> list[str]:
    """The addresses of the best rendition's segments."""

    async def read(address: str) -> str:
        return (await http.get(address)).raise_for_status().text

    offered = re.findall(r"BANDWIDTH=(\d+).*\n(.+)", await read(master))
    _, best = max((int(bandwidth), line) for bandwidth, line in offered)
    playlist = urljoin(master, best)
    return [
        urljoin(playlist, line)
        for line in re.findall(r"^[^#\n].*", await read(playlist), re.MULTILINE)
    ]


async def measure(stack: Stack, steps: list[int]) -> dict[str, float]:
    host = Person(stack.url, "Mara")
    with tempfile.TemporaryDirectory(prefix="sw-bench-") as folder:
        small = film.make(Path(folder, "small.mp4"), seconds=FILM_S)
        sharp = film.make(Path(folder, "sharp.mp4"), seconds=20, size="1920x1080", mbit=FILM_MBIT)
        shown, delivered = host.upload(small), host.upload(sharp)
    for video_id in (shown, delivered):
        host.wait_until(video_id, ready=True)
    results, company = await evening(stack, host, shown, steps)
    await company.go_home()
    return results | await delivery(stack, host, delivered)


def main() -> int:
    parser: argparse.ArgumentParser = report.arguments(__doc__ or "")
    parser.add_argument(
        "--people", type=int, nargs="+", default=[100, 200, 400, 600, 800, 1000],
        metavar="COUNT", help="how many people, step by step",
    )  # fmt: skip
    options = parser.parse_args()
    django.setup()
    cores = os.sched_getaffinity(0)
    with Stack(**LIMITS) as stack:
        pin(stack.pid_of("web"), 0)
        pin(os.getpid(), 1)
        results = asyncio.run(measure(stack, options.people))
    os.sched_setaffinity(0, cores)
    report.publish("load", results, options.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
