"""Nothing moves under one's finger while a page comes."""

import pytest
from playwright.sync_api import expect

from bench.pages import HOOK, visits
from e2e.looks import AT_REST, DESK, PHONE
from e2e.register.own import settle

SHIFT_AT_MOST = 0.01


@pytest.mark.long
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_shifts_while_it_comes(cast, viewport):
    gathered = cast(viewport=viewport)
    shifts = {}
    for visit in visits(gathered):
        if visit.path == "/one-line":
            continue
        page = gathered.stranger()
        page.context.add_init_script(HOOK)
        if visit.person is not None:
            page.context.add_cookies(visit.person.cookies(gathered.stack.url))
        page.goto(visit.path)
        settle(page)
        if visit.name == "room":
            expect(page.locator("[data-link-state]")).to_contain_text("Live")
        page.evaluate(AT_REST)
        shifts[visit.name] = page.evaluate("() => __pagesBench.look().shift")
        page.context.close()
    assert set(shifts) >= {"landing", "login", "home", "videos", "account", "room"}
    assert {name: by for name, by in shifts.items() if by >= SHIFT_AT_MOST} == {}
