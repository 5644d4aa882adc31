"""One person in a Chromium of their own, on the real room page, behind a network of their own."""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, Playwright

from bench.truth import Look, Track
from syncwatch.tests.api_client import Person

HOOK = Path(__file__).with_name("page_hook.js")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
]


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
    def __init__(self, person: Person, browser: Browser, page: Page) -> None:
        self.person = person
        self.browser = browser
        self.page = page

    @classmethod
    async def enter(
        cls, playwright: Playwright, person: Person, url: str, code: str, faults: Faults
    ) -> "Viewer":
        """A browser process of its own, straight into the room."""
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS
        )
        context = await browser.new_context(viewport={"width": 800, "height": 600})
        await context.add_cookies(person.cookies(url))
        hook = HOOK.read_text().replace("__FAULTS__", json.dumps(asdict(faults)))
        await context.add_init_script(hook)
        page = await context.new_page()
        await page.goto(f"{url}/r/{code}")
        return cls(person, browser, page)

    async def run(self, script: str) -> Any:
        return await self.page.evaluate(script)

    async def ready(self) -> None:
        """The socket is live and the clock is known."""
        await self.page.wait_for_function(
            "() => globalThis.__syncwatchBench?.conductor?.clock.known"
        )

    async def wait_playing(self) -> None:
        await self.page.wait_for_function(
            "() => { const v = document.querySelector('[data-sync-player]');"
            " return !v.paused && v.readyState >= 3 && v.currentTime > 0; }",
            timeout=30_000,
        )

    async def now_ms(self) -> float:
        return float(await self.run("() => performance.timeOrigin + performance.now()"))

    async def track(self) -> Track:
        looks = await self.run("() => globalThis.__syncwatchBench.looks")
        return Track(Look(*look) for look in looks)

    async def clock_errors(self, server_minus_wall_ms: float) -> list[float]:
        """How wrong this page was about the server's time, ms, from two seconds after it came."""
        clocks = await self.run("() => globalThis.__syncwatchBench.clocks")
        if not clocks:
            return []
        first = clocks[0][0]
        return [abs(off - server_minus_wall_ms) for wall, off in clocks if wall - first >= 2000]

    async def counts(self) -> dict[str, float]:
        return dict(await self.run("() => globalThis.__syncwatchBench.conductor.diagnostics()"))

    async def close(self) -> None:
        await self.browser.close()
