"""Servers that only tell everybody, to hold the product's fan-out beside; the same driver, the same
size of frame, the same pace.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.crowd import TOLD, Crowd
from bench.pacing import ROOM_SIZE, pin, saturation, spell
from syncwatch.tests.servers import free_ports

HERE = Path(__file__).resolve().parent


def servers() -> dict[str, list[str]]:
    """By name: how each is started, with its port behind."""
    found = {"websockets": [sys.executable, str(HERE / "bare.py")]}
    if node := shutil.which("node"):
        found["node"] = [node, str(HERE / "floor.mjs")]
    return found


@contextmanager
def running(argv: list[str], **options: Any) -> Iterator[tuple[int, int]]:
    """A server on the first core; its port, which its arguments end with, and its pid."""
    (port,) = free_ports(1)
    process = subprocess.Popen([*argv, str(port)], **options)
    try:
        pin(process.pid, 0)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(10)


def crowd_at(port: int, people: list[tuple[str, str]], **options: Any) -> Crowd:
    """So many at it, as (room, access), as soon as it listens."""
    end_s = time.monotonic() + 30
    while True:
        crowd = Crowd(f"http://127.0.0.1:{port}", **options)
        try:
            crowd.sit_all(people, at_once=64)
        except ConnectionRefusedError:
            if time.monotonic() > end_s:
                raise
            time.sleep(0.05)
        else:
            return crowd


def measure(frame_bytes: int, *, pace: float, for_s: float) -> dict[str, float]:
    padding = b"x" * max(0, frame_bytes - len(TOLD) - 11)
    payload = b'{%s,"pad":"%s"}' % (TOLD, padding)
    found: dict[str, float] = {}
    for name, argv in servers().items():
        with running(argv) as (port, pid):
            crowd = crowd_at(port, [("bare", "")] * ROOM_SIZE, path="/")
            senders = crowd.seats[:1]
            told = spell(crowd, senders, pace=pace, for_s=for_s, pid=pid, words=lambda _: payload)
            found |= told.results(name)
            found |= saturation(crowd, pid, name=f"{name}_", words=lambda _: payload)
            crowd.close()
    return found | wakes()


def wakes() -> dict[str, float]:
    """An event loop where the servers ran, that only wakes up."""
    argv = [sys.executable, str(HERE / "wakes.py")]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as process:
        pin(process.pid, 0)
        told, _ = process.communicate()
    rare_us, frequent_us = map(float, told.split())
    return {"rare_wake_us": rare_us, "frequent_wake_us": frequent_us}
