"""Changes that time makes: one sorted set of deadlines, polled and claimed by every process.

A claim is a short lease, so a deadline whose process died is claimed again: handlers run at least
once and are idempotent by the token they were set for.
"""

import asyncio
import logging
from pathlib import Path

from rooms import store
from rooms.gateway import metrics
from rooms.gateway.events import Catalogue, DeadlineHandler
from rooms.gateway.script import DEADLINES
from syncwatch.lib import clock
from syncwatch.lib.redis import Script

log = logging.getLogger(__name__)

CLAIM_MS = 5_000
BATCH = 100
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

    async def run_due(self) -> int:
        """Claim and run everything that is due now; answers how much that was."""
        now_ms = clock.server_ms()
        due = await _claim([DEADLINES], [now_ms, CLAIM_MS, BATCH])
        await asyncio.gather(*(self._run(member.decode(), now_ms + CLAIM_MS) for member in due))
        return len(due)

    async def _run(self, member: str, claimed_until_ms: int) -> None:
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
