"""One open socket: who it belongs to, what it has seen, and how it is written to."""

import asyncio
import dataclasses
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from accounts.sockets import Identity
from rooms.gateway.closing import REASONS, Close
from rooms.gateway.events import Caller
from rooms.gateway.outbound import Message, Outbound
from rooms.gateway.wire import ServerEvent, encode

if TYPE_CHECKING:
    from rooms.gateway.local_room import LocalRoom

log = logging.getLogger(__name__)


class Keeping(Protocol):
    """What a connection wants of the hub it belongs to."""

    async def snapshot(self, caller: Caller) -> tuple[str, int, str]: ...
    async def missed(self, code: str, since: int, epoch: str) -> list[str] | None: ...
    def close_soon(self, connection: "Connection", code: Close) -> None: ...
    def watch_expiry(self, connection: "Connection") -> None: ...
    def local_room(self, code: str) -> "LocalRoom | None": ...


class Connection:
    """Implements events.Link. Until its snapshot is out, events for it are held back in order."""

    def __init__(self, *, hub: Keeping, outbound: Outbound, identity: Identity) -> None:
        self.hub = hub
        self.outbound = outbound
        self.identity = identity
        self.caller: Caller  # set by admission, replaced whole when rights change
        self.closed = False
        self.reading = 0  # of this person's rights, the newest; what an older one finds is too old
        self._seq, self._epoch = 0, ""
        self._held: list[Message] | None = []
        self._snapshots_due = 1  # events are held until the last of them is out
        self._snapshot = asyncio.Lock()

    @property
    def holder(self) -> str:
        return f"{self.caller.user_id}|{self.caller.conn_id}"

    @property
    def hears(self) -> bool:
        """Whether it is in the room: on its way in no more, and not on its way out."""
        return self._held is None and not self.closed

    def deliver(self, message: Message) -> None:
        """An event of the room. Kept events come once and in order, and not those from before the
        snapshot's own epoch that were still on their way.
        """
        if self._held is not None:
            self._held.append(message)
        elif message.seq is None:
            self.write(message)
        elif message.seq > self._seq and message.epoch == self._epoch:
            self._seq = message.seq
            self.write(message)

    def write(self, message: Message) -> None:
        if not self.closed and not self.outbound.write(message):
            self.hub.close_soon(self, Close.TOO_SLOW)

    async def send(self, event: ServerEvent | Mapping[str, Any]) -> None:
        self.deliver(Message(encode(event)))

    def hold(self) -> None:
        """A snapshot more is due, and no event of the room goes out before it."""
        self._snapshots_due += 1
        self._held = self._held if self._held is not None else []

    async def send_snapshot(self) -> None:
        """The whole state, then whatever happened while it was put together."""
        async with self._snapshot:
            text, self._seq, self._epoch = await self.hub.snapshot(self.caller)
            self.write(Message(text))
            self._snapshots_due -= 1
            if self._snapshots_due:
                return
            held, self._held = self._held, None
            for message in held or ():
                self.deliver(message)

    async def start_over(self) -> None:
        """After `hold`: the state as it is now; where that cannot be had, the client comes back for
        it rather than staying here deaf.
        """
        try:
            await self.send_snapshot()
        except Exception as error:  # noqa: BLE001  whichever module could not say its part
            log.warning("no fresh snapshot for %s: %s", self.holder, error)
            self.hub.close_soon(self, Close.RESTART)

    async def resume(self, since: int, epoch: str) -> None:
        """The kept events after `since`, or a snapshot where they are not all there any more."""
        missed = await self.hub.missed(self.caller.code, since, epoch)
        if missed is None:
            self.hold()
            await self.start_over()
            return
        for text in missed:
            self.write(Message(text))

    async def renew(self, *, ticket: str | None, access: str | None) -> int:
        """Stay signed in; answers when the fresh sign-in ends (server ms)."""
        from accounts import sockets

        self.identity = await sockets.renew(self.identity, ticket=ticket, access=access)
        self.caller = dataclasses.replace(self.caller, sid=str(self.identity.sid))
        self.hub.watch_expiry(self)
        return self.identity.expires_at_ms

    async def close(self, code: Close) -> None:
        if not self.closed:
            self.closed = True
            await self.outbound.close(int(code), REASONS[code])  # autobahn takes no IntEnum
