"""Who plays how, and whom the room waited for of late, in Redis. Keys are listed in store.py."""

from collections.abc import Iterable

from playback import rules
from playback.rules import Viewer
from rooms import gateway
from syncwatch.lib import redis

KEPT_S = max(rules.STALL_MEMORY_MS, rules.EXEMPT_MS) // 1000


async def viewers(code: str) -> list[Viewer]:
    """The players that count, as last heard."""
    client = redis.shared()
    flat = await client.call("ZRANGE", gateway.key(code, "counting"), 0, -1, "WITHSCORES")
    told = await client.call("HGETALL", gateway.key(code, "statuses"))
    statuses = dict(zip(told[::2], told[1::2], strict=True))
    found = zip(flat[::2], flat[1::2], strict=True)
    return [
        _viewer(player.decode(), statuses[player].decode(), int(float(heard)))
        for player, heard in found
        if player in statuses
    ]


def _viewer(player: str, status: str, heard_ms: int) -> Viewer:
    state, since, _ = status.split("|", 2)
    return Viewer(player.partition(":")[0], state, int(since), heard_ms)


async def note(code: str, who: Iterable[str], seq: int, now_ms: int) -> None:
    """Remember whom the room waits for."""
    key = gateway.key(code, "stalls")
    for user_id in who:
        await redis.shared().call("ZADD", key, now_ms, f"{user_id}:{seq}")
    await redis.shared().call("EXPIRE", key, KEPT_S)


async def noted(code: str, now_ms: int) -> list[tuple[str, int]]:
    """Whom the room waited for within memory, and when."""
    key = gateway.key(code, "stalls")
    since = now_ms - rules.STALL_MEMORY_MS
    flat = await redis.shared().call("ZRANGEBYSCORE", key, since, "+inf", "WITHSCORES")
    pairs = zip(flat[::2], flat[1::2], strict=True)
    return [(name.decode().partition(":")[0], int(float(at))) for name, at in pairs]


async def make_exempt(code: str, who: Iterable[str], until_ms: int) -> None:
    key = gateway.key(code, "exempt")
    for user_id in who:
        await redis.shared().call("ZADD", key, until_ms, user_id)
    await redis.shared().call("EXPIRE", key, KEPT_S)


async def exempt(code: str, now_ms: int) -> frozenset[str]:
    """People nobody waits for at the moment."""
    key = gateway.key(code, "exempt")
    found = await redis.shared().call("ZRANGEBYSCORE", key, now_ms, "+inf")
    return frozenset(user_id.decode() for user_id in found)
