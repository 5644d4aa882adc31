"""Lanes: one bounded queue and one task per prefix, so that a slow chat never delays a pause."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

LANE_LENGTH = 64

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

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
