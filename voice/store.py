"""Voice's live state in Redis. Nobody else touches this key.

key                 holds                                                          lives
{room:CODE}:voice   hash: session → user|connection|last heard ms|muted|deafened|  1 day
                    person as JSON

A session is one call of one tab, named by its client. It outlives its connection: a peer is let go
when nothing was heard of it for thirty seconds. Nothing is written to the database: when Redis
loses it, browsers announce themselves again.
"""

from collections.abc import Collection
from typing import Any

import msgspec

from rooms import gateway
from syncwatch.lib.redis import Value

_JOIN = gateway.script("voice/lua/roster.lua", "voice/lua/join.lua")
_LEAVE = gateway.script("voice/lua/roster.lua", "voice/lua/leave.lua")
_REMOVE = gateway.script("voice/lua/roster.lua", "voice/lua/remove.lua")
_STATE = gateway.script("voice/lua/roster.lua", "voice/lua/state.lua")
_SIGNAL = gateway.script("voice/lua/roster.lua", "voice/lua/signal.lua")
_SWEEP = gateway.script("voice/lua/roster.lua", "voice/lua/sweep.lua")
_READ = gateway.script("voice/lua/roster.lua", "voice/lua/roster_read.lua")


class CallFullError(Exception):
    """As many talk as may."""


class SessionTakenError(Exception):
    """Another person's call has this name."""


class NotInCallError(Exception):
    """This connection is not in the call."""


class PeerGoneError(Exception):
    """The other one is not in the call."""


def _keys(code: str) -> list[str]:
    return [gateway.key(code, "voice")]


def _flag(value: bool) -> str:  # noqa: FBT001  one word of the wire
    return "true" if value else "false"


async def join(
    code: str, *, session: str, person: dict[str, Any], conn_id: str, muted: bool, most: int
) -> msgspec.Raw:
    """Take a place in the call, or come back to it; answers the others as JSON."""
    text = msgspec.json.encode(person).decode()
    answer = await _JOIN(
        code, keys=_keys(code), args=[session, person["id"], conn_id, _flag(muted), text, most]
    )
    if answer == b"full":
        raise CallFullError
    if answer == b"taken":
        raise SessionTakenError
    return msgspec.Raw(answer)


async def leave(code: str, *, conn_id: str) -> bool:
    return bool(await _LEAVE(code, keys=_keys(code), args=[conn_id]))


async def remove(code: str, *, user_id: str, reason: str) -> int:
    """Take a person out of the call; answers how many of their sessions were in it."""
    return int(await _REMOVE(code, keys=_keys(code), args=[user_id, reason]))


def remove_sync(code: str, *, user_id: str, reason: str) -> int:
    return int(_REMOVE.sync(code, keys=_keys(code), args=[user_id, reason]))


async def set_state(
    code: str, *, conn_id: str, muted: bool, deafened: bool, speaking: bool
) -> None:
    args = [conn_id, _flag(muted), _flag(deafened), _flag(speaking)]
    if not await _STATE(code, keys=_keys(code), args=[*args]):
        raise NotInCallError


async def signal(
    code: str, *, conn_id: str, to: str, fields: dict[str, Any], hidden: Collection[str] = ()
) -> None:
    """Hand something to one other peer, and to nobody else. Nothing of it is kept. Those who are
    `hidden` from the sender are to them as if they were not in the call.
    """
    rest = f",{msgspec.json.encode(fields).decode()[1:]}"
    args: list[Value] = [conn_id, to, rest, ",".join(hidden)]
    answer = await _SIGNAL(code, keys=_keys(code), args=args)
    if answer == b"out":
        raise NotInCallError
    if answer == b"gone":
        raise PeerGoneError


async def peers(code: str) -> msgspec.Raw:
    return msgspec.Raw(await _READ(code, keys=_keys(code)))


async def sweep(code: str) -> int:
    """Let go of peers nothing was heard of; answers how many are left."""
    return int(await _SWEEP(code, keys=_keys(code)))
