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
def running(argv: list[str]) -> Iterator[tuple[Crowd, int]]:
    """One of them, with five hundred people at it."""
    (port,) = free_ports(1)
    process = subprocess.Popen([*argv, str(port)])
    try:
        pin(process.pid, 0)
        crowd = _crowd_of(port)
        yield crowd, process.pid
        crowd.close()
    finally:
        process.terminate()
        process.wait(10)


def _crowd_of(port: int) -> Crowd:
    end_s = time.monotonic() + 10
    while True:
        crowd = Crowd(f"http://127.0.0.1:{port}", path="/")
        try:
            crowd.sit_all([("bare", "")] * ROOM_SIZE, at_once=64)
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
        with running(argv) as (crowd, pid):
            senders = crowd.seats[:1]
            told = spell(crowd, senders, pace=pace, for_s=for_s, pid=pid, words=lambda _: payload)
            found |= told.results(name)
            found |= saturation(crowd, pid, name=f"{name}_", words=lambda _: payload)
    return found
