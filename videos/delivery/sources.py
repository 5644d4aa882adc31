"""Objects of the storage, opened for sending: never more than a piece of one in memory.

Blocking reads run in threads of their own, so that a slow bucket holds up nothing else.
"""

import asyncio
import datetime
import os
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from videos.delivery.ranges import Facts
from videos.storage import Bucket, Folder, store, told

PIECE_BYTES = 256 * 1024
THREADS = 32

T = TypeVar("T")
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="delivery")


async def in_thread(act: Callable[..., T], *args: Any) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads, act, *args)


class Body(Protocol):
    """Bytes to be read once."""

    def read(self, amount: int, /) -> bytes: ...
    def close(self) -> object: ...


@dataclass(frozen=True)
class Opened:
    """An object of which the wanted bytes come next. Somebody must close it."""

    facts: Facts
    body: Body


def look(key: str) -> Facts:
    """What is known of an object. Raises StorageError, MissingError; so do all of these."""
    objects = store()
    if isinstance(objects, Folder):
        opened = _file(objects, key, 0)
        opened.body.close()
        return opened.facts
    with told():
        head = objects.client.head_object(Bucket=objects.name, Key=key)
    return _facts(head, head["ContentLength"])


def open_whole(key: str) -> Opened:
    objects = store()
    return _file(objects, key, 0) if isinstance(objects, Folder) else _object(objects, key, {})


def open_part(key: str, start: int, length: int) -> Opened:
    objects = store()
    if isinstance(objects, Folder):
        return _file(objects, key, start)
    return _object(objects, key, {"Range": f"bytes={start}-{start + length - 1}"})


def _file(folder: Folder, key: str, start: int) -> Opened:
    with told():
        file = folder.path(key).open("rb")
        file.seek(start)
    stat = os.fstat(file.fileno())
    modified = datetime.datetime.fromtimestamp(stat.st_mtime, tz=datetime.UTC)
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    return Opened(Facts(stat.st_size, etag, modified), file)


def _object(bucket: Bucket, key: str, more: dict[str, str]) -> Opened:
    """One request: what is known comes with the body, which is read as it is sent."""
    with told():
        answer = bucket.client.get_object(Bucket=bucket.name, Key=key, **more)
    size = answer.get("ContentRange", "").rpartition("/")[2] or answer["ContentLength"]
    return Opened(_facts(answer, size), answer["Body"])


def _facts(answer: dict[str, Any], size: int | str) -> Facts:
    return Facts(int(size), answer["ETag"], answer["LastModified"])


class Pieces:
    """The next `length` bytes of a body, piece by piece; closes it at the end, or when told to."""

    def __init__(self, body: Body, length: int) -> None:
        self._body, self._left = body, length

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        if self._left <= 0:
            raise StopAsyncIteration
        piece = await in_thread(self._read, min(PIECE_BYTES, self._left))
        if not piece:
            # Fewer bytes than were promised: break the connection, so that nobody keeps half.
            raise ConnectionError("the storage ended an object too early")
        self._left -= len(piece)
        return piece

    def _read(self, amount: int) -> bytes:
        with told():
            return self._body.read(amount)

    def close(self) -> None:
        self._left = 0
        self._body.close()
