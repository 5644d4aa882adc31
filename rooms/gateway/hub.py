"""The room hub: one subscription a room a process, and everything that keeps members in step."""

import asyncio
import contextlib
import logging
import weakref
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from channels.layers import get_channel_layer

from accounts.live import SESSIONS_GROUP
from rooms import presence, store
from rooms.gateway import admission
from rooms.gateway.closing import Close
from rooms.gateway.connection import Connection
from rooms.gateway.events import Caller, Catalogue
from rooms.gateway.keeper import Keeper
from rooms.gateway.local_room import LocalRoom
from rooms.gateway.reread import reread
from rooms.gateway.script import group
from rooms.gateway.snapshot import build_common, build_snapshot
from syncwatch.lib import bus, metrics
from syncwatch.lib.redis import RedisError

log = logging.getLogger(__name__)

_hubs: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = weakref.WeakKeyDictionary()


def hub_for(catalogue: Catalogue) -> "Hub":
    """This event loop's hub."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub(catalogue)
    return _hubs[loop]


def running_hub() -> "Hub | None":
    return _hubs.get(asyncio.get_running_loop())


class Beside(Protocol):
    """Another hub of this process, which lives and ends with the rooms' own."""

    async def renew_leases(self) -> None: ...
    async def audit(self) -> None: ...
    async def recheck_everybody(self) -> None: ...
    async def read_newcomers(self) -> None: ...
    async def close_all(self, code: Close) -> None: ...
    async def stop(self) -> None: ...


