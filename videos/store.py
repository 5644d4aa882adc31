"""This app's keys in Redis. Everything here may be lost; the rows in the database remain.

| key | holds | lives |
|---|---|---|
| `video:{id}:live` | JSON: progress and available_until, fresher than the row | 60 s |
| `video:{id}:said` | a change was announced less than a second ago | 1 s |
| `upload:{id}:lock` | the token of the request that is writing to this upload | 30 s, renewed |
| `media:revoked:{scope}` | server ms: addresses signed before it for this scope are void | 7 h |
"""

import json
from typing import Any

from syncwatch.lib import clock, redis
from syncwatch.lib.redis import Script

LIVE_S = 60
ANNOUNCE_EVERY_MS = 1000
LOCK_MS = 30_000
SILENT_MS = 5_000  # a lock not renewed for so long may be taken: its sender is most likely gone
REVOKED_S = 7 * 3600  # longer than any address lives

_TAKE = Script(
    "local left = redis.call('PTTL', KEYS[1]) "
    "if left > tonumber(ARGV[2]) - tonumber(ARGV[3]) then return 0 end "
    "redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) return 1",
    "videos.lock",
)
_RELEASE = Script(
    "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0",
    "videos.unlock",
)
_RENEW = Script(
    "if redis.call('GET', KEYS[1]) == ARGV[1] then "
    "return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0",
    "videos.relock",
)


def live_set(video_id: object, live: dict[str, Any]) -> None:
    redis.sync().set(f"video:{video_id}:live", json.dumps(live), ex=LIVE_S)


def live_drop(video_id: object) -> None:
    redis.sync().delete(f"video:{video_id}:live")


def live_of(video_ids: list[str]) -> dict[str, dict[str, Any]]:
    """The fresher numbers of some films; none where Redis is away."""
    if not video_ids:
        return {}
    try:
        found = redis.sync().mget([f"video:{video_id}:live" for video_id in video_ids])
    except redis.RedisError:
        return {}
    pairs = zip(video_ids, found, strict=True)
    return {video_id: json.loads(raw) for video_id, raw in pairs if raw}


def may_announce(video_id: object) -> bool:
    """True at most once a second for a film."""
    key = f"video:{video_id}:said"
    return bool(redis.sync().set(key, b"1", nx=True, px=ANNOUNCE_EVERY_MS))


async def lock(upload_id: object, token: str) -> bool:
    """Take the lock of an upload, if it is free or its holder has fallen silent."""
    return bool(await _TAKE([f"upload:{upload_id}:lock"], [token, LOCK_MS, SILENT_MS]))


async def relock(upload_id: object, token: str) -> bool:
    """Keep the lock; False when it has passed to somebody else."""
    return bool(await _RENEW([f"upload:{upload_id}:lock"], [token, LOCK_MS]))


async def unlock(upload_id: object, token: str) -> None:
    await _RELEASE([f"upload:{upload_id}:lock"], [token])


def revoke(scope: str) -> None:
    redis.sync().set(f"media:revoked:{scope}", clock.server_ms(), ex=REVOKED_S)


async def revoked_at_ms(scopes: list[str]) -> int:
    """The latest revocation of any of these scopes; 0 for none."""
    found = await redis.shared().call("MGET", *(f"media:revoked:{scope}" for scope in scopes))
    return max((int(raw) for raw in found if raw), default=0)
