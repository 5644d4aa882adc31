"""Waiting for people whose player ran dry, as the room's `wait` setting wants it.

1. A player reports `buffering`: look at the room a moment later.
2. Too few can play, for longer than the grace: hold, and name those the room waits for.
3. Enough can play again, the cap is reached, or the setting is turned off: release. Whoever still
   stalls at the cap, or did so too often, is not waited for during some minutes, and told so.
"""

import contextlib
from collections.abc import Iterable
from typing import Literal

from channels.db import database_sync_to_async

from playback import rules, stall_store, store
from playback.protocol import Unwaited
from playback.store import (
    Change,
    Heard,
    Live,
    Report,
    TimelineMissingError,
    TimelineMovedError,
)
from rooms import gateway
from rooms.models import Room
from syncwatch.lib import clock

FIRST_LOOK_MS = 250
BUFFERING = "buffering"


async def heard(code: str, report: Report, answer: Heard) -> None:
    """After a status: whether it is the beginning or the end of a stall."""
    if report.state == answer.before:
        return
    if report.state == BUFFERING and not answer.held:
        await store.remind(code, "sync.wait", "", FIRST_LOOK_MS)
    if answer.before == BUFFERING and answer.held == BUFFERING:
        await _go_on_if_able(code)


@database_sync_to_async
def _policy(code: str) -> rules.WaitPolicy:
    return rules.WaitPolicy.of(Room.objects.values_list("wait", flat=True).get(code=code))


async def look(code: str) -> None:
    """Where some player stalls: hold the room, or look again when a grace runs out."""
    viewers = await stall_store.viewers(code)
    if all(viewer.state != BUFFERING for viewer in viewers):
        return
    policy = await _policy(code)
    live = await store.live(code)
    if not policy.on or live.timeline.paused:
        return
    now_ms = clock.server_ms()
    exempt = await _not_waited_for(code, viewers, now_ms)
    wait = rules.should_hold(policy, viewers, exempt, now_ms)
    if wait.hold_for:
        await _hold(code, live, wait.hold_for, policy)
    elif wait.again_ms is not None:
        await store.remind(code, "sync.wait", "", max(1, wait.again_ms - now_ms))


async def _not_waited_for(
    code: str, viewers: Iterable[rules.Viewer], now_ms: int
) -> frozenset[str]:
    exempt = await stall_store.exempt(code, now_ms)
    often = rules.repeat_stallers(await stall_store.noted(code, now_ms), now_ms) - exempt
    await _go_on_without(code, often & _stalling(viewers), "often", now_ms)
    return often | exempt


def _stalling(viewers: Iterable[rules.Viewer]) -> frozenset[str]:
    return frozenset(viewer.user_id for viewer in viewers if viewer.state == BUFFERING)


async def _go_on_without(
    code: str, who: frozenset[str], why: Literal["long", "often"], now_ms: int
) -> None:
    """Nobody waits for these for a while; each of them hears so."""
    until_ms = now_ms + rules.EXEMPT_MS
    await stall_store.make_exempt(code, who, until_ms)
    for user_id in sorted(who):
        await gateway.pass_(code, Unwaited(why=why, until=until_ms), f"user:{user_id}")


async def _hold(code: str, live: Live, who: tuple[str, ...], policy: rules.WaitPolicy) -> None:
    change = store.hold(BUFFERING, expected=live.seq, who=who, cap_ms=policy.cap_ms)
    seq = await store.apply(code, change)
    await stall_store.note(code, who, seq, clock.server_ms())
    await _go_on_if_able(code)  # who recovered since, or turned waiting off, saw no hold to end


async def _go_on_if_able(code: str) -> None:
    live = await store.live(code)
    if live.held != BUFFERING:
        return
    now_ms = clock.server_ms()
    exempt = await stall_store.exempt(code, now_ms)
    if rules.may_go_on(await _policy(code), await stall_store.viewers(code), exempt, now_ms):
        await store.apply(code, Change("release", expected=live.seq))


async def capped(code: str, seq: int) -> None:
    """The room has waited long enough. Whoever still stalls catches up alone, and for a while."""
    now_ms = clock.server_ms()
    await store.apply(code, Change("release", expected=seq))
    await _go_on_without(code, _stalling(await stall_store.viewers(code)), "long", now_ms)


def changed(code: str, policy: rules.WaitPolicy) -> None:
    """The room is to wait otherwise: where it waits for nobody any more, it goes on."""
    if policy.on:
        return
    with contextlib.suppress(TimelineMissingError, TimelineMovedError):
        live = store.live_sync(code)
        if live.held == BUFFERING:
            store.apply_sync(code, Change("release", expected=live.seq))
