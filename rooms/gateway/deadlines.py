"""Changes that time makes: one sorted set of deadlines, polled and claimed by every process.

A claim is a short lease, so a deadline whose process died is claimed again: handlers run at least
once and are idempotent by the token they were set for.
"""

import asyncio
import logging
from pathlib import Path

from rooms import store
from rooms.gateway.events import Catalogue, DeadlineHandler
from rooms.gateway.script import DEADLINES
from syncwatch.lib import clock, metrics
from syncwatch.lib.redis import Script

log = logging.getLogger(__name__)

# A claim ends between two milliseconds: no deadline that a handler sets can be taken for it.
CLAIM_MS = 5_000.5
BATCH = 100
AT_ONCE = 100
_lua = Path(__file__).parent / "lua"
_claim = Script((_lua / "claim.lua").read_text(), "claim")
_finish = Script((_lua / "finish.lua").read_text(), "finish")


class Deadlines:
    """Runs what is due, with the handlers of a catalogue and presence's own."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._modules = catalogue.modules
        self._handlers: dict[str, DeadlineHandler] = {
            **catalogue.deadlines(),
            "room.leases": self._end_leases,
            "room.crowd": self._tell_crowd,
        }
        self._running: dict[str, asyncio.Task[None]] = {}

    async def start_due(self) -> list[asyncio.Task[None]]:
        """Claim and start what is due now, without waiting for it: a room whose database is slow
        keeps no other room.
        """
        now_ms = clock.server_ms()
        room_for = min(BATCH, AT_ONCE - len(self._running))
        if room_for <= 0:
            metrics.count("deadlines_put_off")
            return []
        due = await _claim([DEADLINES], [now_ms, CLAIM_MS, room_for])
        fresh = [name for name in map(bytes.decode, due) if name not in self._running]
        return [self._start(name, now_ms + CLAIM_MS) for name in fresh]

    def _start(self, member: str, claimed_until_ms: float) -> asyncio.Task[None]:
        task = asyncio.create_task(self._run(member, claimed_until_ms))
        self._running[member] = task
        task.add_done_callback(lambda _: self._running.pop(member, None))
        return task

    async def run_due(self) -> int:
        """Run everything that is due now to its end; answers how much that was."""
        return len(await asyncio.gather(*await self.start_due()))

    async def stop(self) -> None:
        for task in (tasks := list(self._running.values())):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, member: str, claimed_until_ms: float) -> None:
        code, kind, token = member.split("|", 2)
        handler = self._handlers.get(kind)
        try:
            if handler is None:
                log.error("deadline %s has no handler", kind)
            else:
                await handler(code, token)
        except Exception:  # it is claimed again when the lease ends
            log.exception("deadline %s of room %s", kind, code)
            metrics.count("deadlines_failed")
            return
        await _finish([DEADLINES], [member, claimed_until_ms])
        metrics.count("deadlines_run")

    async def _end_leases(self, code: str, token: str) -> None:
        for user_id in await store.sweep(code):
            for module in self._modules:
                await module.left(code, user_id)

    async def _tell_crowd(self, code: str, token: str) -> None:
        await store.tell_crowd(code)
