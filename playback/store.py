"""Playback's live state in Redis. Nobody else touches these keys.

key (all `{room:CODE}:…`)  holds                                              lives
timeline                   hash: the timeline and what is known of its film   7 days after a change
counting                   zset: player → when last heard (ms)                2 min after a status
ready                      set: players ready for the timeline                2 min after a status
rtts                       zset: player → round trip (ms)                     2 min after a status
statuses                   hash: player → how it does, in the parts below     2 min after a status
news                       set: players whose state the room was not told     2 min after a status
deeds                      list: who did what, until it is in the history     1 day after a command
stalls                     zset: user:seq → when the room waited for them     5 min
exempt                     zset: user → until when nobody waits for them      5 min
emptied                    server ms at which the last person left            1 day
queue                      hash: the queue as last told, with its version     1 day
parted:ITEM                JSON: an item that somebody took off the list      10 min

A player is one tab of one person: `user:tab`. Its status is
`state|since|connection|heard|clock bound|quality|JSON`; the room is told of the JSON alone.
A timeline that is missing is put back from the database by the services.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from playback import rules
from rooms import gateway
from syncwatch.lib import clock, redis
from syncwatch.lib.redis import Value

_LIBRARY = [f"playback/lua/{name}.lua" for name in ("timeline", "people", "tell", "turn")]
_TURNS = [f"playback/lua/{name}.lua" for name in ("command", "begin", "command_more")]
_COMMAND = gateway.script(*_LIBRARY, *_TURNS)
_STATUS = gateway.script(*_LIBRARY, "playback/lua/status.lua")
_MEMBERS = gateway.script("playback/lua/timeline.lua", "playback/lua/members.lua")
_MEDIA = gateway.script(*_LIBRARY, "playback/lua/media.lua")
_LENGTH = gateway.script(*_LIBRARY, "playback/lua/length.lua")
_RESTORE = gateway.script(*_LIBRARY, "playback/lua/restore.lua")
_READ = gateway.script(*_LIBRARY, "playback/lua/read.lua")
_REMIND = gateway.script("playback/lua/remind.lua")


class TimelineMissingError(Exception):
    """Redis does not have this room's timeline (any more)."""


class TimelineMovedError(Exception):
    """The timeline is not where the caller believed it to be; somebody was faster."""


@dataclass(frozen=True)
class Film:
    """What the timeline has to know about an item. `available_s` None: all of it is there."""

    item_id: str | None
    source: str | None
    video_id: str = ""
    duration_s: float | None = None
    available_s: float | None = None

    def fields(self) -> list[Value]:
        return [
            _json(self.item_id), _json(self.source), self.video_id,
            _number(self.duration_s), _number(self.available_s),
        ]  # fmt: skip


NOTHING = Film(None, None)


@dataclass(frozen=True)
class Change:
    """One command for the timeline. `expected` applies it only while that seq is the current."""

    action: str
    by: str | None = None
    value: float | None = None
    expected: int | None = None
    more: tuple[Value, ...] = ()

    def args(self) -> list[Value]:
        expected = "" if self.expected is None else str(self.expected)
        return [self.action, _json(self.by), expected, _number(self.value), *self.more]


def load(film: Film, *, by: str | None, expected: int | None = None, pause_ms: int = 0) -> Change:
    """Where the room plays on, the film begins no sooner than after `pause_ms`."""
    return Change("load", by, pause_ms or None, expected, tuple(film.fields()))


def begin(film: Film, *, evening_id: str) -> Change:
    """An evening's film runs, for everybody. TimelineMovedError: that evening began already."""
    return Change("begin", more=(*film.fields(), evening_id))


def hold(reason: str, *, expected: int, who: Sequence[str] = (), cap_ms: int = 0) -> Change:
    return Change("hold", expected=expected, more=(reason, _json(list(who)), cap_ms))


@dataclass(frozen=True)
class Report:
    """A player's status as the script wants it. `status` is told to the room, `more` to whoever
    asks: the bound of the clock in ms and the height of the picture, either of them empty.
    """

    player: str
    state: str
    seq: int
    rtt_ms: float
    conn_id: str
    status: str
    more: str = "|"

    def args(self) -> list[Value]:
        about: list[Value] = [self.player, self.state, self.seq, self.rtt_ms, self.conn_id]
        return [*about, self.more, self.status]


@dataclass(frozen=True)
class Heard:
    """What the timeline looked like when a status came in, and the player's state before it."""

    seq: int
    held: str
    before: str


