"""A place in a room over its socket: comes back by itself, loses no event and repeats none."""

import asyncio
import contextlib
import random
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Self

from websockets.asyncio.client import connect as websocket
from websockets.exceptions import WebSocketException

from client.api import Api
from client.clock import ServerClock, monotonic_ms
from client.closing import OVERRUN, Ending, backoff_s
from client.errors import Ended, Lost, NoAnswer, Refused, Unreachable
from client.link import ANSWER_S, Link, ending_of, until_one_ends
from client.player import Moment, Player
from client.sequencer import Sequencer
from client.state import RoomState

PROTOCOL = 1
EVENTS_MAX = 10_000  # that lie here until somebody takes them
FRAME_MAX_BYTES = 16 * 1024 * 1024  # a snapshot of a large room
SAY_WITHIN_S = 60.0
# A line that swallows everything is noticed after both.
KEEPALIVE_S, KEEPALIVE_ANSWER_S = 5, 8

Event = dict[str, Any]


class Room(RoomState):
    """`async with Room(api, code) as room:` then `async for event in room:`.

    Events are the frames of docs/protocol.md, kept ones in their order without a gap: first a
    `room:snapshot`, and again whenever what was missed could not be told. Two are the client's own,
    around a broken connection: `client:lost` and `client:back`. The loop ends when the room is
    closed here, and raises Ended when it is over for this client. With a `player` the room counts
    it among those it waits for.
    """

    def __init__(
        self,
        api: Api,
        code: str,
        *,
        player: Player | None = None,
        tab: str = "",
        local_ms: Callable[[], float] = monotonic_ms,
        chance: Callable[[], float] = random.random,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        connect: Callable[..., Any] = websocket,
    ) -> None:
        super().__init__()
        self.code = code
        self.player = player
        self.clock = ServerClock(local_ms=local_ms, chance=chance)
        self.tab = tab or str(uuid.uuid4())  # kept over reconnects, so that nobody is here twice
        self._api = api
        self._chance, self._sleep, self._connect = chance, sleep, connect
        self._sequencer = Sequencer()
        self._events: asyncio.Queue[Event | None] = asyncio.Queue(EVENTS_MAX)
        self._link: Link | None = None
        self._over = False  # and why, the task says
        self._settled = asyncio.Event()  # there is a link, or it is over
        self._news = asyncio.Event()  # for the player
        self._access = ""
        self._attempt = 0
        self._resuming = False
        self._task: asyncio.Task[None] | None = None

    # --- for whoever uses it ---------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._live())
        try:
            await self._linked()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Go away; the place in the room stays, as when a browser's tab is closed."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def __aiter__(self) -> AsyncIterator[Event]:
        return self

    async def __anext__(self) -> Event:
        while not (self._over and self._events.empty()):
            event = await self._events.get()
            if event is not None:
                return event
        raise self._why() or StopAsyncIteration

    async def request(
        self, kind: str, *, within_s: float = ANSWER_S, **fields: Any
    ) -> dict[str, Any]:
        """Send a frame and wait for its ack. Raises Refused, Lost, NoAnswer or Ended."""
        try:
            async with asyncio.timeout(within_s):
                link = await self._linked()
        except TimeoutError:
            raise NoAnswer(kind) from None
        return await link.ask({"type": kind, **fields}, within_s=within_s)

    async def say(
        self, text: str, *, nonce: str = "", within_s: float = SAY_WITHIN_S, **more: Any
    ) -> dict[str, Any]:
        """Say something once, however often the connection breaks; answers the message."""
        sent = {"body": text, "nonce": nonce or uuid.uuid4().hex, **more}
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                while True:
                    with contextlib.suppress(Lost, NoAnswer):
                        ack = await self.request("chat:send", **sent)
                        message: dict[str, Any] = ack["message"]
                        return message
        raise NoAnswer("chat:send")

    def position(self) -> float | None:
        """Where the film is now, in seconds; None where none is on."""
        return self.position_at(self.clock.now())

    # --- one connection after the other ----------------------------------------------------------

    async def _live(self) -> None:
        try:
            while True:
                ending = await self._one_connection()
                if ending.meaning.final:
                    raise Ended(ending.code, ending.reason)
                if ending.meaning.renew:
                    await self._sign_in_anew()
                wait_s = backoff_s(self._attempt, self._chance(), ending.meaning.floor_s)
                self._attempt += 1
                lost = {"closing": ending.code, "reason": ending.reason, "wait_s": wait_s}
                self._tell({"type": "client:lost", **lost})
                await self._sleep(wait_s)
        finally:
            self._over = True
            self._settled.set()
            with contextlib.suppress(asyncio.QueueFull):
                self._events.put_nowait(None)

    async def _one_connection(self) -> Ending:
        try:
            await self._talk()
        except (OSError, TimeoutError, WebSocketException) as error:
            return ending_of(error)
        return Ending()

    async def _talk(self) -> None:
        self._access = self._api.access
        scheme, _, host = self._api.url.partition("://")
        address = f"{'wss' if scheme == 'https' else 'ws'}://{host}/ws/rooms/{self.code}/"
        async with self._connect(
            f"{address}?v={PROTOCOL}&tab={self.tab}",
            additional_headers={"Authorization": f"Bearer {self._access}"},
            max_size=FRAME_MAX_BYTES,
            ping_interval=KEEPALIVE_S,
            ping_timeout=KEEPALIVE_ANSWER_S,
        ) as wire:
            link = Link(wire)
            try:
                self._arrive(link, await link.first())
                works = [self._listen(link), self._ping(link)]
                await until_one_ends(*works, *([self._report(link)] if self.player else []))
            finally:
                self._link = None
                self._settled.clear()
                await link.over()

    async def _linked(self) -> Link:
        while self._link is None:
            if self._over:
                raise self._why() or Lost()
            await self._settled.wait()
        return self._link

    def _why(self) -> BaseException | None:
        """What ended it; None where it was closed here."""
        task = self._task
        return task.exception() if task and task.done() and not task.cancelled() else None

    async def _sign_in_anew(self) -> None:
        """Raises what the sign-in says; a server that is away now may answer later."""
        with contextlib.suppress(Unreachable):
            await self._api.renew(self._access)

    # --- what comes in ---------------------------------------------------------------------------

    def _arrive(self, link: Link, snapshot: Event) -> None:
        """The first frame of a connection."""
        self._link, self._attempt, self._resuming = link, 0, False
        self.clock.burst()
        self.clock.take_push(snapshot["server_time"])
        if self.player:
            self.player.renew()
        missed = snapshot["seq"] - self._sequencer.seq
        if snapshot["epoch"] == self.epoch and missed >= 0:
            self.take_snapshot(snapshot)
            self._resume(link, missed=missed)
        else:
            self._start_over(snapshot)
        self._settled.set()

    def _start_over(self, snapshot: Event) -> None:
        if snapshot["epoch"] != self.epoch:
            self._sequencer = Sequencer()
        self.take_snapshot(snapshot)
        self._sequencer.reset(snapshot["seq"])
        self._tell(snapshot)
        self._hand_out(self._sequencer.due())

    def _resume(self, link: Link, *, missed: int | None = None) -> None:
        """Ask for what lies between; `missed` is so much where the connection was another."""
        if self._resuming:
            return
        self._resuming = True
        since = self._sequencer.seq

        async def ask() -> None:
            await link.ask({"type": "room:resume", "since": since, "epoch": self.epoch})
            self._resuming = False
            if missed is not None:
                self._tell({"type": "client:back", "missed": missed})
            if self._sequencer.gap:
                self._resume(link)

        link.errand(ask())

    async def _listen(self, link: Link) -> None:
        while True:
            frame = await link.receive()
            match frame["type"]:
                case "sync:pong":
                    self.clock.take_pong(frame)
                case "room:snapshot":
                    self._start_over(frame)
                case "auth:expiring":
                    link.errand(self._renew(link))
                case _:
                    self._take_event(link, frame)

    def _take_event(self, link: Link, frame: Event) -> None:
        self._hand_out(self._sequencer.push(frame))
        if self._sequencer.gap:
            self._resume(link)

    def _hand_out(self, events: list[Event]) -> None:
        for event in events:
            self.take(event)
            self._tell(event)
        self._news.set()

    def _tell(self, event: Event) -> None:
        try:
            self._events.put_nowait(event)
        except asyncio.QueueFull:
            raise Ended(OVERRUN, f"{EVENTS_MAX} events were not taken.") from None

    # --- what goes out ---------------------------------------------------------------------------

    async def _renew(self, link: Link) -> None:
        """Nothing lasts without it, but all is well until then: the close says the rest."""
        with contextlib.suppress(Refused, Unreachable):
            access = await self._api.renew(self._access)
            await link.ask({"type": "auth:renew", "access": access})
            self._access = access

    async def _ping(self, link: Link) -> None:
        while True:
            await link.send(self.clock.ping())
            await self._sleep(self.clock.gap_s())

    async def _report(self, link: Link) -> None:
        player = self.player
        while player:
            self._news.clear()
            clock = self.clock
            now = Moment(clock.now(), clock.local_ms(), clock.rtt_ms, clock.bound_ms)
            if status := player.look(self.timeline, now, self.duration_s):
                await link.send(status)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(player.wait_s(self.timeline, now)):
                    await self._news.wait()
