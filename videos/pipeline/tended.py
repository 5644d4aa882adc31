"""A storage whose calls may take longer than a lease: it is renewed while they are waited for."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TypeVar

from videos.storage import ObjectStore

T = TypeVar("T")
LOOK_EVERY_S = 0.25


class GivenUp(Exception):
    """Nobody waits for this call any more."""


class Tended:
    """Each call runs in a thread of its own. The database is used by the waiting one alone, and
    nothing goes on behind its back: when it gives up, it still waits for the call to end.
    """

    def __init__(self, store: ObjectStore, meanwhile: Callable[[], object]) -> None:
        self._store, self._meanwhile = store, meanwhile
        self._given_up = threading.Event()

    def put(self, key: str, content: bytes | Path) -> None:
        self._beside(lambda: self._store.put(key, content))

    def read(self, key: str, start: int = 0, length: int | None = None) -> bytes:
        return self._beside(lambda: self._store.read(key, start, length))

    def size(self, key: str) -> int:
        return self._beside(lambda: self._store.size(key))

    def keys(self, prefix: str) -> list[str]:
        return self._beside(lambda: self._store.keys(prefix))

    def delete(self, key: str) -> None:
        self._beside(lambda: self._store.delete(key))

    def delete_below(self, prefix: str) -> int:
        return self._beside(lambda: self._store.delete_below(prefix))

    def fetch(self, key: str, to: Path, each: Callable[[], object]) -> None:
        """`each` is called by the one who waits."""
        self._beside(lambda: self._store.fetch(key, to, self._stop_if_given_up), each)

    def _stop_if_given_up(self) -> None:
        if self._given_up.is_set():
            raise GivenUp

    def _beside(self, act: Callable[[], T], each: Callable[[], object] | None = None) -> T:
        with ThreadPoolExecutor(1, "storage") as beside:
            call = beside.submit(act)
            try:
                while not wait([call], LOOK_EVERY_S).done:
                    (each or self._meanwhile)()
            except BaseException:
                self._given_up.set()
                raise
            return call.result()
