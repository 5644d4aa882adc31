"""Identifiers: time-ordered UUIDs for rows, short codes people can read out, secret tokens."""

import os
import secrets
import threading
import uuid

from syncwatch.lib import clock

# Crockford's base32, lower case: no i, l, o, u, so a code survives being read over the phone.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ROOM_CODE_LENGTH = 12  # 60 bits


_TICKS_PER_MS = 4096  # what fits into the twelve bits behind the milliseconds
_JUMP_TICKS = 1000 * _TICKS_PER_MS
_ticking = threading.Lock()
_last_tick = 0


def _next_tick() -> int:
    """Server time in 4096ths of a millisecond, later than the one before in this process.

    Rows made within one millisecond are told apart too; only a clock that was set back by more
    than a second is followed.
    """
    global _last_tick  # noqa: PLW0603  the one place that counts
    with _ticking:
        tick = int(clock.precise_ms() * _TICKS_PER_MS)
        if _last_tick - _JUMP_TICKS < tick <= _last_tick:
            tick = _last_tick + 1
        _last_tick = tick
    return tick


def uuid7() -> uuid.UUID:
    """A UUID that sorts by the time it was made (RFC 9562 version 7, sub-millisecond)."""
    ms, fraction = divmod(_next_tick(), _TICKS_PER_MS)
    chance = int.from_bytes(os.urandom(8), "big") >> 2
    value = (ms & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | chance
    return uuid.UUID(int=value)


def b32(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def room_code() -> str:
    return b32(ROOM_CODE_LENGTH)


def token(nbytes: int = 24) -> str:
    """A secret for a link: 192 random bits unless told otherwise."""
    return secrets.token_urlsafe(nbytes)


def uuid_or_none(raw: object) -> uuid.UUID | None:
    """What a client sent as an id; None where it cannot be one."""
    try:
        return uuid.UUID(str(raw))
    except ValueError:
        return None
