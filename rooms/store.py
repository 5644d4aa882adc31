"""This app's Redis keys: who is in a room right now.

| key | holds | ttl |
|---|---|---|
| {room:CODE}:leases | sorted set: "user|connection" → server ms the lease ends | with the people |
| {room:CODE}:conns | the same members at score 0, to find a person's connections | as above |
| {room:CODE}:present | sorted set: user → server ms they came | as above |
| {room:CODE}:people | hash: user → member as JSON | as above |
| {room:CODE}:crowd | list: joins and leaves to tell together, past 50 people | until told |
| {room:CODE}:away | set: users in the room who said that they are not at the screen | as above |
| {room:CODE}:out | sorted set: user → server ms they were sent away or left | 60 s |

A lease that nobody renews runs out by itself, so a killed process leaves no ghosts.
"""

import asyncio
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings

from rooms.gateway.script import DEADLINES, RoomScript, key
from syncwatch.lib import clock, redis

LEASE_MS = settings.PRESENCE_LEASE_S * 1000
COMEBACK_MS = 4_000  # a closed tab may be a reload: the person is missed only after this
_CLOCKS_APART_MS = 500  # of two processes, by far
CROWD_SIZE = 50  # beyond it, joins and leaves are told together
CROWD_EVERY_MS = 500
MEMBERS_IN_SNAPSHOT = 100
NO_SEAT = -2
STAND_IN = "room.stand_in"  # a deadline

_NAMES = ("leases", "conns", "present", "people", "crowd", "out", "away")
_arrive = RoomScript("rooms/lua/crowd.lua", "rooms/lua/arrive.lua")
_depart = RoomScript("rooms/lua/depart.lua")
_sweep = RoomScript("rooms/lua/crowd.lua", "rooms/lua/sweep.lua")
_remove = RoomScript("rooms/lua/remove.lua")
_update = RoomScript("rooms/lua/update.lua")
_renew = RoomScript("rooms/lua/renew.lua")
_remind = RoomScript("rooms/lua/remind.lua")
_due = RoomScript("rooms/lua/due.lua")
_tell = RoomScript("rooms/lua/tell_crowd.lua")
_away = RoomScript("rooms/lua/away.lua")
_recent = redis.Script((Path(__file__).parent / "lua/recent.lua").read_text(), "recent")


def _keys(code: str) -> list[str]:
    return [key(code, name) for name in _NAMES]


class RoomFullError(Exception):
    """As many people are in the room as it has seats."""


async def arrive(
    code: str, *, conn_id: str, member: dict[str, Any], seats: int | None = None
) -> bool | None:
    """Take a lease for a connection; True when the person was not in the room before, None where
    they were sent away a moment ago. Raises RoomFullError where `seats` are taken by others.
    """
    fresh = await _arrive(
        code,
        keys=_keys(code),
        args=[
            member["user"]["id"], conn_id, LEASE_MS, msgspec.json.encode(member),
            CROWD_SIZE, CROWD_EVERY_MS, "" if seats is None else seats,
        ],
    )  # fmt: skip
    if fresh == NO_SEAT:
        raise RoomFullError
    return None if fresh < 0 else bool(fresh)


async def depart(code: str, *, user_id: str, conn_id: str) -> None:
    """Let a connection's lease run out shortly; the sweep tells the room if nobody comes back."""
    await _depart(code, keys=_keys(code), args=[f"{user_id}|{conn_id}", COMEBACK_MS])


async def renew(code: str, holders: list[str]) -> set[str]:
    """Extend the leases of this process' connections ("user|connection"); answers those that ran
    out, as they do where a process stood still for too long.
    """
    lost = await _renew(code, keys=_keys(code), args=[LEASE_MS, *holders])
    return {holder.decode() for holder in lost}


async def sweep(code: str) -> list[str]:
    """End leases that ran out; answers the people who are gone."""
    gone = await _sweep(code, keys=_keys(code), args=[CROWD_SIZE, CROWD_EVERY_MS])
    return [user.decode() for user in gone]


async def tell_crowd(code: str) -> None:
    await _tell(code, keys=_keys(code))


def remove_sync(code: str, *, user_id: str, reason: str) -> None:
    """A person was sent away or left: the room hears it now, and their leases end."""
    _remove.sync(code, keys=_keys(code), args=[user_id, reason])


def update_sync(code: str, member: dict[str, Any]) -> None:
    """A person's role or name changed, whether they are in the room right now or not."""
    forms = [member | {"presence": presence} for presence in ("online", "offline")]
    here, away = (msgspec.json.encode(form) for form in forms)
    ends = [right["until"] for right in member["rights"] if right["until"] is not None]
    _update.sync(code, keys=_keys(code), args=[member["user"]["id"], here, away, *ends])


