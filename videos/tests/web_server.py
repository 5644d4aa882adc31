"""The web server as it runs for people, for the few tests that need a network in between."""

import json
import os
import signal
import socket
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from syncwatch.lib.process import spawn
from syncwatch.tests.servers import Server, free_ports, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent


class WebServer(Server):
    """uvicorn on a port of its own, with the database and the Redis of the test."""

    stop_signal = signal.SIGINT

    def __init__(self, **environment: str) -> None:
        super().__init__()
        self.host, self.port = "127.0.0.1", free_ports(1)[0]
        self.url = f"http://{self.host}:{self.port}"
        self._environment = {**os.environ, "DATABASE_URL": _database_url(), **environment}

    def argv(self) -> list[str]:
        serve = ["-m", "uvicorn", "syncwatch.asgi:application", "--no-access-log"]
        return [sys.executable, *serve, "--host", self.host, "--port", str(self.port)]

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self._process = spawn(
                self.argv(), log=log.fileno(), env=self._environment, cwd=ROOT,
                parent_died=signal.SIGKILL,
            )  # fmt: skip
        wait_until(self.ready, within_s=60, unless=self._ended, log=self.folder / "log")

    def ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def memory_mib(self, what: str = "VmRSS") -> float:
        """What the process holds now; `VmHWM` is the most it ever held."""
        lines = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:")) / 1024


def _database_url() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


class Wire:
    """One HTTP request, written by hand: its body may come as it likes, or stop."""

    def __init__(self, server: WebServer, method: str, path: str, headers: dict[str, str]) -> None:
        self._socket = socket.create_connection((server.host, server.port), timeout=60)
        lines = [f"{method} {path} HTTP/1.1", f"Host: {server.host}:{server.port}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode())

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def cut(self) -> None:
        self._socket.close()

    def answer(self) -> tuple[int, dict[str, str], dict]:
        with self._socket, self._socket.makefile("rb") as file:
            status = int(file.readline().split()[1])
            headers = {}
            while (line := file.readline().strip()) and b":" in line:
                name, _, value = line.decode().partition(":")
                headers[name.lower()] = value.strip()
            body = file.read(int(headers.get("content-length", 0)))
        return status, headers, json.loads(body) if body else {}
