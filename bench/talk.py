"""People who talk, for tests and benchmarks: browsers with a tone for a microphone."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserType, expect

from e2e.watcher import Watcher, opaque
from syncwatch.tests.api_client import Person

HOOK = Path(__file__).with_name("voice_hook.js").read_text()
FLAGS = [
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
]
JOIN = "[data-voice-join]:visible"
MUTE = "[data-voice-mute]:visible"


def launch(browser_type: BrowserType, arguments: dict[str, Any]) -> Browser:
    return browser_type.launch(**arguments | {"args": [*arguments.get("args", ()), *FLAGS]})


def talker(browser: Browser, url: str, name: str) -> Watcher:
    page = opaque(browser.new_context(base_url=url)).new_page()
    page.add_init_script(HOOK)
    return Watcher(page, name)


def gather(talkers: list[Watcher], url: str) -> None:
    """All of them in one room of the product at `url`; the first hosts it."""
    code = ""
    for each in talkers:
        with Person(url, each.name) as person:
            code = code or person.room("An evening")
            person.join(code)
            each.come_in(person, code)
    talkers[0].expect_people(len(talkers))


def part(talkers: list[Watcher]) -> None:
    """The evening is over: nobody's browser may have complained."""
    for each in talkers:
        each.page.context.close()
    for each in talkers:
        each.expect_no_complaints()


def join(*talkers: Watcher) -> None:
    for each in talkers:
        each.page.locator(JOIN).click()
    for each in talkers:
        expect(each.page.locator(MUTE)).to_be_visible(timeout=10_000)


def heard(one: Watcher) -> list[dict[str, Any]]:
    """What came in and went out over each open connection."""
    found: list[dict[str, Any]] = one.page.evaluate("() => heardOf()")
    return found


def expect_links(one: Watcher, count: int, within_s: float = 20) -> None:
    """So many connections on which sound comes in."""
    for _ in range(int(within_s * 10)):
        alive = [each for each in heard(one) if each["energy"] > 0]
        if len(alive) == count:
            return
        one.page.wait_for_timeout(100)
    raise AssertionError(f"{one.name} hears {len(alive)} instead of {count}: {heard(one)}")


def energy_over(one: Watcher, seconds: float = 2) -> float:
    """How much sound comes in over a while."""
    before = sum(each["energy"] for each in heard(one))
    one.page.wait_for_timeout(seconds * 1000)
    return sum(each["energy"] for each in heard(one)) - before
