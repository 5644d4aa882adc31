"""The whole product as a subprocess, for browser tests and benchmarks; port and data of its own."""

import json
import logging
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

import httpx

from syncwatch.lib.process import spawn
from syncwatch.tests import prepared
from syncwatch.tests.servers import free_ports

logging.getLogger("httpx").setLevel(logging.WARNING)  # a line a request says nothing here
ROOT = Path(__file__).resolve().parents[2]
# What belongs to the run that started us is not for the product under test.
FOREIGN = (
    "DJANGO_SETTINGS_MODULE", "REDIS_URL", "DATABASE_URL", "SYNCWATCH_DATA", "CI", "DEBUG",
    "TURN_URLS", "TURN_SECRET", "STUN_URLS", "VOICE_MAX_PEERS", "S3_BUCKET", "S3_ENDPOINT_URL",
)  # fmt: skip


class Stack:
    """`manage.py serve` with everything it starts. Stopping keeps the data, closing does not.

    It begins with what another product of this run has prepared; a `bare` one with nothing.
    """

    def __init__(self, *, bare: bool = False, **environment: str) -> None:
        self._bare = bare
        self.folder = Path(tempfile.mkdtemp(prefix="sw-stack-", dir="/tmp"))
        self.data = self.folder / "data"
        (self.port,) = free_ports(1)
        self.url = f"http://127.0.0.1:{self.port}"
        kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        self._environment = {**kept, "SYNCWATCH_DATA": str(self.data), **environment}
        self._process = None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self, within_s: float = 60) -> float:
        """Start and wait for the first page; answers how many seconds that took."""
        began_s = time.monotonic()
        if not self._bare:
            prepared.give(self.data)
        argv = [sys.executable, "manage.py", "serve", "--port", str(self.port)]
        with (self.folder / "serve.log").open("ab") as log:
            self._process = spawn(
                argv, log=log.fileno(), env=self._environment, cwd=ROOT, parent_died=signal.SIGTERM
            )
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() - began_s > within_s:
                raise RuntimeError(f"SyncWatch did not start:\n{self.log()[-3000:]}")
            time.sleep(0.02)
        took_s = time.monotonic() - began_s
        if not self._bare:
            prepared.keep(self.data)
        return took_s

    def stop(self) -> None:
        self.end(signal.SIGTERM)

    def end(self, number: int) -> None:
        """Send the supervisor a signal, and wait until nothing of the product answers any more."""
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(30)
            self._process = None
            while self.answers():  # killed, its guard ends the rest
                time.sleep(0.02)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def answers(self, path: str = "/healthz") -> bool:
        try:
            return httpx.get(self.url + path, timeout=5).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def pid_of(self, name: str) -> int:
        """The process of one part: web, worker, transcode, beat, redis."""
        record = json.loads((self.data / "run" / "serve.json").read_text())
        return int(record["children"][name][0])

    def log(self) -> str:
        """What the supervisor and every part said."""
        files = [self.folder / "serve.log", *sorted((self.data / "logs").glob("*.log"))]
        return "\n".join(
            f"== {f.name}\n{f.read_text(errors='replace')}" for f in files if f.exists()
        )
