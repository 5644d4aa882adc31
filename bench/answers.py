"""From a press to everybody's film: how soon all act on it, and how far apart.

Everybody sits behind the same way of 40 ms, as the goal for it says. A pause counts from the
player's own event, a play from where the film's clock began to run.
"""

import asyncio
import statistics
from collections.abc import Awaitable, Callable, Sequence

from bench.delays import EVEN, DelayProxy
from bench.viewer import Viewer

ROUNDS = 6
LEARNING_S = 20.0  # until the room's server knows the new round trips
BETWEEN_S = 2.5


async def measure(
    viewers: Sequence[Viewer],
    proxies: Sequence[DelayProxy],
    command: Callable[[str], Awaitable[float]],
) -> dict[str, float]:
    """`answer_ms`: until the last one acts; `answer_apart_ms`: from the first to the last."""
    for proxy in proxies:
        proxy.way = EVEN
    await asyncio.sleep(LEARNING_S)
    until, apart = [], []
    for _ in range(ROUNDS):
        for script, moments in (("pause()", _paused), ("play()", _began)):
            at_ms = await command(script)
            await asyncio.sleep(BETWEEN_S)
            acted = await moments(viewers, at_ms)
            until.append(max(acted) - at_ms)
            apart.append(max(acted) - min(acted))
    return {
        "answer_ms": statistics.median(until),
        "answer_max_ms": max(until),
        "answer_apart_ms": statistics.median(apart),
        "answer_apart_max_ms": max(apart),
    }


async def _paused(viewers: Sequence[Viewer], after_ms: float) -> list[float]:
    return [await viewer.paused_ms(after_ms) for viewer in viewers]


async def _began(viewers: Sequence[Viewer], after_ms: float) -> list[float]:
    return [(await viewer.track()).began_ms(after_ms) for viewer in viewers]
