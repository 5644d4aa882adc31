"""How everybody who watches does: each person's newest status, those out of step first."""

from collections.abc import Iterable
from typing import Any

import msgspec

from accounts.models import User
from accounts.selectors import person
from playback import health_store, rules, store
from playback.health_store import Player
from playback.store import TimelineMissingError
from syncwatch.lib import clock

FORGOTTEN_MS = 30_000
SHOWN = 50
SHOWN_MOST = 100


def one_each(players: Iterable[Player], now_ms: int) -> list[Player]:
    """Of each person the player that follows the room, else the one that was heard last. Who fell
    silent is left out.
    """
    best: dict[str, Player] = {}
    for player in sorted(players, key=lambda each: (_follows(each), each.heard_ms)):
        if now_ms - player.heard_ms < FORGOTTEN_MS:
            best[player.told.user_id] = player
    return list(best.values())


def _follows(player: Player) -> bool:
    return player.told.state != "detached"


def drift_ms(player: Player) -> float | None:
    """None where there is nothing to compare."""
    told = player.told
    return told.drift_ms if told.state == "playing" and told.drift_ms else None


def worst_first(players: Iterable[Player], waited_for: frozenset[str]) -> list[Player]:
    def key(player: Player) -> tuple[bool, bool, float, str]:
        told = player.told
        stalls = told.state == "buffering"
        behind_ms = abs(drift_ms(player) or 0)
        return (told.user_id not in waited_for, not stalls, -behind_ms, told.user_id)

    return sorted(players, key=key)


def health_of(code: str, *, limit: int) -> dict[str, Any]:
    """The first `limit` people as the API shows them, and how many there are."""
    now_ms = clock.server_ms()
    found = health_store.players(code, now_ms)
    waited_for = _waited_for(code)
    exempt = found.exempt | rules.repeat_stallers(found.stalls, now_ms)
    everybody = worst_first(one_each(found.players, now_ms), waited_for)
    shown = everybody[:limit]
    users = User.objects.in_bulk([player.told.user_id for player in shown])
    faces = {str(user_id): person(user) for user_id, user in users.items()}
    results = [
        {
            "user": faces[player.told.user_id],
            **_numbers(player, now_ms),
            "waited_for": player.told.user_id in waited_for,
            "exempt": player.told.user_id in exempt,
        }
        for player in shown
        if player.told.user_id in faces
    ]
    return {"results": results, "count": len(everybody)}


def _numbers(player: Player, now_ms: int) -> dict[str, Any]:
    told = player.told
    return {
        "state": told.state,
        "drift_ms": drift_ms(player),
        "rtt_ms": told.rtt_ms,
        "buffered_s": told.buffered,
        "quality": player.quality,
        "clock_bound_ms": player.clock_bound_ms,
        "age_ms": max(0, now_ms - player.heard_ms),
    }


def _waited_for(code: str) -> frozenset[str]:
    try:
        timeline = msgspec.json.decode(store.live_sync(code).json)
    except TimelineMissingError:
        return frozenset()
    return frozenset((timeline["hold"] or {}).get("by", ()))
