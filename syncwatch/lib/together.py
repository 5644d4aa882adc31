"""Work that is done once for everybody who asks for it at the same time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

K = TypeVar("K")
V = TypeVar("V")


class Together(Generic[V]):
    """Runs `work` one at a time. Whoever asks while it runs shares the next run: what one gets was
    begun after one asked, so it is never older than the question.
    """

    def __init__(self, work: Callable[[], Awaitable[V]]) -> None:
        self._work = work
        self._running: asyncio.Task[V] | None = None
        self._next: asyncio.Task[V] | None = None

    async def result(self) -> V:
        """Raises what the work raises. Who gives up waiting takes it from nobody else."""
        if self._next is None:
            self._next = asyncio.create_task(self._after(self._running))
            self._next.add_done_callback(_looked_at)
        return await asyncio.shield(self._next)

    async def _after(self, before: asyncio.Task[V] | None) -> V:
        if before is not None:
            await asyncio.wait([before])
        self._running, self._next = self._next, None
        return await self._work()


class Gathered(Generic[K, V]):
    """Answers questions by the handful: those that come while `work` runs are its next ones, all
    in one call. Alone, one is answered at once. An answer that is an exception is raised.
    """

    def __init__(self, work: Callable[[set[K]], Awaitable[Mapping[K, V | Exception]]]) -> None:
        self._work = work
        self._asked: WeakKeyDictionary[Any, dict[K, asyncio.Future[V]]] = WeakKeyDictionary()
        self._runs: WeakKeyDictionary[Any, asyncio.Task[None]] = WeakKeyDictionary()

    async def get(self, key: K) -> V:
        """Raises what the work raises, and KeyError where it has no answer."""
        loop = asyncio.get_running_loop()
        asked = self._asked.setdefault(loop, {})
        if key not in asked:
            asked[key] = loop.create_future()
            asked[key].add_done_callback(_looked_at)
        run = self._runs.get(loop)
        if run is None or run.done():
            self._runs[loop] = loop.create_task(self._answer_all(asked))
        return await asyncio.shield(asked[key])

    async def _answer_all(self, asked: dict[K, asyncio.Future[V]]) -> None:
        while asked:
            batch = dict(asked)
            asked.clear()
            try:
                found = await self._work(set(batch))
            except Exception as error:  # noqa: BLE001  whoever asked hears of it
                found = dict.fromkeys(batch, error)
            for key, answer in batch.items():
                _settle(answer, found.get(key, KeyError(key)))


def _settle(answer: asyncio.Future[V], found: V | Exception) -> None:
    if isinstance(found, Exception):
        answer.set_exception(found)
    else:
        answer.set_result(found)


def _looked_at(answer: asyncio.Future[Any]) -> None:
    """Everybody who waited may have gone; then its failure is nobody's."""
    if not answer.cancelled():
        answer.exception()
