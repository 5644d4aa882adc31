"""The Redis that SyncWatch brings along where REDIS_URL names none."""

import shutil
import tempfile
import time
from pathlib import Path

import redis

from syncwatch.management import processes
from syncwatch.management.supervisor import Say, Supervisor

_READY_WITHIN_S = 60.0
_TRIES_BEFORE_STARTING_EMPTY = 2


class RedisStartError(RuntimeError):
    """The embedded Redis never answered."""


class EmbeddedRedis:
    """A private socket in a folder of its own under /tmp: a socket's path has 107 bytes at most."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / "redis"
        self._address_file = data_dir / "run" / "redis-url"
        self.scratch = Path(tempfile.mkdtemp(prefix="syncwatch-", dir="/tmp"))
        self.url = f"unix://{self.scratch}/redis.sock"

    def start(self, supervisor: Supervisor, say: Say) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        socket_path = self.scratch / "redis.sock"
        process = processes.redis(folder=self._folder, unix_socket=socket_path)
        child = supervisor.start(process)
        deadline_s = time.monotonic() + _READY_WITHIN_S
        with redis.Redis.from_url(self.url) as client:
            supervisor.watch(
                until=lambda: (
                    _answers(client)
                    or time.monotonic() > deadline_s
                    or child.crashes >= _TRIES_BEFORE_STARTING_EMPTY
                )
            )
            if child.crashes >= _TRIES_BEFORE_STARTING_EMPTY:
                self._set_data_aside(say)
                supervisor.watch(until=lambda: _answers(client) or time.monotonic() > deadline_s)
            if not supervisor.stopping and not _answers(client):
                raise RedisStartError(f"The embedded Redis did not start; see {child.log}.")
        self._address_file.write_text(self.url + "\n")

    def clean_up(self) -> None:
        self._address_file.unlink(missing_ok=True)
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _set_data_aside(self, say: Say) -> None:
        """A file written by another version: rooms and sessions are rebuilt from the database."""
        aside = self._folder.with_name(f"redis-unreadable-{time.strftime('%Y%m%d-%H%M%S')}")
        self._folder.rename(aside)
        self._folder.mkdir()
        say(f"Redis could not read its own file; it was moved to {aside} and Redis starts empty.")


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
