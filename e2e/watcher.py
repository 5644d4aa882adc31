"""A person in front of a browser: what they do and see, in the words of the product."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from syncwatch.tests.api_client import Person

PLAYER = "[data-sync-player]"
LOOK = (
    "() => { const v = document.querySelector('[data-sync-player]');"
    " return {wall: performance.timeOrigin + performance.now(), at: v.currentTime,"
    " rate: v.playbackRate, playing: !v.paused && !v.seeking && v.readyState >= 3}; }"
)
PLAYING = (
    "() => { const v = document.querySelector('[data-sync-player]');"
    " return !v.paused && !v.seeking && v.readyState >= 3 && v.currentTime > 0; }"
)
PREPARED = (
    "() => document.querySelector('[data-deck] .edge').style.getPropertyValue('--p') === '1.0000'"
)
PREPARED_MS = 60_000
# Gives a test the conductor, to take whoever watches on their own to a place of the film.
CONDUCTOR = """globalThis.__syncwatchBench = {
  onConductor(conductor) { globalThis.__syncwatchBench.conductor = conductor; }
};"""
REDUCE_GLASS = "try { localStorage.setItem('sw.glass', 'reduced') } catch {}"


def wake(page: Page) -> None:
    """The controls step back while the film runs; a moving mouse brings them."""
    box = page.locator(".stage [data-film]").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 80)
    page.mouse.move(box["x"] + 60, box["y"] + 90)


def dismiss(page: Page) -> None:
    """Put away what toasts told, so that the next words are read of new ones."""
    toasts = page.locator(".toasts")
    toasts.evaluate("(shelf) => shelf.querySelectorAll('.iconbtn').forEach((one) => one.click())")
    expect(toasts.locator(".iconbtn")).to_have_count(0)


def watch_apart(page: Page) -> None:
    """Leave the room's step by the player's menu, and read so."""
    wake(page)
    page.get_by_role("button", name="Sound, quality and speed").click()
    page.get_by_role("menuitem", name="Watch on your own").click()
    expect(page.locator("[data-sync-state]")).to_contain_text("Watching on your own")


def opaque(context: BrowserContext) -> BrowserContext:
    """Solid panels, as weak devices have them: without a graphics card, glass over a film takes a
    whole core, and what these tests prove has nothing to do with it.
    """
    context.add_init_script(REDUCE_GLASS)
    return context


class Watcher:
    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        self.forgiven: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._requested)

    def _heard(self, message) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def _requested(self, request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.foreign.append(request.url)

    def forgive(self, words: str) -> None:
        """This complaint belongs to the test: a refused request is logged by the browser itself."""
        self.forgiven.append(words)

    def expect_no_complaints(self) -> None:
        left = [c for c in self.complaints if not any(words in c for words in self.forgiven)]
        assert not left, left
        assert not self.foreign, self.foreign

    # -- coming in ---------------------------------------------------------------------------
    def start_room(self) -> str:
        """From the landing page, as a guest, by one click and a name; the room's address."""
        self.page.goto("/")
        self.page.get_by_role("button", name="Start a room").click()
        self.page.get_by_label("Your name").fill(self.name)
        self.page.get_by_role("button", name="Start the room").click()
        self.page.wait_for_url(re.compile(r"/r/[0-9a-z]{12}$"))
        self.expect_live()
        return self.page.url

    def invite_link(self) -> str:
        self.page.get_by_role("button", name="Invite people").click()
        link = self.page.locator("[data-invite-link]")
        expect(link).to_have_value(re.compile(r"/i/"))
        address = link.input_value()
        self.page.keyboard.press("Escape")
        return address

    def enter_by(self, link: str) -> None:
        """Through the door behind a link, under one's name."""
        self.page.goto(link)
        self.page.get_by_label("Your name").fill(self.name)
        self.page.get_by_role("button", name="Step in").click()
        self.page.wait_for_url(re.compile(r"/r/"))
        self.expect_live()

    def come_in(self, person: Person, code: str) -> None:
        """Straight into a room that they are let into already, as that person."""
        self.page.context.add_cookies(person.cookies(person.url))
        self.page.goto(f"{person.url}/r/{code}")
        self.expect_live()

    # -- the room ----------------------------------------------------------------------------
    def expect_live(self, within_s: float = 10) -> None:
        chip = self.page.locator("[data-link-state]")
        expect(chip).to_have_text(re.compile("Live"), timeout=within_s * 1000)

    def add_film(self, film: Path) -> None:
        self.page.locator("[data-file]").set_input_files(film)

    def drop_film(self, film: Path) -> None:
        """Dragged from a folder onto the stage, as the browser itself tells a page of it."""
        box = self.page.locator(".stage [data-film]").bounding_box()
        browser = self.page.context.new_cdp_session(self.page)
        held = {"items": [], "files": [str(film)], "dragOperationsMask": 1}
        place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        for moment in ("dragEnter", "dragOver", "drop"):
            browser.send("Input.dispatchDragEvent", {"type": moment, "data": held, **place})

    def expect_playing(self, within_ms: int = PREPARED_MS) -> None:
        self.page.wait_for_function(PLAYING, timeout=within_ms)

    def expect_paused(self) -> None:
        self.page.wait_for_function("() => document.querySelector('[data-sync-player]').paused")

    def expect_prepared(self) -> None:
        """The whole film can be jumped to."""
        self.page.wait_for_function(PREPARED, timeout=PREPARED_MS)

    def look(self) -> dict:
        return self.page.evaluate(LOOK)

    def toggle(self) -> None:
        self.wake()
        self.page.locator("[data-play-toggle]").click()

    def wake(self) -> None:
        wake(self.page)

    def seek_to(self, share: float) -> None:
        self.wake()
        rail = self.page.locator("[data-seek] .rail").bounding_box()
        self.page.mouse.click(rail["x"] + rail["width"] * share, rail["y"] + rail["height"] / 2)

    def expect_told(self, words: str) -> None:
        """Who did what stands in the chat."""
        expect(self.page.locator("[data-chat-log]")).to_contain_text(words)

    def say(self, words: str) -> None:
        self.page.locator("[data-chat-input]").fill(words)
        self.page.keyboard.press("Enter")

    def expect_message(self, words: str) -> None:
        message = self.page.locator("[data-message]").filter(has_text=words)
        expect(message).to_have_count(1)

    def expect_in_sync(self) -> None:
        expect(self.page.locator("[data-sync-state]")).to_contain_text("In sync", timeout=20_000)

    def expect_people(self, count: int) -> None:
        expect(self.page.locator("[data-member]")).to_have_count(count)


def until(page: Page, words: str | Callable[[], str], look: Callable[[], object]) -> None:
    """What a look answers is true some time. For looks that ask the page more than one thing, where
    `wait_for_function` does not do.
    """
    for _ in range(600):
        if look():
            return
        page.wait_for_timeout(25)
    raise AssertionError(words() if callable(words) else words)


def skew_ms(one: Watcher, other: Watcher) -> float:
    """How far apart two films are, by the machine's one wall clock."""
    a, b = one.look(), other.look()
    assert a["playing"], f"{one.name} does not play"
    assert b["playing"], f"{other.name} does not play"
    later = a["at"] + (b["wall"] - a["wall"]) / 1000 * a["rate"]
    return abs(later - b["at"]) * 1000


def median_skew_ms(one: Watcher, other: Watcher, looks: int = 21) -> float:
    found = sorted(skew_ms(one, other) for _ in range(looks) if not one.page.wait_for_timeout(60))
    return found[looks // 2]
