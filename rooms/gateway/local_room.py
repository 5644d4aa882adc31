"""A room as one process sees it: its members here, and how far they have heard."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from rooms import store
from rooms.gateway.connection import Connection
from rooms.gateway.outbound import Message
from rooms.gateway.snapshot import Common
from rooms.refusals import Granter
from syncwatch.lib import metrics
from syncwatch.lib.redis import RedisError
from syncwatch.lib.together import Together

log = logging.getLogger(__name__)


class LocalRoom:
    """Hands every event to every local member once, in the order of its seq.

    The channel layer is at most once. A gap in the seq, whether seen at the next event or by the
    hub's regular audit, is filled from Redis; where that is too late, members get a snapshot.
    """

    def __init__(self, code: str, *, lost: "Callable[[LocalRoom], None]") -> None:
        self.code = code
        self.connections: dict[str, Connection] = {}
        self.seq = 0
        self.epoch = ""
        self.subscribing = asyncio.Lock()
        self.subscribed = False
        self.granters: list[Granter] | None = None  # read once, forgotten when rights change
        self.beginning_anew = False  # people are put back after Redis lost its data
        self._early = False  # did an event come before `begin`?
        self._behind = False  # was something missed since Redis was asked last?
        self._lost = lost  # told whenever the bus lost something
        self._catching_up: asyncio.Task[None] | None = None
        self._common: Together[Common] | None = None

    async def snapshots(self, build: Callable[[], Awaitable[Common]]) -> Common:
        """What all snapshots have in common, put together once for all who ask at the same time."""
        if self._common is None:
            self._common = Together(build)
        return await self._common.result()

    def of_user(self, user_id: str) -> list[Connection]:
        return [each for each in self.connections.values() if each.caller.user_id == user_id]

    def begin(self, seq: int, epoch: str) -> None:
        """The subscription stands, and `seq` was read after it."""
        self.seq, self.epoch, self.subscribed = seq, epoch, True
        early, self._early = self._early, False
        if early:
            self.catch_up()

    def on_event(self, seq: int | None, text: str, to: str | None, epoch: str | None) -> None:
        """Where Redis lost its data, events count anew; none of them is for those who stand in the
        other count, and what was still on its way of that is for nobody.
        """
        if seq is None:
            self._hand_out(Message(text), to)
        elif not self.subscribed or epoch not in {self.epoch, None}:
            self._early = True
        elif seq == self.seq + 1 and not self._busy:
            self.seq = seq
            self._hand_out(Message(text, seq, self.epoch), None)
        elif seq > self.seq:
            self.catch_up()

    @property
    def _busy(self) -> bool:
        return self._catching_up is not None and not self._catching_up.done()

    def catch_up(self) -> None:
        """Fetch what was missed; events that arrive meanwhile are among it."""
        self._behind = True
        if not self._busy:
            metrics.count("room_catch_ups")
            self._lost(self)
            self._catching_up = asyncio.create_task(self._fetch_missed())

    async def _fetch_missed(self) -> None:
        try:
            while self._behind:
                self._behind = False
                texts = await store.recent(self.code, self.seq, self.epoch)
                if texts is None:
                    await self._give_up()
                for text in texts or ():
                    self.seq += 1
                    self._hand_out(Message(text, self.seq, self.epoch), None)
        except RedisError as error:
            log.warning("room %s: cannot catch up yet: %s", self.code, error)

    async def _give_up(self) -> None:
        """Too much was missed. Another epoch is the hub's: it puts people back first."""
        _, epoch = (await store.live_state([self.code]))[self.code]
        if epoch == self.epoch:
            await self.start_over()

    async def start_over(self) -> None:
        """Another epoch, or too much missed: everybody here gets the state as it is now."""
        metrics.count("room_fresh_snapshots")
        seq, epoch = (await store.live_state([self.code]))[self.code]
        # Empty where Redis lost its data once more: the next one then is another, too.
        self.begin(seq, epoch or self.epoch)
        connections = list(self.connections.values())
        for connection in connections:
            connection.hold()
        await asyncio.gather(*(connection.start_over() for connection in connections))

    def _hand_out(self, message: Message, to: str | None) -> None:
        metrics.count("events_delivered", len(self.connections))
        for connection in list(self.connections.values()):
            if to is None or _addressed(connection, to):
                try:
                    connection.deliver(message)
                except Exception:  # one broken socket never ends the fan-out of a room
                    log.exception("delivering to %s", connection.holder)

    async def stop(self) -> None:
        if self._catching_up is not None:
            self._catching_up.cancel()
            await asyncio.gather(self._catching_up, return_exceptions=True)


def _addressed(connection: Connection, to: str) -> bool:
    caller = connection.caller
    kind, _, value = to.partition(":")
    if kind == "conn":
        return caller.conn_id == value
    if kind == "user":
        return caller.user_id == value
    capability, _, asked_by = value.partition("|")
    return kind == "cap" and capability in caller.capabilities and asked_by not in caller.hidden
