"""Rooms full of people without browsers, who do what people do on an evening."""

import asyncio
import random
import time
from collections import defaultdict
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count

import httpx

from client import Api, Player, Room

SAYS_EVERY_S = 20.0  # each person, on the average
ACTS_EVERY_S = 30.0  # each host: pause, play, seek in turn
AT_ONCE = 32  # people on their way in
ACTIONS = ("pause", "play", "seek")


@dataclass
class Heard:
    """What was measured since the last `take`, in ms; keys are commands, chat, clock."""

    began_s: float = field(default_factory=time.perf_counter)
    ms: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    frames: int = 0


@dataclass
class _Table:
    """One room: who sits there, and when something was sent that others have not heard yet."""

    seats: list[Room]
    said_s: dict[str, float] = field(default_factory=dict)
    acted: tuple[str, float] = ("", 0.0)  # what their host did last, and when


class Company:
    """The same host in every room, everybody else in one; all of them within this process."""

    def __init__(self, url: str, host: tuple[str, str], *, seed: int = 7) -> None:
        self._url = url
        self._chance = random.Random(seed)
        self._transport = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=AT_ONCE))
        self._host = self._api(*host)
        self._tables: list[_Table] = []
        self._open = AsyncExitStack()
        self._lives: list[asyncio.Task[None]] = []
        self.heard = Heard()

    def _api(self, access: str = "", refresh: str = "") -> Api:
        return Api(self._url, access=access, refresh=refresh, transport=self._transport)

    @property
    def people(self) -> int:
        return sum(len(table.seats) for table in self._tables)

    async def grow(self, rooms: int, size: int, film: str) -> None:
        """So many rooms more, each with its film playing."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def room() -> None:
            async with gate:
                table = await self._furnish(size, film)
            self._tables.append(table)
            for seat in table.seats:
                self._lives += [
                    asyncio.create_task(self._listen(table, seat)),
                    asyncio.create_task(self._talk(table, seat)),
                ]
            self._lives.append(asyncio.create_task(self._act(table)))

        await asyncio.gather(*(room() for _ in range(rooms)))

    async def _furnish(self, size: int, film: str) -> _Table:
        made = await self._host.call("POST", "/api/rooms/", name="An evening")
        code = str(made["code"])
        item = await self._host.call("POST", f"/api/rooms/{code}/queue/", video_id=film)
        seats = [await self._sit(self._host, code)]
        for number in range(1, size):
            guest = self._api()
            await guest.guest(f"Guest {number}")
            await guest.call("POST", f"/api/rooms/{code}/join/")
            seats.append(await self._sit(guest, code))
        await seats[0].request("sync:load", item_id=item["id"])
        await seats[0].request("sync:play")
        return _Table(seats)

    async def _sit(self, api: Api, code: str) -> Room:
        return await self._open.enter_async_context(Room(api, code, player=Player()))

    # --- what they do ----------------------------------------------------------------------------

    async def _talk(self, table: _Table, seat: Room) -> None:
        for number in count():
            await asyncio.sleep(self._chance.expovariate(1 / SAYS_EVERY_S))
            nonce = f"{seat.tab}-{number}"
            table.said_s[nonce] = time.perf_counter()
            await seat.say("Did you see that?", nonce=nonce)

    async def _act(self, table: _Table) -> None:
        host = table.seats[0]
        await asyncio.sleep(self._chance.uniform(0, ACTS_EVERY_S))
        for number in count():
            action = ACTIONS[number % len(ACTIONS)]
            more = {"position": self._chance.uniform(5, 60)} if action == "seek" else {}
            table.acted = action, time.perf_counter()
            await host.request(f"sync:{action}", **more)
            await asyncio.sleep(ACTS_EVERY_S)

    async def _listen(self, table: _Table, seat: Room) -> None:
        async for event in seat:
            now_s = time.perf_counter()
            self.heard.frames += 1
            if event["type"] == "chat:message" and event["nonce"] in table.said_s:
                self.heard.ms["chat"].append((now_s - table.said_s[event["nonce"]]) * 1000)
            elif event["type"] == "sync:command" and event["action"] == table.acted[0]:
                self.heard.ms["command"].append((now_s - table.acted[1]) * 1000)

    # --- what became of it -----------------------------------------------------------------------

    def take(self) -> Heard:
        """What was measured until now; what comes from now on is measured anew."""
        heard, self.heard = self.heard, Heard()
        return heard

    def rtts_ms(self) -> list[float]:
        return [seat.clock.rtt_ms for table in self._tables for seat in table.seats]

    def at_odds(self) -> int:
        """People whose room is not the one their host sees."""
        return sum(
            seat.timeline != table.seats[0].timeline
            for table in self._tables
            for seat in table.seats
        )

    async def go_home(self) -> None:
        for life in self._lives:
            life.cancel()
        await asyncio.gather(*self._lives, return_exceptions=True)
        await self._open.aclose()
        await self._transport.aclose()
