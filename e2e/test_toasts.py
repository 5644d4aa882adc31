"""Short notices at the edge: how many at once, for how long, and who may make them wait."""

import json

import pytest
from playwright.sync_api import expect

from e2e.looks import DESK
from e2e.register.own import settle

SHOWN_MS = 6_000
NEARLY_MS = SHOWN_MS - 100
REFUSED = {"error": {"code": "server", "message": "The projector is out of order."}}


def stays(page, toast, ms=NEARLY_MS):
    page.clock.run_for(ms)
    expect(toast.last).to_be_visible()


def goes(page, toast):
    """After the six seconds that began when nobody looked at it any more."""
    stays(page, toast)
    page.clock.run_for(200)
    expect(toast).to_have_count(0)


def look_away(page):
    page.mouse.move(700, 10)


@pytest.fixture
def page(cast):
    """Mara's account, where time passes only by `run_for`."""
    page, _ = cast(viewport=DESK).host()
    page.clock.install()
    page.goto("/account")
    settle(page)
    page.clock.pause_at(page.evaluate("() => Date.now()") + 1_000)
    return page


def test_three_toasts_at_most_that_wait_for_whoever_looks_at_them(page):
    toasts, save = page.locator(".toast"), page.get_by_role("button", name="Save")
    for name in ("Ana", "Ilya", "Noor", "Mara"):
        page.get_by_label("Your name").fill(name)
        save.click()
        expect(page.locator("h1[data-name]")).to_have_text(name)
    expect(toasts).to_have_count(3)
    expect(page.locator(".toasts")).to_have_attribute("aria-live", "polite")
    box = page.locator(".toasts").bounding_box()
    assert box["x"] == 24, "at the left"
    assert box["y"] + box["height"] == DESK["height"] - 24, "at the bottom"
    goes(page, toasts)

    page.route("**/api/auth/me/", lambda route: route.fulfill(status=500, body=json.dumps(REFUSED)))
    page.locator("[data-theme-choice]").get_by_text("Light").click()
    wrong = page.get_by_role("alert").filter(has_text="out of order")
    wrong.hover()
    stays(page, wrong, 2 * SHOWN_MS)
    look_away(page)
    stays(page, wrong)
    wrong.get_by_role("button", name="Dismiss").focus()
    wrong.hover()
    look_away(page)  # the focus is still there
    stays(page, wrong, 2 * SHOWN_MS)
    wrong.hover()
    save.focus()  # and the other way round
    stays(page, wrong, 2 * SHOWN_MS)
    look_away(page)
    goes(page, wrong)
