"""Every page, on a desk and on a phone: it loads, nothing complains, nothing leaves the server."""

import pytest
from playwright.sync_api import expect

from e2e.looks import DESK, NARROW, PHONE

OPEN_PAGES = ["/", "/login", "/register", "/api/docs/"]
OWN_PAGES = ["/home", "/videos", "/account"]


def too_wide_px(page):
    """How far something sticks out sideways."""
    return page.evaluate(
        "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    )


def expect_fits(page):
    wide = too_wide_px(page)
    assert wide <= 0, f"{page.url} is {wide} px too wide"


@pytest.mark.parametrize("viewport", [DESK, PHONE, NARROW], ids=["desk", "phone", "narrow"])
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_open_pages(watcher, viewport, scheme):
    ana = watcher("Ana", viewport=viewport, color_scheme=scheme)
    for path in OPEN_PAGES:
        answer = ana.page.goto(path)
        assert answer.status == 200
        expect(ana.page.get_by_role("heading", level=1)).to_be_visible()
        expect_fits(ana.page)


def test_pages_of_ones_own(watcher):
    mara = watcher("Mara")
    room = mara.start_room()
    for viewport in (DESK, PHONE, NARROW):
        mara.page.set_viewport_size(viewport)
        mara.page.goto(room)
        mara.expect_live()
        expect_fits(mara.page)
        for path in OWN_PAGES:
            assert mara.page.goto(path).status == 200
            expect(mara.page.locator("main")).to_be_visible()
            mara.page.wait_for_load_state("networkidle")
            expect_fits(mara.page)


def test_pages_of_ones_own_lead_strangers_to_the_sign_in(watcher):
    ana = watcher("Ana")
    for path in OWN_PAGES:
        ana.page.goto(path)
        assert "/login?next=" in ana.page.url


def test_a_page_that_is_not_there_has_words(watcher):
    ana = watcher("Ana")
    ana.forgive("404")
    assert ana.page.goto("/nothing-here").status == 404
    expect(ana.page.get_by_role("heading", level=1)).to_be_visible()
    expect_fits(ana.page)


def test_an_account_is_made_used_and_left(watcher):
    mara = watcher("Mara")
    mara.page.goto("/register")
    mara.page.get_by_label("Username").fill("mara-e2e")
    mara.page.locator("input[type=password]").fill("a rabbit in step 7")
    mara.page.locator("form button:not([type=button])").last.click()
    mara.page.wait_for_url("**/home")
    mara.page.get_by_role("button", name="New room").first.click()
    mara.page.get_by_label("Name", exact=True).fill("Sunday Rabbit Club")
    mara.page.get_by_role("button", name="Open the room").click()
    mara.page.wait_for_url("**/r/*")
    mara.expect_live()
    mara.page.goto("/home")
    expect(mara.page.get_by_role("link", name="Sunday Rabbit Club").first).to_be_visible()


def test_another_theme_is_there_at_once_where_nothing_may_move(watcher):
    page = watcher("Mara", reduced_motion="reduce", color_scheme="dark").page
    page.goto("/login")
    colour = "getComputedStyle(document.querySelector(one)).color"
    seen = f"() => ['h1', '.dim', '.i'].map((one) => {colour})"
    dark = page.evaluate(seen)
    page.evaluate("() => { document.documentElement.dataset.theme = 'light'; }")
    light = page.evaluate(seen)
    assert not set(dark) & set(light)
    page.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    assert page.evaluate(seen) == dark
