"""The auth service's Redis keys. Nobody else touches them.

| key             | value                     | lives               |
|-----------------|---------------------------|---------------------|
| `revoked:{sid}` | `1`                       | an access token     |
| `ticket:{text}` | `sid expires_at_ms`       | 30 s, read once     |
| `order:{text}`  | `1`                       | an hour             |

The mark of a revoked session stops its access tokens before any database work. Losing Redis
loses no refusal: the session's row says the same and is read with the person.
"""

import logging
import uuid
from collections.abc import Collection

from rest_framework_simplejwt.settings import api_settings

from accounts.tokens import CLOCKS_APART_S
from syncwatch.lib import ids, redis

log = logging.getLogger(__name__)

TICKET_TTL_S = 30
TICKET_LENGTH_MAX = 64
ORDER_TTL_S = 3600


def _revoked_key(sid: uuid.UUID) -> str:
    return f"revoked:{sid}"


def mark_revoked(sid: uuid.UUID) -> None:
    lifetime_s = int(api_settings.ACCESS_TOKEN_LIFETIME.total_seconds())
    redis.sync().set(_revoked_key(sid), 1, ex=lifetime_s + CLOCKS_APART_S)


def order_taken(once: str) -> bool:
    """Whether this order of staff comes for the first time: a form may be sent twice. Without
    Redis, or a name for the order, it counts as the first.
    """
    if not once:
        return True
    try:
        name = f"order:{once[:TICKET_LENGTH_MAX]}"
        return bool(redis.sync().set(name, 1, nx=True, ex=ORDER_TTL_S))
    except redis.RedisError as error:
        log.warning("an order of staff was not remembered: %s", error)
        return True


def revoked_among(sids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """None as well where Redis is away: the caller reads the rows next."""
    if not sids:
        return set()
    try:
        marks = redis.sync().mget([_revoked_key(sid) for sid in sids])
    except redis.RedisError as error:
        log.warning("revoked sessions not checked in Redis: %s", error)
        return set()
    return {sid for sid, mark in zip(sids, marks, strict=True) if mark is not None}


def ticket_new(sid: uuid.UUID, expires_at_ms: int) -> str:
    ticket = ids.token()
    redis.sync().set(f"ticket:{ticket}", f"{sid} {expires_at_ms}", ex=TICKET_TTL_S)
    return ticket


def ticket_take(ticket: str) -> tuple[uuid.UUID, int] | None:
    """What the ticket stands for; taking it uses it up, also when two take it at once."""
    if len(ticket) > TICKET_LENGTH_MAX or not ticket.isascii():
        return None
    value = redis.sync().getdel(f"ticket:{ticket}")
    if not isinstance(value, bytes):
        return None
    sid, expires_at_ms = value.decode().split(" ")
    return uuid.UUID(sid), int(expires_at_ms)
