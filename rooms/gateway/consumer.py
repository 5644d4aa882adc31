"""The only consumer of the room socket: connect, authorise, decode, lanes, answer, close."""

import logging
from typing import Any

from channels.consumer import AsyncConsumer

from accounts import sockets
from rooms import store
from rooms.gateway import admission, metrics
from rooms.gateway.admission import Query, Refused
from rooms.gateway.closing import REASONS, Close
from rooms.gateway.connection import Connection
from rooms.gateway.dispatch import Dispatch, Kernel
from rooms.gateway.events import RoomEvents
from rooms.gateway.hub import hub_for
from rooms.gateway.outbound import outbound_for
from rooms.gateway.process import ensure_running
from syncwatch.lib import rate
from syncwatch.lib.client_ip import client_ip_of_scope
from syncwatch.lib.errors import ApiError, Forbidden, NotSignedIn, TooMany
from syncwatch.lib.redis import RedisError

log = logging.getLogger(__name__)


class RoomConsumer(AsyncConsumer):
    """One connection of one tab to one room. All state of the connection lives in Connection."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    @classmethod
    def as_asgi(cls, *, modules: tuple[RoomEvents, ...]) -> Any:  # type: ignore[override]
        return super().as_asgi(kernel=Kernel(modules))

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
            await self._serve(identity, receive)
        except Refused as refused:
            await send(_close(refused.code))
        except RedisError as error:
            log.warning("socket ended, Redis is away: %s", error)
            await send(_close(Close.TRY_LATER))

    async def _identify(self) -> sockets.Identity | None:
        """Who connects; None for nobody. Raises Forbidden (foreign page) or TooMany (flood)."""
        address = client_ip_of_scope(self._scope)
        try:
            identity = await sockets.identify(self._scope)
        except NotSignedIn:
            identity = None
        await rate.check("socket_connect", f"{address}:{identity.user_id if identity else ''}")
        return identity

    async def _serve(self, identity: sockets.Identity | None, receive: Any) -> None:
        query = Query.of(self._scope)
        query.check()
        if identity is None:
            raise Refused(Close.NOT_SIGNED_IN)
        hub = hub_for(self._kernel.catalogue)
        ensure_running(hub)
        connection = Connection(
            hub=hub, outbound=outbound_for(self._scope, self._send), identity=identity
        )
        try:
            connection.caller = await admission.admit(
                code=self._scope["url_route"]["kwargs"]["code"],
                identity=identity,
                tab=query.tab,
                link=connection,
            )
            await self._talk(connection, receive)
        finally:
            await connection.outbound.stop()

    async def _talk(self, connection: Connection, receive: Any) -> None:
        hub, caller = connection.hub, connection.caller
        dispatch = Dispatch(self._kernel, connection)
        await hub.join(connection)
        try:
            await hub.replace_tab(caller)
            if await admission.arrive(caller):
                for module in self._kernel.catalogue.modules:
                    await module.joined(caller)
            await connection.send_snapshot()
            metrics.count("joins")
            while (message := await receive())["type"] == "websocket.receive":
                dispatch.take(message.get("text"))
        finally:
            await dispatch.close()
            await hub.leave(connection)
            await self._say_goodbye(connection)

    async def _say_goodbye(self, connection: Connection) -> None:
        caller = connection.caller
        try:
            await store.depart(caller.code, user_id=caller.user_id, conn_id=caller.conn_id)
            for module in self._kernel.catalogue.modules:
                await module.gone(caller)
        except (RedisError, ApiError) as error:  # the lease runs out by itself
            log.warning("goodbye of %s not told: %s", connection.holder, error)


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
