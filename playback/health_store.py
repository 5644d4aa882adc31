"""How the players of a room do, as last told, from Redis. Keys are listed in store.py."""

from dataclasses import dataclass

import msgspec

from playback import rules
from playback.protocol import Status, Viewer
from rooms import gateway
from syncwatch.lib import redis


@dataclass(frozen=True)
class Player:
    """One player's newest status."""

    told: Viewer
    heard_ms: int
    clock_bound_ms: float | None
    quality: int | None


@dataclass(frozen=True)
class Players:
    """The players of a room, whom it waited for of late, and whom it does not wait for now."""

    players: list[Player]
    stalls: list[tuple[str, int]]
    exempt: frozenset[str]


def more(status: Status) -> str:
    """What the room is not told of a status, as it is kept."""
    bound, quality = status.clock_bound_ms, status.quality
    return f"{'' if bound is None else bound}|{quality or ''}"


def players(code: str, now_ms: int) -> Players:
    asked = redis.sync().pipeline(transaction=False)
    asked.hvals(gateway.key(code, "statuses"))
    since_ms = now_ms - rules.STALL_MEMORY_MS
    asked.zrangebyscore(gateway.key(code, "stalls"), since_ms, "+inf", withscores=True)
    asked.zrangebyscore(gateway.key(code, "exempt"), now_ms, "+inf")
    statuses, stalls, exempt = asked.execute()
    return Players(
        [_player(status) for status in statuses],
        [(name.decode().partition(":")[0], int(at_ms)) for name, at_ms in stalls],
        frozenset(user_id.decode() for user_id in exempt),
    )


def _player(status: bytes) -> Player:
    _state, _since, _connection, heard, bound, quality, told = status.split(b"|", 6)
    return Player(
        msgspec.json.decode(told, type=Viewer),
        int(float(heard)),
        float(bound) if bound else None,
        int(quality) if quality else None,
    )
