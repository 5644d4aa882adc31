"""Out of step with the room, and words that are missing: what chip and chat say of it."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page, Route, expect

from bench import evening
from e2e.register.cast import Cast, Friend, enter
from e2e.register.walk import Stop, walk
from e2e.watcher import PLAYING, watch_apart

PIECES = re.compile(r"/media/hls/.*\.(m4s|mp4|ts)$")
OLDER = re.compile(r"/messages/")
TO_TOP = "() => { document.querySelector('[data-chat-log]').scrollTop = 0; }"
KEPT_EVENTS = 400  # of a room, for those whose line broke


class _Pieces:
    """The pieces of a film, held back on their way to one page."""

    def __init__(self, page: Page) -> None:
        self._held: list[Route] = []
        self._lost = False
        page.route(PIECES, self._answer)

    def _answer(self, route: Route) -> None:
        if self._lost:
            route.abort()
        else:
            self._held.append(route)

    def lose(self) -> None:
        """None of them arrives, neither those on the way nor later ones."""
        self._lost = True
        for route in self._held:
            route.abort()


@walk("room-step", "room-catching-up", "room-out-of-sync", "room-on-ones-own", "room-away")
def step(cast: Cast) -> Iterator[Stop]:
    """The film does not come, then fails to come; at last somebody goes their own way."""
    page, mara = cast.host()
    code = mara.room("Sunday Rabbit Club")
    cast.put_on(mara, code, cast.with_film(mara)).close()
    ana = cast.friend("Ana", code)
    pieces = _Pieces(page)
    enter(page, code)
    ana.request("sync:play")
    ana.report("ready")
    chip = page.locator("[data-sync-state]")
    expect(chip).to_contain_text("Catching up", timeout=20_000)
    yield Stop("room-catching-up", page)
    pieces.lose()
    expect(chip).to_contain_text("Out of sync", timeout=60_000)
    expect(chip.get_by_role("button", name="Resync")).to_be_visible()
    yield Stop("room-out-of-sync", page)
    page.unroute(PIECES)
    chip.get_by_role("button", name="Resync").click()
    page.wait_for_function(PLAYING)
    watch_apart(page)
    expect(chip.get_by_role("button", name="Rejoin")).to_be_visible()
    yield Stop("room-on-ones-own", page)
    page.locator("[data-chat-input]").fill("/away")
    page.locator("[data-chat-input]").press("Enter")
    expect(page.get_by_role("button", name="I am back")).to_be_visible()
    yield Stop("room-away", page)


@walk(
    "room-lost-words", "room-message-deleted", "room-history-failed", "room-gap", "room-gap-failed"
)
def lost_words(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    code = mara.room("Sunday Rabbit Club")
    people = [mara.id, cast.person("Ilya").id]
    evening.write(cast.stack.data, code, people, 120)
    page.route(OLDER, lambda route: route.fulfill(status=500, body="{}"))
    enter(page, code)
    _take_back(cast.friend("Ana", code))
    expect(page.locator("[data-chat-log]")).to_contain_text("Message deleted")
    yield Stop("room-message-deleted", page)
    page.evaluate(TO_TOP)
    expect(page.get_by_text("Older messages did not load.")).to_be_visible()
    yield Stop("room-history-failed", page)
    yield from _gap(cast, page, code, people)


def _take_back(friend: Friend) -> None:
    friend.say("his ear moves")
    friend.request("chat:delete", id=friend.say("the butterfly dies"))
    friend.say("sorry, go on")


def _gap(cast: Cast, page: Page, code: str, people: list[str]) -> Iterator[Stop]:
    """The line breaks while one reads far back, and the room says more than it keeps for that."""
    page.context.set_offline(True)
    expect(page.locator("[data-link-state]")).to_contain_text("Offline")
    more = KEPT_EVENTS + 60
    evening.write(cast.stack.data, code, people, more, first=1000, told=more)
    page.context.set_offline(False)
    gap = page.locator("[data-gap]")
    expect(gap).to_contain_text("Older messages are missing", timeout=30_000)
    gap.scroll_into_view_if_needed()
    yield Stop("room-gap", page)
    gap.get_by_role("button", name="Load").click()
    expect(gap).to_contain_text("They did not load")
    yield Stop("room-gap-failed", page)
