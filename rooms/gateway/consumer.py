"""The consumer of the room socket: connect, authorise, decode, lanes, answer, close."""

import logging
from typing import Any

from accounts import sockets
from rooms import presence, store
from rooms.gateway import admission
from rooms.gateway.admission import Query, Refused
from rooms.gateway.closing import Close
from rooms.gateway.connection import Connection
from rooms.gateway.dispatch import Dispatch, Kernel
from rooms.gateway.events import RoomEvents
from rooms.gateway.handshake import SocketConsumer
from rooms.gateway.hub import Hub, hub_for
from rooms.gateway.outbound import outbound_for
from rooms.gateway.process import ensure_running
from syncwatch.lib import metrics
from syncwatch.lib.errors import ApiError
from syncwatch.lib.redis import RedisError

log = logging.getLogger(__name__)


class RoomConsumer(SocketConsumer):
    """One connection of one tab to one room. All state of the connection lives in Connection."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    @classmethod
    def as_asgi(cls, *, modules: tuple[RoomEvents, ...]) -> Any:  # type: ignore[override]
        return super().as_asgi(kernel=Kernel(modules))

    async def serve(self, identity: sockets.Identity | None, receive: Any) -> None:
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
            await self._talk(hub, connection, receive)
        finally:
            await connection.outbound.stop()

    async def _talk(self, hub: Hub, connection: Connection, receive: Any) -> None:
        caller = connection.caller
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
            await presence.depart(caller)
            for module in self._kernel.catalogue.modules:
                await module.gone(caller)
        except (RedisError, ApiError) as error:  # the lease runs out by itself
            log.warning("goodbye of %s not told: %s", connection.holder, error)
