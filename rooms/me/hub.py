"""Everybody who has a small socket open in this process: one subscription a person."""

import asyncio
import contextlib
import logging
from typing import Any

import msgspec
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer

from accounts import friend_selectors, me, presence
from accounts.live import SESSIONS_GROUP
from accounts.models import User
from rooms.gateway.closing import Close
from rooms.gateway.connection import Connection
from rooms.gateway.events import Caller
from rooms.gateway.hub import Hub
from rooms.gateway.keeper import Keeper
from rooms.gateway.outbound import Message
from rooms.gateway.wire import PROTOCOL_VERSION, encode
from syncwatch.lib import metrics
from syncwatch.lib.redis import RedisError

log = logging.getLogger(__name__)


class Person:
    """Somebody's connections in this process, and whether the bus is heard for them yet."""

    def __init__(self) -> None:
        self.connections: dict[str, Connection] = {}
        self.subscribing = asyncio.Lock()
        self.subscribed = False


class MeHub(Keeper):
    """Hands what is told to a person to each of their connections."""

    def __init__(self) -> None:
        super().__init__()
        self.people: dict[str, Person] = {}
        self._layer: Any = get_channel_layer()
        self._channel = ""
        self._listener: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._epoch = ""

    async def _start(self) -> None:
        async with self._starting:
            if self._listener is None:
                self._channel = await self._layer.new_channel()
                await self._layer.group_add(SESSIONS_GROUP, self._channel)
                self._epoch = await presence.epoch()
                self._listener = asyncio.create_task(self._listen())

    async def join(self, connection: Connection) -> None:
        """Take a connection in; it hears everything from now on, held back until its snapshot."""
        await self._start()
        caller = connection.caller
        person = self.people.setdefault(caller.user_id, Person())
        person.connections[caller.conn_id] = connection
        metrics.gauge("me_connections", 1)
        try:
            async with person.subscribing:
                if not person.subscribed:
                    await self._layer.group_add(me.group(caller.user_id), self._channel)
                    person.subscribed = True
            if not caller.is_guest:
                await presence.arrive(caller.user_id, caller.conn_id)
        except BaseException:
            await self.leave(connection)
            raise
        self.took_in(connection)

    async def leave(self, connection: Connection) -> None:
        self.forget_expiry(connection)
        caller = connection.caller
        person = self.people.get(caller.user_id)
        if person is None or person.connections.pop(caller.conn_id, None) is None:
            return
        metrics.gauge("me_connections", -1)
        if not person.connections:
            del self.people[caller.user_id]
            with contextlib.suppress(RedisError):
                await self._layer.group_discard(me.group(caller.user_id), self._channel)
            await self._heard_again(caller.user_id)
        if not caller.is_guest:
            with contextlib.suppress(RedisError):  # the lease runs out by itself
                await presence.depart(caller.user_id, caller.conn_id)

    async def _heard_again(self, user_id: str) -> None:
        """Somebody may have come back while their subscription was being ended."""
        person = self.people.get(user_id)
        if person is not None and person.subscribed:
            await self._layer.group_add(me.group(user_id), self._channel)

    def every_connection(self) -> list[Connection]:
        return [each for one in self.people.values() for each in one.connections.values()]

    @database_sync_to_async
    def _state(self, user_id: str) -> msgspec.Struct:
        user = User.objects.get(pk=user_id)
        return friend_selectors.me_snapshot(user, protocol=PROTOCOL_VERSION)

    async def snapshot(self, caller: Caller) -> tuple[str, int, str]:
        """`me:snapshot` for one connection; nothing here is numbered."""
        return encode(await self._state(caller.user_id)), 0, ""

    async def missed(self, code: str, since: int, epoch: str) -> list[str] | None:
        """Nothing is kept: only a snapshot helps."""
        return None

    def local_room(self, code: str) -> None:
        """Nobody is in a room here."""

    async def _listen(self) -> None:
        while True:
            message = await self._layer.receive(self._channel)
            try:
                self._on_message(message)
            except Exception:  # a message nobody understands must not end the hub
                log.exception("bus message %s", message.get("type"))

    def _on_message(self, message: dict[str, Any]) -> None:
        if message["type"] == "session.revoked":
            for connection in self.every_connection():
                if connection.caller.sid == message["sid"]:
                    self.close_soon(connection, Close.NOT_SIGNED_IN)
        elif message["type"] == "me.event":
            person = self.people.get(message["user"])
            text = Message(message["text"])
            for connection in list(person.connections.values()) if person else ():
                connection.deliver(text)

    async def audit(self) -> None:
        """Redis lost its data, and with it whatever was on its way: everybody starts over."""
        if self._listener is None or self._epoch == (epoch := await presence.epoch()):
            return
        self._epoch = epoch
        await self.renew_leases()
        for connection in self.every_connection():
            connection.hold()
            await connection.start_over()

    async def recheck_everybody(self) -> None:
        await self.end_signed_out(self.every_connection())

    async def read_newcomers(self) -> None:
        if newcomers := self.newcomers():
            await self.end_signed_out(newcomers)

    async def renew_leases(self) -> None:
        callers = [each.caller for each in self.every_connection()]
        await presence.renew(
            [(each.user_id, each.conn_id, "") for each in callers if not each.is_guest]
        )

    async def close_all(self, code: Close) -> None:
        await asyncio.gather(*(each.close(code) for each in self.every_connection()))

    async def stop(self) -> None:
        with contextlib.suppress(RedisError):
            await self._end(self._listener)


def me_hub_of(hub: Hub) -> MeHub:
    """The one beside the rooms' hub of this process."""
    found = next((each for each in hub.beside if isinstance(each, MeHub)), None)
    if found is None:
        found = MeHub()
        hub.beside.append(found)
    return found