class Hub(Keeper):
    """All rooms of this process. The only subscriber of the channel layer for room traffic."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self.catalogue = catalogue
        self.beside: list[Beside] = []
        self.rooms: dict[str, LocalRoom] = {}
        self._layer: Any = get_channel_layer()
        self._channel = ""
        self._listener: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._about_rooms: dict[str, Callable[[LocalRoom, dict[str, Any]], None]] = {
            "room.event": self._on_event,
            "room.epoch": self._on_new_epoch,
            "room.drop": self._on_drop,
            "room.refresh": self._on_refresh,
            "room.tab": self._on_tab,
        }

    async def _start(self) -> None:
        async with self._starting:
            if self._listener is None:
                self._channel = await self._layer.new_channel()
                await self._layer.group_add(SESSIONS_GROUP, self._channel)
                self._listener = asyncio.create_task(self._listen())

    def local_room(self, code: str) -> LocalRoom | None:
        return self.rooms.get(code)

    async def join(self, connection: Connection) -> None:
        """Take a connection in; from now on it hears the room (held back until its snapshot)."""
        await self._start()
        code = connection.caller.code
        room = self.rooms.get(code)
        if room is None:
            room = self.rooms[code] = LocalRoom(code, lost=self._recheck)
        room.connections[connection.caller.conn_id] = connection
        metrics.gauge("connections", 1)
        try:
            await self._subscribe(room)
        except BaseException:
            await self.leave(connection)
            raise
        self.took_in(connection)

    async def _subscribe(self, room: LocalRoom) -> None:
        """Once a room; whoever joins while it is under way waits for it, so that no event falls
        between their snapshot and the subscription.
        """
        async with room.subscribing:
            if not room.subscribed:
                await self._layer.group_add(group(room.code), self._channel)
                room.begin(*(await store.live_state([room.code]))[room.code])

    async def leave(self, connection: Connection) -> None:
        self.forget_expiry(connection)
        code = connection.caller.code
        room = self.rooms.get(code)
        if room is None or room.connections.pop(connection.caller.conn_id, None) is None:
            return
        metrics.gauge("connections", -1)
        if not room.connections:
            del self.rooms[code]
            await room.stop()
            if code not in self.rooms:  # else somebody came meanwhile and needs the subscription
                await self._layer.group_discard(group(code), self._channel)

    async def snapshot(self, caller: Caller) -> tuple[str, int, str]:
        """`room:snapshot` for one connection, the seq it stands at, and its epoch."""
        modules = self.catalogue.modules
        # Where it went meanwhile, one that hears nothing does.
        room = self.rooms.get(caller.code) or LocalRoom(caller.code, lost=self._recheck)
        common = await room.snapshots(partial(build_common, modules, caller.room))
        room.epoch = room.epoch or common.epoch  # it came to life with this very person
        return await build_snapshot(modules, caller, common), common.seq, common.epoch

    async def missed(self, code: str, since: int, epoch: str) -> list[str] | None:
        """Kept events after `since`; None where only a snapshot helps."""
        return await store.recent(code, since, epoch)

    def every_connection(self) -> list[Connection]:
        return [each for room in self.rooms.values() for each in room.connections.values()]

    async def replace_tab(self, caller: Caller) -> None:
        """Tell every process that this tab is open anew here."""
        message = {"type": "room.tab", "room": caller.code, "user": caller.user_id,
                   "tab": caller.tab, "conn": caller.conn_id}  # fmt: skip
        await bus.publish(group(caller.code), message)

    async def _listen(self) -> None:
        while True:
            message = await self._layer.receive(self._channel)
            try:
                self._on_message(message)
            except Exception:  # a message nobody understands must not end the hub
                log.exception("bus message %s", message.get("type"))

    def _on_message(self, message: dict[str, Any]) -> None:
        """What the bus says: about a session anywhere, or about a room that has members here."""
        kind = message["type"]
        if kind == "session.revoked":
            self._close_where("sid", message["sid"], Close.NOT_SIGNED_IN)
            return
        if kind == "person.changed":
            mine = [
                each for each in self.every_connection() if each.caller.user_id == message["user"]
            ]
            if mine:
                self._spawn(self._read_rights(mine))
            return
        for each in self.rooms.values() if kind == "rooms.event" else ():
            self._on_event(each, message)
        room = self.rooms.get(message["room"])
        handler = self._about_rooms.get(kind)
        if room is not None and handler is not None:
            handler(room, message)

    def _on_event(self, room: LocalRoom, message: dict[str, Any]) -> None:
        room.on_event(message.get("seq"), message["text"], message.get("to"), message.get("epoch"))

    def _on_new_epoch(self, room: LocalRoom, message: dict[str, Any]) -> None:
        room.epoch = room.epoch or message["epoch"]
        self._spawn(self._on_epoch(room, message["epoch"]))

    def _on_drop(self, room: LocalRoom, message: dict[str, Any]) -> None:
        """Whoever was there at that moment goes at once. This person's other sockets came after
        it, let in again, or had lost their lease: the database says which.
        """
        room.granters = None
        here = room.of_user(message["user"])
        gone = [each for each in here if each.holder in message["holders"]]
        for connection in gone:
            self.close_soon(connection, Close.NOT_ALLOWED)
        if others := [each for each in here if each not in gone]:
            self._spawn(self._read_rights(others))

    def _on_refresh(self, room: LocalRoom, message: dict[str, Any]) -> None:
        room.granters = None
        for connection in room.of_user(message["user"]) if "member" in message else ():
            connection.reading += 1
            connection.caller = admission.as_told(connection.caller, message["member"])
        self._spawn(self._refresh(room, message["user"]))

    def _close_where(self, field: str, value: str, code: Close) -> None:
        for connection in self.every_connection():
            if getattr(connection.caller, field) == value:
                self.close_soon(connection, code)

    def _on_tab(self, room: LocalRoom, message: dict[str, Any]) -> None:
        for connection in room.of_user(message["user"]):
            caller = connection.caller
            if caller.tab == message["tab"] and caller.conn_id < message["conn"]:
                self.close_soon(connection, Close.REPLACED)

    def _recheck(self, room: LocalRoom) -> None:
        """The bus lost something, and it may have been a kick or a new role."""
        room.granters = None
        self._spawn(self._refresh(room, ""))

    async def _refresh(self, room: LocalRoom, user_id: str) -> None:
        """Read rights again; whoever has none any more is sent away."""
        await self._read_rights(
            room.of_user(user_id) if user_id else list(room.connections.values())
        )

    async def _read_rights(self, connections: Sequence[Connection]) -> None:
        await reread(connections, self.close_soon)

    async def recheck_everybody(self) -> None:
        """Whatever was lost on its way here, by whomever: nobody stays longer than this allows."""
        for room in self.rooms.values():
            room.granters = None
        await self._recheck_these(self.every_connection())
        for other in self.beside:
            await other.recheck_everybody()

    async def read_newcomers(self) -> None:
        """Once more whoever came a moment ago: what changed on their way in, nobody told them."""
        if newcomers := self.newcomers():
            await self._recheck_these(newcomers)
        for other in self.beside:
            await other.read_newcomers()

    async def _recheck_these(self, connections: Sequence[Connection]) -> None:
        await self._read_rights(connections)
        await self.end_signed_out(connections)

    async def renew_leases(self) -> None:
        for room in list(self.rooms.values()):
            lost = await store.renew(room.code, [each.holder for each in room.connections.values()])
            await self._take_back(room, lost)
        await presence.renew([each.caller for each in self.every_connection()])
        for other in self.beside:
            await other.renew_leases()

    async def _take_back(self, room: LocalRoom, lost: set[str]) -> None:
        """This process stood still for so long that people here were taken for gone."""
        found = [each for each in room.connections.values() if each.holder in lost and each.hears]
        for caller in await admission.take_back([each.caller for each in found]):
            for module in self.catalogue.modules:
                await module.joined(caller)

    async def audit(self) -> None:
        """Compare every room with Redis: fill what the bus lost, start over in another epoch."""
        rooms = list(self.rooms.values())
        states = await store.live_state([room.code for room in rooms])
        for room in rooms:
            seq, epoch = states[room.code]
            if epoch != room.epoch:
                await self._on_epoch(room, epoch)
            elif seq > room.seq:
                room.catch_up()
        for other in self.beside:
            await other.audit()

    async def _on_epoch(self, room: LocalRoom, epoch: str) -> None:
        """The room's live state began anew. Where it had one before, Redis lost its data: people
        are put back into it and told everything again; cut short, the next audit does it.
        """
        room.epoch = room.epoch or epoch
        if room.epoch == epoch or room.beginning_anew:
            return
        room.beginning_anew = True
        try:
            await admission.take_back([each.caller for each in room.connections.values()])
            await room.start_over()
        finally:
            room.beginning_anew = False
        self._recheck(room)

    async def close_all(self, code: Close) -> None:
        await asyncio.gather(*(each.close(code) for each in self.every_connection()))
        for other in self.beside:
            await other.close_all(code)

    async def stop(self) -> None:
        for other in self.beside:
            await other.stop()
        with contextlib.suppress(RedisError):
            await self._end(self._listener)
        for room in self.rooms.values():
            await room.stop()
        _hubs.pop(asyncio.get_running_loop(), None)
