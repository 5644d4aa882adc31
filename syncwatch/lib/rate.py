"""Rate limits: the generic cell rate algorithm in one Redis script, on Redis' own clock.

Limits are named in settings.RATE_LIMITS as (how many, per how many seconds, burst). A limit that
guards a secret (sign-in) fails closed when Redis is away, every other one fails open.
"""

import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from syncwatch.lib.errors import TooMany, Unavailable
from syncwatch.lib.redis import RedisError, Script

log = logging.getLogger(__name__)

GUARDS = frozenset({"login", "login_ip", "staff_login", "room_password", "invite_lookup"})
_gcra = Script((Path(__file__).parent / "gcra.lua").read_text(), "gcra")


def _call(limit: str, key: str) -> dict[str, Any]:
    count, per_s, burst = settings.RATE_LIMITS[limit]
    count, burst = count * settings.RATE_LIMIT_FACTOR, burst * settings.RATE_LIMIT_FACTOR
    interval_us = per_s * 1_000_000 / count
    return {"keys": [f"rate:{limit}:{key}"], "args": [int(interval_us), burst]}


def _judge(limit: str, wait_us: int) -> None:
    if wait_us > 0:
        raise TooMany(wait_us / 1_000_000)


def _without_redis(limit: str, error: RedisError) -> None:
    log.warning("rate limit %s not checked: %s", limit, error)
    if limit in GUARDS:
        raise Unavailable(gettext("Sign-in is closed for a moment. Try again.")) from error


async def check(limit: str, key: str) -> None:
    """Count one use of `limit` by `key`; raise TooMany when it is one too many."""
    try:
        wait_us = await _gcra(**_call(limit, key))
    except RedisError as error:
        return _without_redis(limit, error)
    return _judge(limit, wait_us)


def check_sync(limit: str, key: str) -> None:
    try:
        wait_us = _gcra.sync(**_call(limit, key))
    except RedisError as error:
        return _without_redis(limit, error)
    return _judge(limit, wait_us)
