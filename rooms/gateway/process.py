"""What runs beside the sockets of a process: the clock, deadlines, leases and the audit."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Any

from accounts import presence
from rooms.gateway.closing import Close
from rooms.gateway.deadlines import Deadlines
from rooms.gateway.events import Catalogue, RoomEvents
from rooms.gateway.hub import Hub, hub_for
from syncwatch.lib import clock, redis
from syncwatch.lib.redis import RedisError

log = logging.getLogger(__name__)

POLL_S = 0.1
AUDIT_S = 2.0
PRESENCE_S = 0.5
RENEW_S = 8.0
RECHECK_S = 30.0
NEWCOMERS_S = 0.5
CUT_OFF_MS = 4_000  # without Redis for so long, sockets are sent elsewhere

Step = Callable[[], Awaitable[Any]]


class Background:
    """The loops of one process. A failing step is logged and tried again."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._deadlines = Deadlines(hub.catalogue)
        self._tasks: list[asyncio.Task[None]] = []
        self._cut_off_since: float | None = None

    def start(self) -> None:
        steps: list[tuple[float, Step]] = [
            (clock.RESYNC_S, self._read_clock),
            (POLL_S, self._deadlines.start_due),
            (RENEW_S, self._hub.renew_leases),
            (AUDIT_S, self._audit),
            (PRESENCE_S, presence.settle),
            (RECHECK_S, self._hub.recheck_everybody),
            (NEWCOMERS_S, self._hub.read_newcomers),
        ]
        self._tasks = [asyncio.create_task(self._every(pause, step)) for pause, step in steps]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._deadlines.stop()

    async def _every(self, pause_s: float, step: Step) -> None:
        while True:
            try:
                await step()
            except RedisError as error:
                log.warning("%s: %s", step.__name__, error)
                await asyncio.sleep(min(pause_s, 1))
            except Exception:
                log.exception("%s", step.__name__)
            await asyncio.sleep(pause_s * random.uniform(0.9, 1.1))  # noqa: S311  spread, no secret

    async def _read_clock(self) -> None:
        clock.observe([await _reading() for _ in range(clock.READINGS)])

    async def _audit(self) -> None:
        try:
            await redis.shared().call("PING")
            await self._hub.audit()
            if self._cut_off_since is not None:
                await self._hub.recheck_everybody()
            self._cut_off_since = None
        except RedisError:
            now_ms = clock.monotonic_ms()
            self._cut_off_since = self._cut_off_since or now_ms
            if now_ms - self._cut_off_since >= CUT_OFF_MS:
                await self._hub.close_all(Close.TRY_LATER)
            raise


async def _reading() -> clock.Reading:
    asked_ms = clock.monotonic_ms()
    seconds, micros = await redis.shared().call("TIME")
    redis_ms = int(seconds) * 1000 + int(micros) / 1000
    return clock.Reading(redis_ms, asked_ms, clock.monotonic_ms())


class Lifespan:
    """ASGI lifespan: the loops start with the server and end with it."""

    def __init__(self, modules: tuple[RoomEvents, ...]) -> None:
        self._modules = modules

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        from rooms.gateway.kernel_events import KernelEvents

        hub = hub_for(Catalogue((KernelEvents(), *self._modules)))
        ensure_running(hub)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await _stop(hub)
        await send({"type": "lifespan.shutdown.complete"})


_running: dict[Hub, Background] = {}
AUTOSTART = True  # tests switch it off and run steps by hand, on a frozen clock


def ensure_running(hub: Hub) -> None:
    """Start the loops once; servers without lifespan (daphne) come here with their first socket."""
    if AUTOSTART and hub not in _running:
        _running[hub] = Background(hub)
        _running[hub].start()


async def _stop(hub: Hub) -> None:
    background = _running.pop(hub, None)
    if background:
        await background.stop()
    await hub.stop()
    await redis.close_shared()
