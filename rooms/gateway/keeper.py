"""What every hub does for its connections: it watches their sign-ins, and closes them."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from typing import Any

from accounts import sockets
from rooms.gateway.closing import Close
from rooms.gateway.connection import Connection
from rooms.protocol import Expiring
from syncwatch.lib import clock, metrics

log = logging.getLogger(__name__)
WARN_BEFORE_MS = 60_000


class Keeper:
    """Timers and small tasks of one process' connections."""

    def __init__(self) -> None:
        self._newcomers: list[Connection] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._timers: dict[str, list[asyncio.TimerHandle]] = {}

    def close_soon(self, connection: Connection, code: Close) -> None:
        metrics.count(f"closed_{int(code)}")
        self._spawn(connection.close(code))

    def took_in(self, connection: Connection) -> None:
        """It hears everything from now on. What was decided about its person since they were read,
        and told before that, `read_newcomers` finds.
        """
        self._newcomers.append(connection)
        self.watch_expiry(connection)

    def newcomers(self) -> list[Connection]:
        """Whoever came since this was asked last."""
        found, self._newcomers = self._newcomers, []
        return [each for each in found if not each.closed]

    async def end_signed_out(self, connections: Sequence[Connection]) -> None:
        """Close those whose sign-in ended while nobody was told."""
        ended = await sockets.ended({each.identity.sid for each in connections})
        for connection in connections:
            if connection.identity.sid in ended:
                self.close_soon(connection, Close.NOT_SIGNED_IN)

    def watch_expiry(self, connection: Connection) -> None:
        """Warn a minute before the sign-in ends, close when it has."""
        self.forget_expiry(connection)
        loop = asyncio.get_running_loop()
        left_ms = connection.identity.expires_at_ms - clock.server_ms()
        warning = Expiring(expires_at=connection.identity.expires_at_ms)
        self._timers[connection.caller.conn_id] = [
            loop.call_later(
                max(0, left_ms - WARN_BEFORE_MS) / 1000,
                lambda: self._spawn(connection.send(warning)),
            ),
            loop.call_later(
                max(0, left_ms) / 1000, self.close_soon, connection, Close.NOT_SIGNED_IN
            ),
        ]

    def forget_expiry(self, connection: Connection) -> None:
        for timer in self._timers.pop(connection.caller.conn_id, ()):
            timer.cancel()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("work of the hub failed", exc_info=task.exception())

    async def _end(self, *more: asyncio.Task[None] | None) -> None:
        """Cancel what still runs here, and these."""
        tasks = [*self._tasks, *(task for task in more if task)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
