"""Presence in Redis: who is here, in which room, and what friends were told. Nobody else touches
these keys.

| key                     | holds                                                        | lives   |
|-------------------------|--------------------------------------------------------------|---------|
| {presence}:leases:USER  | sorted set: "CODE|connection" → server ms the lease ends;    | 1 day   |
|                         | no code for the person's own small socket                    |         |
| {presence}:room:CODE    | what rooms wrote down of a room, as JSON (`RoomFacts`)       | 14 days |
| {presence}:due          | sorted set: user → server ms at which to look at them again  | with it |
| {presence}:told         | hash: user → "server ms|state" as friends know it; a state   | ever    |
|                         | is off, on, or the room's JSON                               |         |
| {presence}:epoch        | made when presence began; another one: Redis lost its data   | ever    |

A lease that nobody renews runs out by itself, so a killed process leaves no ghosts. What is shown
is always what was told: a list that is fetched and the events about it cannot disagree.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.conf import settings

from syncwatch.lib import clock, ids, redis
from syncwatch.lib.redis import Script, Value

LEASE_MS = settings.PRESENCE_LEASE_S * 1000
COMEBACK_MS = 4_000  # a closed tab may be a reload
AT_ONCE = 100
FACTS_TTL_S = 14 * 86_400
PREFIX = "{presence}:"
DUE, TOLD = f"{PREFIX}due", f"{PREFIX}told"
_LUA = Path(__file__).parent / "lua"


class RoomFacts(msgspec.Struct, frozen=True):
    """What friends may be told of a room. `open`: whoever knows the code may knock; `listed`:
    anybody may walk in and read what is on.
    """

    code: str
    name: str
    title: str | None
    film: bool
    open: bool
    listed: bool = False


@dataclass(frozen=True)
class Told:
    """What friends know of somebody, since when (server ms; None: never seen)."""

    here: bool
    room: RoomFacts | None
    since_ms: int | None


NOWHERE = Told(here=False, room=None, since_ms=None)


def _script(name: str) -> Script:
    parts = [(_LUA / f"{each}.lua").read_text() for each in ("presence", name)]
    return Script("\n".join(parts), name)


_arrive = _script("presence_arrive")
_depart = _script("presence_depart")
_renew = _script("presence_renew")
_settle = _script("presence_settle")


def _args(*own: Value) -> list[Value]:
    return [clock.server_ms(), PREFIX, *own]


async def arrive(user_id: str, conn_id: str, code: str = "") -> bool:
    """Take a lease; False where nothing is known of the room yet."""
    return bool(await _arrive([DUE, TOLD], _args(user_id, conn_id, code, LEASE_MS)))


async def depart(user_id: str, conn_id: str, code: str = "") -> None:
    await _depart([DUE, TOLD], _args(user_id, f"{code}|{conn_id}", COMEBACK_MS))


async def renew(holders: list[tuple[str, str, str]]) -> None:
    """Extend the leases of this process' connections: (user, connection, code)."""
    pairs = [part for user, conn, code in holders for part in (user, f"{code}|{conn}")]
    if pairs:
        await _renew([DUE, TOLD], _args(LEASE_MS, *pairs))


async def settle() -> dict[str, Told]:
    """Who is otherwise now than their friends were told, up to a hundred at a time."""
    found = await _settle([DUE, TOLD], _args(AT_ONCE))
    now_ms = clock.server_ms()
    return {
        user.decode(): _told_of(now_ms, state)
        for user, state in zip(found[::2], found[1::2], strict=True)
    }


async def tell_again(user_ids: list[str]) -> None:
    """What was taken for told did not get out."""
    if user_ids:
        client = redis.shared()
        await client.call("HDEL", TOLD, *user_ids)
        await client.call("ZADD", DUE, *_now_each(user_ids))


def look_at_sync(user_ids: list[str]) -> None:
    """Look at these people soon: something about their room changed."""
    if user_ids:
        redis.sync().zadd(DUE, dict.fromkeys(user_ids, clock.server_ms()))


def _now_each(user_ids: list[str]) -> list[Value]:
    now_ms = clock.server_ms()
    return [part for user in user_ids for part in (now_ms, user)]


async def epoch() -> str:
    """What tells one life of Redis from another."""
    client = redis.shared()
    await client.call("SET", f"{PREFIX}epoch", ids.token(8), "NX")
    return (await client.call("GET", f"{PREFIX}epoch") or b"").decode()


async def facts_put(facts: RoomFacts) -> None:
    text = msgspec.json.encode(facts)
    await redis.shared().call("SET", f"{PREFIX}room:{facts.code}", text, "EX", FACTS_TTL_S)


def facts_put_sync(facts: RoomFacts) -> None:
    redis.sync().set(f"{PREFIX}room:{facts.code}", msgspec.json.encode(facts), ex=FACTS_TTL_S)


def facts_drop_sync(code: str) -> None:
    redis.sync().delete(f"{PREFIX}room:{code}")


def told_sync(user_ids: list[str]) -> dict[str, Told]:
    """What friends know of each of these people, in one round trip."""
    if not user_ids:
        return {}
    values: list[bytes | None] = redis.sync().hmget(TOLD, user_ids)  # type: ignore[assignment]  # half typed
    pairs = zip(user_ids, values, strict=True)
    return {user: _read(value) if value else NOWHERE for user, value in pairs}


def _read(value: bytes) -> Told:
    since, _, state = value.partition(b"|")
    return _told_of(int(since), state)


def _told_of(since_ms: int, state: bytes) -> Told:
    room = None if state in {b"off", b"on"} else msgspec.json.decode(state, type=RoomFacts)
    return Told(here=state != b"off", room=room, since_ms=since_ms)
