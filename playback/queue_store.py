"""The queue as last told, kept in Redis so that a snapshot needs no database. See store.py."""

from dataclasses import dataclass

from rooms import gateway
from syncwatch.lib import redis

PARTED_S = 600
_TELL = gateway.script("playback/lua/queue_tell.lua")
_FILL = gateway.script("playback/lua/queue_fill.lua")


@dataclass(frozen=True)
class Listed:
    """A queue's first items as JSON, with the version of the queue they were read at."""

    version: int
    items: str


@dataclass(frozen=True)
class Kept:
    """What Redis has of a queue; `items` None: nothing that can be shown."""

    items: bytes | None
    forgotten: int


def _keys(code: str) -> list[str]:
    return [gateway.key(code, "queue")]


def tell(code: str, listed: Listed, body: str) -> bool:
    """Publish a queue; False when a newer one has been told already."""
    return bool(_TELL.sync(code, keys=_keys(code), args=[listed.version, listed.items, body]))


async def kept(code: str) -> Kept:
    found = await redis.shared().call("HMGET", _keys(code)[0], "items", "forgotten")
    return Kept(found[0], int(found[1] or 0))


async def fill(code: str, listed: Listed, forgotten: int) -> None:
    await _FILL(code, keys=_keys(code), args=[listed.version, listed.items, forgotten])


def part(code: str, item_id: str, item: bytes) -> None:
    """Keep what was taken off, for whoever takes that back."""
    redis.sync().set(_parted(code, item_id), item, ex=PARTED_S)


def parted(code: str, item_id: str) -> bytes | str | None:
    return redis.sync().get(_parted(code, item_id))


def _parted(code: str, item_id: str) -> str:
    return gateway.key(code, f"parted:{item_id}")


def forget(code: str) -> None:
    """What is kept shows an old state of a film; the next snapshot reads the database."""
    pipeline = redis.sync().pipeline()
    pipeline.hdel(_keys(code)[0], "items")
    pipeline.hincrby(_keys(code)[0], "forgotten", 1)
    pipeline.expire(_keys(code)[0], 86_400)
    pipeline.execute()
