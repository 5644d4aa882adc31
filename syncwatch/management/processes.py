"""What each process of SyncWatch is started with: the one place that knows their flags."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from syncwatch.lib import parts

PARTS = ("web", "worker", "transcode", "beat")


@dataclass(frozen=True)
class Process:
    name: str
    argv: Sequence[str]
    pass_fds: Sequence[int] = field(default=())
    drops_work: bool = False  # SIGQUIT makes it put back what it is doing


def web(*, host: str, port: int, fd: int | None = None, number: int = 1) -> Process:
    """A web server. With `fd` it serves a socket that is already listening, with its siblings."""
    name = "web" if number == 1 else f"web-{number}"
    where = ["--host", host, "--port", str(port)] if fd is None else ["--fd", str(fd)]
    argv = [sys.executable, "-m", "syncwatch.management.web", *where]
    return Process(name, argv, pass_fds=() if fd is None else (fd,))


def worker() -> Process:
    """Everything that is quick."""
    return _celery_worker("worker", queue="default", concurrency=2)


def transcode() -> Process:
    """Films, one at a time by default: ffmpeg uses every core by itself."""
    return _celery_worker("transcode", queue="video", concurrency=settings.TRANSCODE_CONCURRENCY)


def beat() -> Process:
    argv = [*_celery(), "beat", "--pidfile="]
    return Process("beat", argv)


def redis(*, folder: Path, unix_socket: Path) -> Process:
    """A Redis of our own on a private socket; its file survives restarts."""
    options = {
        "port": "0",
        "unixsocket": str(unix_socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "300 10",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    argv = [parts.path("redis-server")]
    for name, value in options.items():
        argv += [f"--{name}", *value.split(" ")]
    return Process("redis", argv)


def _celery_worker(name: str, *, queue: str, concurrency: int) -> Process:
    argv = [*_celery(), "worker", "--queues", queue, "--hostname", f"{name}@%h"]
    argv += ["--concurrency", str(concurrency)]
    return Process(name, [*argv, "--without-gossip", "--without-mingle"], drops_work=True)


def _celery() -> list[str]:
    return [sys.executable, "-m", "celery", "--app", "syncwatch"]
