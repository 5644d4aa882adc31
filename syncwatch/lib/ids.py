"""Identifiers: time-ordered UUIDs for rows, short codes people can read out, secret tokens."""

import os
import secrets
import uuid

from syncwatch.lib import clock

# Crockford's base32, lower case: no i, l, o, u, so a code survives being read over the phone.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ROOM_CODE_LENGTH = 12  # 60 bits


def uuid7() -> uuid.UUID:
    """A UUID that sorts by the time it was made (RFC 9562, version 7)."""
    value = (clock.server_ms() & 0xFFFF_FFFF_FFFF) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
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