async def remind(code: str, ends_ms: set[int]) -> None:
    """Be told when rights end, also where Redis had lost that (again)."""
    if ends_ms:
        await _remind(code, args=[*ends_ms])


async def away(code: str, user_id: str, *, on: bool) -> None:
    """Somebody in the room leaves the screen, or is back at it; the room hears who is away now."""
    await _away(code, keys=_keys(code), args=[user_id, "1" if on else "0"])


async def who_is_away(code: str) -> list[str]:
    found = await redis.shared().call("SMEMBERS", key(code, "away"))
    return sorted(each.decode() for each in found)


async def stand_in_due(code: str, in_ms: int) -> None:
    """Have it looked at then who has the remote; said again it moves."""
    await _due(code, args=[STAND_IN, "", clock.server_ms() + in_ms, ""])


def stand_in_due_sync(code: str) -> None:
    _due.sync(code, args=[STAND_IN, "", clock.server_ms(), ""])


async def people(code: str) -> tuple[list[msgspec.Raw], int]:
    """Members in the room as JSON, longest there first (at most 100), and how many there are."""
    client = redis.shared()
    ids = await client.call("ZRANGE", key(code, "present"), 0, MEMBERS_IN_SNAPSHOT - 1)
    if not ids:
        return [], 0
    members = await client.call("HMGET", key(code, "people"), *ids)
    count = await client.call("ZCARD", key(code, "present"))
    return [msgspec.Raw(member) for member in members if member], int(count)


def arrived_sync(code: str) -> list[str]:
    """Who is in the room, the longest there first."""
    users: list[bytes] = redis.sync().zrange(key(code, "present"), 0, -1)  # type: ignore[assignment]  # half typed
    return [user.decode() for user in users]


def present_sync(code: str) -> set[str]:
    return set(arrived_sync(code))


def reached_sync(code: str) -> set[str]:
    """Who has a socket open. `present_sync` also has those who closed theirs a moment ago and may
    come back: a lease that is let go ends within COMEBACK_MS, one that is held never that soon.
    """
    least = clock.server_ms() + COMEBACK_MS + _CLOCKS_APART_MS
    holders: list[bytes] = redis.sync().zrangebyscore(key(code, "leases"), least, "+inf")  # type: ignore[assignment]  # half typed
    return {holder.decode().partition("|")[0] for holder in holders}


def among_sync(codes: list[str], user_id: str) -> list[str]:
    """Those of these rooms that the person is in, in one round trip."""
    pipeline = redis.sync().pipeline(transaction=False)
    for code in codes:
        pipeline.zscore(key(code, "present"), user_id)
    found = zip(codes, pipeline.execute(), strict=True)
    return [code for code, since in found if since is not None]


def forget_told_sync(codes: list[str]) -> None:
    """What these rooms were told last, with its names and words, is gone. Whoever missed some of it
    gets a fresh snapshot.
    """
    client = redis.sync()
    for code in codes:
        client.delete(key(code, "recent"))


def forget_sync(code: str) -> None:
    """Everything that is kept of a room, whichever app keeps it: they share its hash tag."""
    client = redis.sync()
    for found in client.scan_iter(match=key(code, "*"), count=1000):
        client.delete(found)
    for due, _ in client.zscan_iter(DEADLINES, match=f"{code}|*", count=1000):
        client.zrem(DEADLINES, due)


def head_counts_sync(codes: list[str]) -> dict[str, int]:
    """How many people are in each of these rooms, in one round trip."""
    pipeline = redis.sync().pipeline(transaction=False)
    for code in codes:
        pipeline.zcard(key(code, "present"))
    return dict(zip(codes, pipeline.execute(), strict=True))


async def live_state(codes: list[str]) -> dict[str, tuple[int, str]]:
    """Each room's seq and epoch, as Redis has them now."""
    client = redis.shared()
    calls = [client.call("MGET", key(code, "seq"), key(code, "epoch")) for code in codes]
    states = await asyncio.gather(*calls)  # one round trip for all of them
    return {
        code: (int(seq or 0), (epoch or b"").decode())
        for code, (seq, epoch) in zip(codes, states, strict=True)
    }


async def recent(code: str, since: int, epoch: str) -> list[str] | None:
    """The kept events after `since`, oldest first; None when they are not all there any more, or
    `epoch` is another one.
    """
    keys = [key(code, name) for name in ("seq", "recent", "epoch")]
    texts = await _recent(keys, [since, epoch])
    return None if texts is None else [text.decode() for text in texts]
