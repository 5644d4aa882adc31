"""A page in a browser process of its own, as the benchmarks need it: Chromium or Firefox."""

import asyncio
import contextlib
import itertools
import json
import os
import tempfile
from pathlib import Path
from typing import Any, Protocol, Self

from playwright.async_api import Browser, Page, Playwright
from websockets.asyncio.client import ClientConnection, connect

from syncwatch.tests.programs import needed
from syncwatch.tests.servers import free_ports

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
FIREFOX_PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "media.autoplay.blocking_policy": 0,
    "media.autoplay.default": 0,
    "remote.log.level": "Warn",
}
LOOK_EVERY_S = 0.05
Cookie = dict[str, str]
Sound = dict[str, str]  # the environment of who is heard somewhere


class Tab(Protocol):
    """Scripts are functions in JavaScript; what they answer is JSON."""

    steps_over_ms: float  # its films' clock moves in steps: a line over so long is where they are

    async def open(self, url: str, *, cookies: list[Cookie], before: str) -> None:
        """Go there, signed in; the script `before` runs first of all on every page."""

    async def run(self, script: str) -> Any: ...

    async def until(self, script: str, *, within_s: float = 30) -> None:
        """Raises TimeoutError where it is not true by then."""

    async def close(self) -> None: ...


class Chromium:
    steps_over_ms = 0.0

    def __init__(self, browser: Browser, page: Page) -> None:
        self._browser, self._page = browser, page

    @classmethod
    async def start(cls, playwright: Playwright, sound: Sound | None = None) -> Self:
        browser = await playwright.chromium.launch(
            executable_path=needed("chromium", "chromium"),
            args=CHROMIUM_FLAGS,
            ignore_default_args=["--mute-audio"] if sound else None,
            env={**os.environ, **(sound or {})},
        )
        context = await browser.new_context(viewport={"width": 800, "height": 600})
        return cls(browser, await context.new_page())

    async def open(self, url: str, *, cookies: list[Cookie], before: str) -> None:
        await self._page.context.add_cookies(cookies)  # type: ignore[arg-type]
        await self._page.context.add_init_script(before)
        await self._page.goto(url)

    async def run(self, script: str) -> Any:
        return await self._page.evaluate(script)

    async def until(self, script: str, *, within_s: float = 30) -> None:
        await self._page.wait_for_function(script, timeout=within_s * 1000)

    async def close(self) -> None:
        await self._browser.close()


class Firefox:
    """Debian's, by WebDriver BiDi: Playwright drives only a build of its own."""

    steps_over_ms = 1500.0

    def __init__(self) -> None:
        self._profile = tempfile.TemporaryDirectory(prefix="sw-firefox-")
        self._ids = itertools.count(1)
        self._open_ones = contextlib.AsyncExitStack()
        self._open_ones.callback(self._profile.cleanup)
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});"
            for name, value in FIREFOX_PREFERENCES.items()
        ]
        Path(self._profile.name, "user.js").write_text("\n".join(lines))

    @classmethod
    async def start(cls, sound: Sound | None = None) -> Self:
        tab = cls()
        try:
            await tab._launch(sound or {})
        except BaseException:
            await tab.close()
            raise
        return tab

    async def _launch(self, sound: Sound) -> None:
        (port,) = free_ports(1)
        process = await asyncio.create_subprocess_exec(
            needed("firefox-esr", "firefox-esr"),
            *("--headless", "--no-remote", "--profile", self._profile.name),
            *("--remote-debugging-port", str(port)),
            env={**os.environ, **sound},
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        self._open_ones.push_async_callback(_ended, process)
        self._wire = await self._reach(f"ws://127.0.0.1:{port}/session")
        self._open_ones.push_async_callback(self._wire.close)
        await self._ask("session.new", capabilities={})
        tree = await self._ask("browsingContext.getTree")
        self._context = tree["contexts"][0]["context"]
        size = {"width": 800, "height": 600}
        await self._ask("browsingContext.setViewport", context=self._context, viewport=size)

    async def _reach(self, address: str, within_s: float = 30) -> ClientConnection:
        async with asyncio.timeout(within_s):
            while True:
                try:
                    return await connect(address, max_size=None, ping_interval=None)
                except OSError:
                    await asyncio.sleep(0.1)

    async def _ask(self, method: str, **params: Any) -> Any:
        number = next(self._ids)
        await self._wire.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(await self._wire.recv())
            if answer.get("id") == number:
                break
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    async def open(self, url: str, *, cookies: list[Cookie], before: str) -> None:
        for cookie in cookies:
            value = {"type": "string", "value": cookie["value"]}
            asked = {"name": cookie["name"], "value": value, "domain": "127.0.0.1", "path": "/"}
            await self._ask("storage.setCookie", cookie=asked)
        await self._ask("script.addPreloadScript", functionDeclaration=f"() => {{ {before} }}")
        await self._ask("browsingContext.navigate", context=self._context, url=url, wait="complete")

    async def run(self, script: str) -> Any:
        answer = await self._ask(
            "script.callFunction",
            functionDeclaration=f"async () => JSON.stringify(await ({script})() ?? null)",
            awaitPromise=True,
            target={"context": self._context},
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    async def until(self, script: str, *, within_s: float = 30) -> None:
        for _ in range(int(within_s / LOOK_EVERY_S)):
            if await self.run(f"() => Boolean(({script})())"):
                return
            await asyncio.sleep(LOOK_EVERY_S)
        raise TimeoutError(script)

    async def close(self) -> None:
        await self._open_ones.aclose()


async def _ended(process: asyncio.subprocess.Process) -> None:
    process.terminate()
    await process.wait()
