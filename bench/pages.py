"""How soon is a page there, how soon does it answer, and does anything move under one's finger?

Every page of the real product as somebody's first visit, nothing kept by the browser, its processor
slowed (four times). The browser itself counts: the first and the largest paint, how long tasks kept
it from answering, how much of the layout shifted, and for a few presses the time from the press to
the next paint. The yardstick is a page of one line from the same server.
"""

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from bench import film as films
from bench import report
from bench.tabs import CHROMIUM_FLAGS
from e2e.looks import DESK
from e2e.register.cast import Cast
from syncwatch.tests.api_client import Person
from syncwatch.tests.programs import needed
from syncwatch.tests.stack import ROOT, Stack

HOOK = Path(__file__).with_name("pages_hook.js").read_text()
YARDSTICK = "<!doctype html><title>One line</title><h1>One line</h1><input aria-label=Name>"
# Past the last presses and their paints, and past what a page does once it is idle.
REST_MS = 1_000


@dataclass(frozen=True)
class Visit:
    name: str
    path: str
    person: Person | None
    presses: Callable[[Page], None]


def type_into(label: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_label(label).first.press_sequentially("Ana B", delay=60)


def press_new_room(page: Page) -> None:
    page.get_by_role("button", name="New room").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def press_start(page: Page) -> None:
    page.get_by_role("button", name="Start a room").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def press_film_menu(page: Page) -> None:
    page.locator("[data-more]").first.click()
    expect(page.get_by_role("menuitem").first).to_be_visible()


def press_theme(page: Page) -> None:
    page.locator("[data-theme-choice] label").nth(1).click()


def press_in_room(page: Page) -> None:
    expect(page.locator("[data-link-state]")).to_contain_text("Live")
    for tab in ("Queue", "People", "Chat"):
        page.get_by_role("tab", name=tab).click()
    page.get_by_role("textbox", name="Message").press_sequentially("Hello", delay=60)
    page.keyboard.press("Enter")


def visits(cast: Cast) -> Iterator[Visit]:
    _, mara = cast.host()
    code = mara.room("Sunday Rabbit Club")
    cast.put_on(mara, code, cast.with_film(mara))
    ana = cast.person("Ana")
    ana.join(code)
    yield Visit("one_line", "/one-line", None, type_into("Name"))
    yield Visit("landing", "/", None, press_start)
    yield Visit("login", "/login", None, type_into("Username"))
    yield Visit("door", mara.invite(code), None, type_into("Your name"))
    yield Visit("home", "/home", mara, press_new_room)
    yield Visit("videos", "/videos", mara, press_film_menu)
    yield Visit("account", "/account", mara, press_theme)
    yield Visit("room", f"/r/{code}", ana, press_in_room)


def look(cast: Cast, visit: Visit, slow: float) -> dict[str, float]:
    """One first visit."""
    page = cast.stranger()
    page.context.add_init_script(HOOK)
    if visit.person is not None:
        page.context.add_cookies(visit.person.cookies(cast.stack.url))
    page.route("**/one-line", lambda route: route.fulfill(body=YARDSTICK, content_type="text/html"))
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slow})
    page.goto(visit.path)
    page.wait_for_load_state("networkidle")
    blocked_ms = page.evaluate("() => __pagesBench.look().blockedMs")
    visit.presses(page)
    page.wait_for_timeout(REST_MS)
    seen = page.evaluate("() => __pagesBench.look()")
    page.context.close()
    return {
        "first_paint_ms": seen["firstMs"],
        "largest_paint_ms": seen["largestMs"],
        "blocked_ms": blocked_ms,
        "answer_ms": max(seen["delays"], default=0),
        "shift": seen["shift"],
    }


def run(*, times: int, slow: float, only: str) -> dict[str, float]:
    results: dict[str, float] = {}
    (ROOT / "var" / "bench").mkdir(parents=True, exist_ok=True)
    film = films.make(ROOT / "var" / "bench" / "Sunday rabbit.mp4", seconds=30)
    with Stack(RATE_LIMIT_FACTOR="1000") as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=needed("chromium", "chromium"), args=CHROMIUM_FLAGS
        )
        cast = Cast(stack, browser, film, viewport=DESK)
        for visit in visits(cast):
            if only not in visit.name:
                continue
            looks = [look(cast, visit, slow) for _ in range(times)]
            for key in looks[0]:
                results[f"{visit.name}_{key}"] = statistics.median(one[key] for one in looks)
        cast.close()
        browser.close()
    return results


def main() -> int:
    parser = report.arguments(__doc__ or "")
    parser.add_argument(
        "--times", type=int, default=5, help="visits of each page; medians are told"
    )
    parser.add_argument("--slow", type=float, default=4, help="how many times slower a processor")
    parser.add_argument("--only", default="", help="pages with this in their name")
    options = parser.parse_args()
    results = run(times=options.times, slow=options.slow, only=options.only)
    report.publish("pages", results, options.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