@dataclass(frozen=True)
class Live:
    """The timeline as the wire carries it, and what stands behind it. `held` says why it is held
    ('' when it is not), `resume` whether it goes on by itself then.
    """

    json: str
    timeline: rules.Timeline
    seq: int
    video_id: str
    held: str
    resume: bool
    changed_ms: int


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _number(value: float | None) -> Value:
    return "" if value is None else value


def _timeline_keys(code: str) -> list[str]:
    names = ("timeline", "counting", "ready", "rtts", "statuses", "news", "deeds")
    return [gateway.key(code, name) for name in names]


def _applied(answer: Any) -> int:
    if answer == b"missing":
        raise TimelineMissingError
    if answer == b"stale":
        raise TimelineMovedError
    return int(answer)


async def apply(code: str, change: Change) -> int:
    """Apply a command and tell the room; answers the seq of its event."""
    return _applied(await _COMMAND(code, keys=_timeline_keys(code), args=change.args()))


def apply_sync(code: str, change: Change) -> int:
    return _applied(_COMMAND.sync(code, keys=_timeline_keys(code), args=change.args()))


async def report(code: str, heard: Report) -> Heard:
    """Take down how a player does; releases the room when the last one got ready."""
    answer = await _STATUS(code, keys=_timeline_keys(code), args=heard.args())
    if answer == b"missing":
        raise TimelineMissingError
    return Heard(int(answer[0]), answer[1].decode(), answer[2].decode())


async def tell_members(code: str) -> int:
    return int(await _MEMBERS(code, keys=_timeline_keys(code)))


def film_progressed(code: str, film: Film) -> bool:
    """Tell a timeline how much of its film there is now. False when it plays another one."""
    args: list[Value] = [film.video_id, _number(film.duration_s), _number(film.available_s)]
    return bool(_MEDIA.sync(code, keys=_timeline_keys(code), args=args))


async def length(code: str, item_id: str, duration_s: float | None) -> bool:
    """Tell a timeline how long its film is. False when it knew, or plays another one."""
    args: list[Value] = [_json(item_id), _number(duration_s)]
    return bool(await _LENGTH(code, keys=_timeline_keys(code), args=args))


async def deeds(code: str) -> list[bytes]:
    """Who did what and is not in the history yet, as JSON, oldest first."""
    found = await redis.shared().call("LRANGE", gateway.key(code, "deeds"), 0, -1)
    return list(found)


async def forget_deed(code: str, deed: bytes) -> None:
    await redis.shared().call("LREM", gateway.key(code, "deeds"), 1, deed)


async def remind(code: str, kind: str, token: str, in_ms: int) -> None:
    await _REMIND(code, args=[kind, token, in_ms])


async def emptied(code: str) -> str:
    """Note that the last person left just now; answers that moment, in server ms."""
    now_ms = str(clock.server_ms())
    await redis.shared().call("SET", gateway.key(code, "emptied"), now_ms, "EX", 86_400)
    return now_ms


async def emptied_at(code: str) -> str:
    """When the last person left, as `emptied` answered it; '' where nobody did."""
    kept = await redis.shared().call("GET", gateway.key(code, "emptied"))
    return (kept or b"").decode()


def restore_sync(code: str, timeline: rules.Timeline, film: Film) -> None:
    """Put a timeline back, unless somebody did so already. Tells nobody: nothing changed."""
    item, source, video_id, duration_s, available_s = film.fields()
    fields: dict[str, Value] = {
        "item": item, "source": source, "video": video_id,
        "duration": duration_s, "available": available_s,
        "paused": int(timeline.paused), "cold": int(timeline.paused),
        "position": timeline.position_s, "rate": timeline.rate, "at": timeline.at_ms,
        "changed": clock.server_ms(),
    }  # fmt: skip
    args = [part for pair in fields.items() for part in pair]
    _RESTORE.sync(code, keys=_timeline_keys(code), args=args)


def _live(answer: list[bytes] | None) -> Live:
    if answer is None:
        raise TimelineMissingError
    json, seq, item, paused, position, rate, at, duration, video, held, resume, changed = (
        field.decode() for field in answer
    )
    timeline = rules.Timeline(
        item_id=msgspec.json.decode(item),
        paused=paused == "1",
        position_s=float(position),
        rate=float(rate),
        at_ms=int(float(at)),
        duration_s=float(duration) if duration else None,
    )
    return Live(
        json, timeline, int(seq), video, held, held != "" and resume == "1", int(float(changed))
    )


async def live(code: str) -> Live:
    return _live(await _READ(code, keys=_timeline_keys(code)))


def live_sync(code: str) -> Live:
    return _live(_READ.sync(code, keys=_timeline_keys(code)))
