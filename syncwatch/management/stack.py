"""The whole of SyncWatch on one machine, in the order in which it starts and stops."""

import os
import socket
import time
from collections.abc import Mapping
from typing import Self

from django.conf import settings

from syncwatch import env
from syncwatch.management import prepare, processes
from syncwatch.management.embedded_redis import EmbeddedRedis
from syncwatch.management.runfile import RunFile
from syncwatch.management.supervisor import Say, Supervisor


class Stack:
    def __init__(self, *, say: Say) -> None:
        self._url = ""
        self._say = say
        self._runfile = RunFile(settings.DATA_DIR / "run")
        self._redis: EmbeddedRedis | None = None
        self._supervisor = Supervisor(
            logs=settings.DATA_DIR / "logs",
            cwd=settings.BASE_DIR,
            environment={**os.environ, "PYTHONUNBUFFERED": "1"},
            say=say,
            changed=self._write_down,
        )

    def claim(self) -> None:
        """Hold the data folder and end what a killed supervisor may have left on it."""
        self._runfile.claim()
        if left := self._runfile.end_leftovers():
            self._say(f"Ended what an earlier run had left behind: {', '.join(left)}.")

    def serve(self, listener: socket.socket) -> None:
        """Returns when told to stop, with every process ended."""
        host, port = listener.getsockname()[:2]
        self._url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        self._supervisor.listen_for_signals()
        try:
            self._prepare()
            if not self._supervisor.stopping:
                self._start(listener)
            self._supervisor.watch()
            self._say("Stopping.")
        finally:
            self._stop()

    def _prepare(self) -> None:
        if steps := prepare.migrate():
            self._say(f"Database: {steps} migrations applied.")
        prepare.compile_words()
        if prepare.collect_static():
            self._say("Browser files: collected.")

    def _start(self, listener: socket.socket) -> None:
        if not env.secret("REDIS_URL"):
            self._redis = EmbeddedRedis(settings.DATA_DIR)
            self._supervisor.environment["REDIS_URL"] = self._redis.url
            self._redis.start(self._supervisor, self._say)
        host, port = listener.getsockname()[:2]
        self._supervisor.start(processes.web(host=host, port=port, fd=listener.fileno()))
        began_s = time.monotonic()
        with Knock(listener) as knock:
            self._supervisor.watch(until=knock.answered)
        if self._supervisor.stopping:
            return
        # The workers start after the first page can be had: they compete for the same cores.
        self._say(f"SyncWatch is ready: {self._url} (web {time.monotonic() - began_s:.1f} s)")
        self._say(f"Data and logs: {settings.DATA_DIR}. Ctrl-C stops everything.")
        for process in (processes.worker(), processes.transcode(), processes.beat()):
            self._supervisor.start(process)
        # A second one takes over at once where the first one dies: starting takes seconds.
        for number in range(2, settings.WEB_PROCESSES + 1):
            sibling = processes.web(host=host, port=port, fd=listener.fileno(), number=number)
            self._supervisor.start(sibling)

    def _stop(self) -> None:
        self._supervisor.stop()
        if self._redis is not None:
            self._redis.clean_up()
        self._runfile.clear()

    def _write_down(self, children: Mapping[str, int]) -> None:
        scratch = self._redis.scratch if self._redis else None
        self._runfile.write(url=self._url, children=children, scratch=scratch)


class Knock:
    """One request to our own door, asked again when the web server dropped it, without waiting."""

    _REQUEST = b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n"

    def __init__(self, listener: socket.socket) -> None:
        host, port = listener.getsockname()[:2]
        self._address = ({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port)  # noqa: S104
        self._line: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._line is not None:
            self._line.close()

    def answered(self) -> bool:
        """Any answer will do: whether it is a good one is the business of /readyz."""
        if self._line is None:
            self._line = socket.create_connection(self._address, timeout=1)
            self._line.sendall(self._REQUEST)
            self._line.settimeout(0)
        try:
            if self._line.recv(16).startswith(b"HTTP/"):
                return True
        except BlockingIOError:
            return False
        except OSError:
            pass
        self._line.close()
        self._line = None
        return False
