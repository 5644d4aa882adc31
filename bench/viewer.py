"""One person in a browser of their own, on the real room page, behind a network of their own."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.tabs import Tab
from bench.truth import Look, Track, evened
from syncwatch.tests.api_client import Person

HOOK = Path(__file__).with_name("page_hook.js").read_text()


@dataclass(frozen=True)
class Faults:
    """What is wrong with this person's machine."""

    clockOffsetMs: float = 0  # noqa: N815  the names of the page's hook
    clockPpm: float = 0  # noqa: N815
    startErrorMs: float = 0  # noqa: N815
    rateBiasPpm: float = 0  # noqa: N815
    stalls: bool = False
    control: bool = True


class Viewer:
    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self.run = tab.run

    @classmethod
    async def enter(cls, tab: Tab, person: Person, url: str, code: str, faults: Faults) -> "Viewer":
        """Straight into the room."""
        hook = HOOK.replace("__FAULTS__", json.dumps(asdict(faults)))
        await tab.open(f"{url}/r/{code}", cookies=person.cookies(url), before=hook)
        return cls(tab)

    async def ready(self) -> None:
        """The socket is live and the clock is known."""
        await self._tab.until("() => globalThis.__syncwatchBench?.conductor?.clock.known")

    async def now_ms(self) -> float:
        return float(await self.run("() => performance.timeOrigin + performance.now()"))

    async def track(self) -> Track:
        looks = [Look(*look) for look in await self.run("() => globalThis.__syncwatchBench.looks")]
        over_ms = self._tab.steps_over_ms
        return Track(evened(looks, over_ms) if over_ms else looks)

    async def clock_errors(self, server_minus_wall_ms: float) -> list[float]:
        """How wrong this page was about the server's time, ms, from two seconds after it came."""
        clocks = await self.run("() => globalThis.__syncwatchBench.clocks")
        if not clocks:
            return []
        first = clocks[0][0]
        return [abs(off - server_minus_wall_ms) for wall, off in clocks if wall - first >= 2000]

    async def counts(self) -> dict[str, float]:
        return dict(await self.run("() => globalThis.__syncwatchBench.conductor.diagnostics()"))
