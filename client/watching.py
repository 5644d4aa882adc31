"""Reading along: in through a door, one line an event, out again; see `manage.py watchroom`."""

import asyncio
import contextlib
import datetime
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from client.api import Api
from client.errors import ClientError
from client.player import Player
from client.room import Room
from client.words import Event, film_time, line_of


@dataclass(frozen=True)
class Door:
    """Where a room is, and the way in: its code or address, or an invitation."""

    url: str
    code: str = ""
    invitation: str = ""

    @classmethod
    def of(cls, named: str, url: str) -> "Door":
        """From a code, or from a link: `/r/CODE` or `/i/TOKEN` of any server."""
        parts = urlsplit(named)
        if not parts.scheme:
            return cls(url, code=named)
        kind, _, rest = parts.path.strip("/").partition("/")
        if kind not in {"r", "i"} or not rest or "/" in rest or not parts.netloc:
            raise ValueError(f"{named} is neither a room's link (/r/…) nor an invitation (/i/…).")
        here = f"{parts.scheme}://{parts.netloc}"
        return cls(here, code=rest) if kind == "r" else cls(here, invitation=rest)

    async def enter(self, api: Api, password: str = "") -> str:
        """Answers the room's code."""
        if self.invitation:
            room = await api.accept(self.invitation)
        else:
            room = await api.join(self.code, password=password)
        return str(room["code"])


@dataclass(frozen=True)
class Wish:
    """How somebody wants to read along. Without a `token` a guest comes, who is gone afterwards."""

    name: str = "Watcher"
    token: str = ""
    password: str = ""
    say: str = ""
    for_s: float | None = None
    exempt: bool = False
    as_json: bool = False


async def watch(door: Door, wish: Wish, write: Callable[[str], object]) -> None:
    """Until the time is over, or this task is cancelled. Raises a ClientError."""
    async with Api(door.url, access=wish.token) as api:
        if not wish.token:
            await api.guest(wish.name)
        code = ""
        try:
            code = await door.enter(api, wish.password)
            await _in_the_room(api, code, wish, write)
        finally:
            if not wish.token:
                await _be_gone(api, code)


async def _be_gone(api: Api, code: str) -> None:
    """A guest of ours leaves no trace but words; sent out, or without a server, it is gone too."""
    with contextlib.suppress(ClientError):
        if code:
            await api.leave(code)
    with contextlib.suppress(ClientError):
        await api.logout()


async def _in_the_room(api: Api, code: str, wish: Wish, write: Callable[[str], object]) -> None:
    player = Player(detached=wish.exempt)
    tell = _as_json if wish.as_json else _as_line
    async with Room(api, code, player=player) as room:
        try:
            async with asyncio.timeout(wish.for_s) as time_limit:
                if wish.say:
                    await room.say(wish.say)
                async for event in room:
                    if line := tell(event, room, player):
                        write(line)
        except TimeoutError:
            if not time_limit.expired():
                raise
        finally:
            if not wish.as_json:
                write(_summary(room, player))


def _as_line(event: Event, room: Room, _player: Player) -> str:
    """Room time, film position, words; nothing for what is not worth a line."""
    words = line_of(event, room)
    if words is None:
        return ""
    time = datetime.datetime.fromtimestamp(room.clock.now() / 1000, datetime.UTC).astimezone()
    return f"{time:%H:%M:%S}  {film_time(room.position()):>9}  {words}"


def _as_json(event: Event, room: Room, player: Player) -> str:
    """Everything: server ms, seconds of the film, how far the clock may be wrong, the event."""
    bound_ms = room.clock.bound_ms
    told = {
        "at": round(room.clock.now(), 3),
        "position": room.position(),
        "bound_ms": round(bound_ms, 3) if math.isfinite(bound_ms) else None,
        "drift_ms": round(player.drift_ms, 3),
        "event": event,
    }
    return json.dumps(told, ensure_ascii=False)


def _summary(room: Room, player: Player) -> str:
    bound_ms = room.clock.bound_ms
    if not math.isfinite(bound_ms):
        return "Left, before the clock was known."
    drift = f"{abs(player.drift_ms):.1f} ms off the film, {player.jumps} jumps"
    return f"Left. Clock good to ±{bound_ms:.1f} ms; {drift}."
