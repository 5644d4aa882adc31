"""One request at a time writes to an upload. The lock lives as long as its bytes come."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from django.utils.translation import gettext

from syncwatch.lib import clock, ids
from syncwatch.lib.errors import ApiError, register
from syncwatch.lib.redis import RedisError
from videos import store

log = logging.getLogger(__name__)

TRIES, PAUSE_S = 25, 0.1  # a request that was cut off lets go within moments
RENEW_MS = 1000

LOCKED = register(
    "upload_locked", status=423, when="Another request is writing to this upload.",
    recover="Ask for the offset again in a moment, then go on from there.",
)  # fmt: skip


class Lock:
    """The right to write to one upload. Who lost it writes nothing more."""

    def __init__(self, upload_id: UUID) -> None:
        self._upload_id, self._token = upload_id, ids.token(12)
        self._renewed_ms = 0.0

    async def take(self) -> None:
        for _ in range(TRIES):
            if await store.lock(self._upload_id, self._token):
                self._renewed_ms = clock.monotonic_ms()
                return
            await asyncio.sleep(PAUSE_S)
        raise _locked()

    async def keep(self) -> None:
        """Before every write. Asks Redis once a second at most."""
        if clock.monotonic_ms() - self._renewed_ms < RENEW_MS:
            return
        if not await store.relock(self._upload_id, self._token):
            raise _locked()
        self._renewed_ms = clock.monotonic_ms()

    async def renew(self) -> None:
        """While a write goes on; whether it is still ours is asked before the next one."""
        try:
            await store.relock(self._upload_id, self._token)
        except RedisError as error:
            log.warning("upload %s: its lock is not renewed: %s", self._upload_id, error)

    async def release(self) -> None:
        try:
            await store.unlock(self._upload_id, self._token)
        except RedisError as error:
            log.warning("upload %s: its lock runs out by itself: %s", self._upload_id, error)


def _locked() -> ApiError:
    return ApiError(LOCKED, gettext("Another request is writing to this upload."), retry_after=1)


@asynccontextmanager
async def held(upload_id: UUID) -> AsyncIterator[Lock]:
    lock = Lock(upload_id)
    await lock.take()
    try:
        yield lock
    finally:
        await lock.release()
