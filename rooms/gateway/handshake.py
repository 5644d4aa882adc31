"""How any socket of ours begins and ends: who connects, what is refused, with which code."""

import abc
import logging
from typing import Any

from channels.consumer import AsyncConsumer

from accounts import sockets
from rooms.gateway.admission import Refused
from rooms.gateway.closing import REASONS, Close
from syncwatch.lib import rate
from syncwatch.lib.client_ip import client_ip_of_scope
from syncwatch.lib.errors import ApiError, Forbidden, NotSignedIn, TooMany
from syncwatch.lib.redis import RedisError

log = logging.getLogger(__name__)


class SocketConsumer(AsyncConsumer, abc.ABC):
    """One connection. What is served on it, a subclass says in `serve`."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Replaces Channels' own loop: no channel and no thread hop a connection (the hub has the
        one subscription that is needed).
        """
        self._scope, self._send = scope, send
        await receive()  # websocket.connect
        try:
            identity = await self._identify()
        except Forbidden:
            await send({"type": "websocket.close"})  # before accepting: HTTP 403
            return
        except TooMany as flood:
            await _refuse_handshake(send, flood)
            return
        except (ApiError, RedisError) as error:
            log.warning("handshake refused: %s", error)
            await send({"type": "websocket.accept"})
            await send(_close(Close.TRY_LATER))
            return
        await send({"type": "websocket.accept"})
        try:
            await self.serve(identity, receive)
        except Refused as refused:
            await send(_close(refused.code))
        except RedisError as error:
            log.warning("socket ended, Redis is away: %s", error)
            await send(_close(Close.TRY_LATER))

    @abc.abstractmethod
    async def serve(self, identity: sockets.Identity | None, receive: Any) -> None:
        """Until the client goes. Raises Refused."""

    async def _identify(self) -> sockets.Identity | None:
        """Who connects; None for nobody. Raises Forbidden (foreign page) or TooMany (flood)."""
        address = client_ip_of_scope(self._scope)
        try:
            identity = await sockets.identify(self._scope)
        except NotSignedIn:
            identity = None
        await rate.check("socket_connect", f"{address}:{identity.user_id if identity else ''}")
        return identity


def _close(code: Close) -> dict[str, Any]:
    return {"type": "websocket.close", "code": int(code), "reason": REASONS[code]}


async def _refuse_handshake(send: Any, flood: TooMany) -> None:
    """HTTP 429 where the server can answer a handshake, else 403."""
    retry_after = str(max(1, round(flood.retry_after or 1))).encode()
    try:
        await send(
            {
                "type": "websocket.http.response.start",
                "status": flood.status,
                "headers": [(b"retry-after", retry_after)],
            }
        )
        await send({"type": "websocket.http.response.body", "body": b""})
    except Exception as error:  # noqa: BLE001  servers word their "not supported" differently
        log.debug("handshake refusal without a status: %s", error)
        await send({"type": "websocket.close"})
