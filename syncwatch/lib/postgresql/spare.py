"""Open connections to PostgreSQL that nobody uses at the moment."""

import threading
from typing import Any

import psycopg

from syncwatch.lib import clock

OLD_AFTER_MS = 60_000  # what lies between may have forgotten it, and asking would take minutes

Link = psycopg.Connection[Any]


class Spare:
    """Last in, first out: what is not needed grows old below. Keeps nothing until `keep`; never
    in a process that forks, whose children would speak on the same wire.
    """

    def __init__(self) -> None:
        self._size = 0
        self._kept: list[tuple[float, Link]] = []
        self._lock = threading.Lock()

    def keep(self, size: int) -> None:
        """So many from now on. Those beyond are closed."""
        with self._lock:
            self._size = size
            self._kept, beyond = self._kept[:size], self._kept[size:]
        for _, link in beyond:
            link.close()

    def put(self, link: Link) -> bool:
        """Whether it is kept, else it is the caller's to close."""
        with self._lock:
            if len(self._kept) >= self._size:
                return False
            self._kept.append((clock.monotonic_ms(), link))
        return True

    def take(self) -> Link | None:
        """One that answers."""
        while kept := self._last():
            since_ms, link = kept
            if clock.monotonic_ms() - since_ms < OLD_AFTER_MS and _answers(link):
                return link
            link.close()
        return None

    def _last(self) -> tuple[float, Link] | None:
        with self._lock:
            return self._kept.pop() if self._kept else None


def _answers(link: Link) -> bool:
    try:
        link.execute("")
    except psycopg.Error:
        return False
    return True


spare = Spare()
