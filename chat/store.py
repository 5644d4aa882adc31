"""Chat's live state in Redis. Nobody else touches these keys.

key (all `{room:CODE}:…`)  holds                                               lives
chat:tail                  zset: the last 50 messages, id → rank               1 day after a message
chat:bodies                hash: id → message as JSON; '' → the highest rank   1 day after a message
chat:told:ID               string: when the counts of a poll were told last     1 minute
chat:sent:ID               string: seq:rank of a published message             10 minutes
chat:spoke:USER            string: server ms:nonce of their last message,      1 hour
                           while the room has slow mode

The tail exists before anything is published, so that a snapshot never lacks a message whose event
came before it. Publishing the same message again within ten minutes does nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rooms import gateway
from syncwatch.lib import redis
from syncwatch.lib.redis import Value

TAIL_LENGTH = 50
SENT_REMEMBERED_MS = 600_000
SPOKE_REMEMBERED_MS = 3_600_000  # as long as slow mode can ask anybody to wait
COUNTS_EVERY_MS = 500

_PUBLISH = gateway.script("chat/lua/publish.lua")
_FILL = gateway.script("chat/lua/fill.lua")
_AMEND = gateway.script("chat/lua/amend.lua")
_COUNTED = gateway.script("chat/lua/counted.lua")
_ENDS = gateway.script("chat/lua/ends.lua")
_TAIL = gateway.script("chat/lua/tail.lua")
_ASIDE = gateway.script("chat/lua/aside.lua")
_SPEAK = gateway.script("chat/lua/speak.lua")


class TailMissingError(Exception):
    """Redis does not have this room's last messages (any more)."""


@dataclass(frozen=True)
class Letter:
    """A message ready to be published: its JSON in two halves, the seq goes between them."""

    message_id: str
    head: str
    rest: str
    nonce: str


@dataclass(frozen=True)
class Place:
    """Where a message stands: its event's number, and its rank in the history."""

    seq: int
    rank: int


@dataclass(frozen=True)
class Line:
    """A published message as the tail keeps it."""

    message_id: str
    rank: int
    text: str


def _keys(code: str) -> list[str]:
    return [gateway.key(code, "chat:tail"), gateway.key(code, "chat:bodies")]


def publish(code: str, letter: Letter) -> Place:
    """Tell the room a message, once; again it answers where the first time put it."""
    answer = _PUBLISH.sync(
        code,
        keys=[*_keys(code), gateway.key(code, f"chat:sent:{letter.message_id}")],
        args=[letter.message_id, letter.head, letter.rest, letter.nonce, SENT_REMEMBERED_MS],
    )
    if answer == b"missing":
        raise TailMissingError
    return Place(int(answer[0]), int(answer[1]))


def aside(code: str, letter: Letter, user_id: str) -> int:
    """Tell a message to one person's pages alone; answers the number the room is at."""
    args: list[Value] = [letter.head, letter.rest, letter.nonce, user_id]
    return int(_ASIDE.sync(code, args=args))


def _filling(lines: Sequence[Line]) -> list[Value]:
    highest = max((line.rank for line in lines), default=0)
    return [highest, *(v for line in lines for v in (line.message_id, line.rank, line.text))]


def fill(code: str, lines: Sequence[Line]) -> None:
    _FILL.sync(code, keys=_keys(code), args=_filling(lines))


def tails_forget(codes: Sequence[str]) -> None:
    """Whoever needs these rooms' last messages next reads them from the database."""
    for code in codes:
        redis.sync().delete(*_keys(code))


def amend(code: str, *, kind: str, body: str, lines: Sequence[tuple[str, str]]) -> int:
    """Tell the room that messages, as (id, JSON), changed; an empty JSON: that one is gone."""
    args: list[Value] = [kind, body, *(value for line in lines for value in line)]
    answer = _AMEND.sync(code, keys=_keys(code), args=args)
    if answer == b"missing":
        raise TailMissingError
    return int(answer)


@dataclass(frozen=True)
class Spoken:
    """When somebody spoke last, and what that message was called; `raw` as Redis has it."""

    ms: float | None
    nonce: str
    raw: str


def spoken(code: str, user_id: str) -> Spoken:
    found: Any = redis.sync().get(gateway.key(code, f"chat:spoke:{user_id}"))
    raw = found.decode() if found else ""
    ms, _, nonce = raw.partition(":")
    return Spoken(float(ms) if ms else None, nonce, raw)


def speak(code: str, user_id: str, *, now_ms: int, nonce: str, before: Spoken) -> bool:
    """Write down that they speak now; False where another tab of theirs was quicker."""
    done = _SPEAK.sync(
        code,
        keys=[gateway.key(code, f"chat:spoke:{user_id}")],
        args=[before.raw, f"{now_ms}:{nonce}", SPOKE_REMEMBERED_MS],
    )
    return bool(done)


def counts_due(code: str, poll_id: str, *, forced: bool = False) -> bool:
    """Whether to tell the counts of a poll now; else, or while others vote, a deadline will."""
    key, told_every = gateway.key(code, f"chat:told:{poll_id}"), COUNTS_EVERY_MS
    return bool(_COUNTED.sync(code, keys=[key], args=[poll_id, told_every, int(forced)]))


def poll_ends(code: str, poll_id: str, at_ms: float) -> None:
    """A deadline closes the poll."""
    _ENDS.sync(code, args=[poll_id, at_ms])


async def tail(code: str) -> list[bytes]:
    """The last messages as JSON, oldest first."""
    found: Any = await _TAIL(code, keys=_keys(code))
    if found is None:
        raise TailMissingError
    return [text for text in found if text is not None]
