"""Threads for the blocking side of uploads, apart from Django's own: a storage can be slow."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, Protocol, TypeVar

from channels.db import DatabaseSyncToAsync

P = ParamSpec("P")
T = TypeVar("T")

RENEW_S = 1.0
_pool = ThreadPoolExecutor(16, "upload")


class Renewed(Protocol):
    """Something that must not run out while a thread is at work."""

    async def renew(self) -> None: ...


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    return await _wait(_hop(work, *args, **kwargs), None)


async def while_renewing(
    lock: Renewed, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """As `in_thread`, and the lock lives on meanwhile."""
    return await _wait(_hop(work, *args, **kwargs), lock)


def _hop(work: Callable[..., T], *args: Any, **kwargs: Any) -> "asyncio.Task[T]":
    hop = DatabaseSyncToAsync(work, thread_sensitive=False, executor=_pool)
    return asyncio.ensure_future(hop(*args, **kwargs))


async def _wait(task: "asyncio.Task[T]", lock: Renewed | None) -> T:
    """To the end even when cancelled: no file may be closed under a thread that writes to it."""
    try:
        while not (await asyncio.wait({task}, timeout=RENEW_S))[0]:
            if lock is not None:
                await lock.renew()
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
    return task.result()
