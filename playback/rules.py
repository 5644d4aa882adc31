"""Pure decisions of playback: where a film stands, what is restored, whom the room waits for."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")
RANK_GAP = 1 << 20
ALIVE_ENOUGH_MS = 5 * 60_000
STALLS_FORGIVEN = 3
STALL_MEMORY_MS = 5 * 60_000
EXEMPT_MS = 5 * 60_000
FRESH_MS = 15_000
CREDITS_SHARE = 0.97  # whoever stops here has seen it: the rest is names


@dataclass(frozen=True)
class Timeline:
    """What was playing, where and since when. `duration_s` None: not known."""

    item_id: str | None
    paused: bool
    position_s: float
    rate: float
    at_ms: int
    duration_s: float | None = None


def position_at(timeline: Timeline, now_ms: float) -> float:
    """Seconds into the film at server time `now_ms`; never past the end."""
    position_s = timeline.position_s
    if not timeline.paused and now_ms > timeline.at_ms:
        position_s += (now_ms - timeline.at_ms) / 1000 * timeline.rate
    return position_s if timeline.duration_s is None else min(position_s, timeline.duration_s)


def seen_to_the_end(position_s: float, duration_s: float | None) -> bool:
    """Nothing is left of a film to come back for."""
    return duration_s is not None and position_s >= duration_s * CREDITS_SHARE


def restored(saved: Timeline, *, held: bool, alive_ms: int, now_ms: int) -> Timeline:
    """The timeline to go on with after Redis lost it.

    A film goes on as if nothing had happened, because players go on by themselves meanwhile; where
    it was held, they stood, and it goes on from there. When the room has given no sign of life for
    longer, everybody is gone: it waits where it was last known to be.
    """
    alive = now_ms - alive_ms <= ALIVE_ENOUGH_MS
    if saved.paused or (alive and not held):
        return saved
    if held:
        return replace(saved, paused=not alive, at_ms=now_ms)
    stopped_s = position_at(saved, max(alive_ms, saved.at_ms))
    return replace(saved, paused=True, position_s=stopped_s, at_ms=now_ms)


def rank_between(before: int | None, after: int | None) -> int | None:
    """A rank between two neighbours (None: the list ends there); None when there is no room left
    and the list has to be numbered anew.
    """
    if before is None:
        return 0 if after is None else after - RANK_GAP
    if after is None:
        return before + RANK_GAP
    middle = (before + after) // 2
    return middle if before < middle < after else None


def shuffled(items: Sequence[T], below: Callable[[int], int]) -> list[T]:
    """In an order of chance, another one than before where there is one. `below(n)`: 0 to n - 1."""
    mixed = list(items)
    for last in range(len(mixed) - 1, 0, -1):
        other = below(last + 1)
        mixed[last], mixed[other] = mixed[other], mixed[last]
    return [*mixed[1:], mixed[0]] if mixed == list(items) and len(mixed) > 1 else mixed


@dataclass(frozen=True)
class Listed:
    """An item of a list, in order: what follows is chosen among those that can be played."""

    id: str
    votes: int = 0
    playable: bool = True


def following(listed: Sequence[Listed], here: str | None, *, loop: bool) -> str | None:
    """What comes after `here`: what most people wish for, and of those what comes soonest; without
    wishes the next one, and after the last one the first where the list begins again.
    """
    ids = [item.id for item in listed]
    if here not in ids:
        return None
    place = ids.index(here) + 1
    around = [item for item in (*listed[place:], *listed[:place]) if item.playable]
    wished = max((item for item in around if item.id != here), key=_votes, default=None)
    if wished is not None and wished.votes:
        return wished.id
    ahead = around if loop else [item for item in listed[place:] if item.playable]
    return ahead[0].id if ahead else None


def _votes(item: Listed) -> int:
    return item.votes


def ranks(count: int) -> list[int]:
    """Fresh ranks for a list of so many items."""
    return [RANK_GAP * place for place in range(count)]


@dataclass(frozen=True)
class WaitPolicy:
    """How a room waits for people whose player has run dry.

    `quorum` is the share of the people that must be able to play for the room to go on.
    """

    on: bool = False
    grace_ms: int = 500
    quorum: float = 1.0
    cap_ms: int = 15_000

    @classmethod
    def of(cls, wait: dict[str, Any] | None) -> "WaitPolicy":
        """From a room's `wait` setting."""
        given = wait or {}
        return cls(
            on=given.get("mode") == "on",
            grace_ms=int(given.get("grace_ms", cls.grace_ms)),
            quorum=float(given.get("quorum", cls.quorum)),
            cap_ms=int(float(given.get("cap_s", cls.cap_ms / 1000)) * 1000),
        )


@dataclass(frozen=True)
class Viewer:
    """One player in the room, as its last status told. Detached players are no viewers."""

    user_id: str
    state: str
    since_ms: int
    heard_ms: int


@dataclass(frozen=True)
class Wait:
    """What to do about stalls: hold for these people, look again then, or nothing."""

    hold_for: tuple[str, ...] = ()
    again_ms: int | None = None


def _counted(viewers: Iterable[Viewer], exempt: frozenset[str], now_ms: int) -> list[Viewer]:
    return [v for v in viewers if now_ms - v.heard_ms < FRESH_MS and v.user_id not in exempt]


def _able_enough(able: int, people: int, quorum: float) -> bool:
    """Enough people can play; at least one of them, whatever the quorum."""
    return able >= people or (able > 0 and able >= quorum * people)


def should_hold(
    policy: WaitPolicy, viewers: Sequence[Viewer], exempt: frozenset[str], now_ms: int
) -> Wait:
    """Whether the room should wait now, or be looked at again when a grace runs out."""
    counted = _counted(viewers, exempt, now_ms)
    stalled = [v for v in counted if v.state == "buffering"]
    if not policy.on or not stalled:
        return Wait()
    people = {v.user_id for v in counted}
    late = {v.user_id for v in stalled if now_ms - v.since_ms >= policy.grace_ms}
    if late and not _able_enough(len(people - late), len(people), policy.quorum):
        return Wait(hold_for=tuple(sorted(late)))
    waiting = [v.since_ms + policy.grace_ms for v in stalled if v.user_id not in late]
    return Wait(again_ms=min(waiting, default=None))


def may_go_on(
    policy: WaitPolicy, viewers: Sequence[Viewer], exempt: frozenset[str], now_ms: int
) -> bool:
    """Whether a room that waits for someone may go on: enough people can play again, or it is to
    wait for nobody any more.
    """
    if not policy.on:
        return True
    counted = _counted(viewers, exempt, now_ms)
    people = {v.user_id for v in counted}
    stalled = {v.user_id for v in counted if v.state == "buffering"}
    return _able_enough(len(people - stalled), len(people), policy.quorum)


def repeat_stallers(stalls: Iterable[tuple[str, int]], now_ms: int) -> frozenset[str]:
    """People the room has waited for too often of late: it goes on without them for a while."""
    recent = Counter(user_id for user_id, at_ms in stalls if now_ms - at_ms < STALL_MEMORY_MS)
    return frozenset(user_id for user_id, times in recent.items() if times >= STALLS_FORGIVEN)
