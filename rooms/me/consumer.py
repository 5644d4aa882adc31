"""The consumer of /ws/me/: the same handshake and close codes as the room socket, no room."""

from typing import Any

from accounts.sockets import Identity
from rooms.gateway.admission import Query, Refused, connection_id
from rooms.gateway.closing import Close
from rooms.gateway.connection import Connection
from rooms.gateway.dispatch import Dispatch, Kernel
from rooms.gateway.events import Caller, Catalogue, RoomEvents
from rooms.gateway.handshake import SocketConsumer
from rooms.gateway.hub import hub_for
from rooms.gateway.outbound import outbound_for
from rooms.gateway.process import ensure_running
from rooms.me.events import MeEvents
from rooms.me.hub import MeHub, me_hub_of


class MeConsumer(SocketConsumer):
    """One connection of one page to its person."""

    def __init__(self, kernel: Kernel, rooms: Catalogue) -> None:
        self._kernel, self._rooms = kernel, rooms

    @classmethod
    def as_asgi(cls, *, modules: tuple[RoomEvents, ...]) -> Any:  # type: ignore[override]
        """`modules` are those of the room socket: both live in one process and share its loops."""
        return super().as_asgi(kernel=Kernel((), MeEvents()), rooms=Kernel(modules).catalogue)

    async def serve(self, identity: Identity | None, receive: Any) -> None:
        Query.of(self._scope).check_version()
        if identity is None:
            raise Refused(Close.NOT_SIGNED_IN)
        rooms = hub_for(self._rooms)
        ensure_running(rooms)
        hub = me_hub_of(rooms)
        outbound = outbound_for(self._scope, self._send)
        connection = Connection(hub=hub, outbound=outbound, identity=identity)
        connection.caller = _caller(identity, connection)
        try:
            await self._talk(hub, connection, receive)
        finally:
            await outbound.stop()

    async def _talk(self, hub: MeHub, connection: Connection, receive: Any) -> None:
        dispatch = Dispatch(self._kernel, connection)
        await hub.join(connection)
        try:
            await connection.send_snapshot()
            while (message := await receive())["type"] == "websocket.receive":
                dispatch.take(message.get("text"))
        finally:
            await dispatch.close()
            await hub.leave(connection)


def _caller(identity: Identity, connection: Connection) -> Caller:
    """Somebody in no room, with no rights in one."""
    return Caller(
        room_id="",
        code="",
        user_id=str(identity.user_id),
        display_name=identity.display_name,
        is_guest=identity.is_guest,
        avatar=identity.avatar,
        picture=identity.picture,
        role="",
        control="",
        rights=(),
        sid=str(identity.sid),
        tab="",
        conn_id=connection_id(),
        link=connection,
    )
