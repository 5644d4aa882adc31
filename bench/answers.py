"""From a press to everybody's film: how soon all act on it, and how far apart.

Everybody sits behind the same way of 40 ms, as the goal for it says, and nobody's player starts
late any more: what takes 150 ms to start cannot have started by then. Rounds that nobody counts let
the devices learn so.
"""

import asyncio
import statistics
from collections.abc import Awaitable, Callable, Sequence

from bench.delays import EVEN, DelayProxy
from bench.viewer import Viewer

ROUNDS = 8
UNCOUNTED = 3
LEARNING_S = 20.0  # until the room's server knows the new round trips
BETWEEN_S = 2.0
LOOK_EVERY_MS = 10
HEALED = f"""() => {{
  globalThis.__syncwatchBench.faults.startErrorMs = 0;
  globalThis.__syncwatchBench.lookEvery({LOOK_EVERY_MS});
}}"""


async def measure(
    viewers: Sequence[Viewer],
    proxies: Sequence[DelayProxy],
    command: Callable[[str], Awaitable[float]],
) -> dict[str, float]:
    """`…_ms`: until the last one acts; `…_apart_ms`: from the first to the last."""
    for viewer, proxy in zip(viewers, proxies, strict=True):
        proxy.way = EVEN
        await viewer.run(HEALED)
    await asyncio.sleep(LEARNING_S)
    found: dict[str, list[list[float]]] = {"pause": [], "play": []}
    for _ in range(UNCOUNTED + ROUNDS):
        for name, rounds in found.items():
            at_ms = await command(f"{name}()")
            await asyncio.sleep(BETWEEN_S)
            tracks = [await viewer.track() for viewer in viewers]
            turned = [track.turned_ms(at_ms, runs=name == "play") for track in tracks]
            rounds.append([moment - at_ms for moment in turned])
    results: dict[str, float] = {}
    for name, rounds in found.items():
        counted = rounds[UNCOUNTED:]
        results[f"{name}_answer_ms"] = statistics.median(max(each) for each in counted)
        results[f"{name}_apart_ms"] = statistics.median(max(each) - min(each) for each in counted)
    return results
