"""Lanes: one bounded queue and one task per prefix, so that a slow chat never delays a pause."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

log = logging.getLogger(__name__)
LANE_LENGTH = 64
FINISH_WITHIN_S = 5

Work = Callable[[Any], Awaitable[None]]


class Lanes:
    """The lanes of one connection. A lane starts with its first frame."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._queues: dict[str, asyncio.Queue[Any]] = {}
        self._tasks: list[asyncio.Task[None]] = []

    def put(self, lane: str, job: Any) -> bool:
        """Queue a job; False when the lane is full."""
        queue = self._queues.get(lane)
        if queue is None:
            queue = self._queues[lane] = asyncio.Queue(LANE_LENGTH)
            self._tasks.append(asyncio.create_task(self._run(queue)))
        try:
            queue.put_nowait(job)
        except asyncio.QueueFull:
            return False
        return True

    async def _run(self, queue: "asyncio.Queue[Any]") -> None:
        while True:
            await self._work(await queue.get())
            queue.task_done()

    async def close(self) -> None:
        """Does what was put in before: who leaves right after speaking was heard. What takes longer
        than FINISH_WITHIN_S is left.
        """
        try:
            async with asyncio.timeout(FINISH_WITHIN_S):
                await asyncio.gather(*(queue.join() for queue in self._queues.values()))
        except TimeoutError:
            log.warning("a lane was left with work in it")
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
