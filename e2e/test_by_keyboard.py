"""From the landing page to talking in a room, and back, without ever touching a mouse."""

import re

import pytest
from playwright.sync_api import expect

from bench import talk
from bench.talk import expect_links

AT = """(words) => {
  const at = document.activeElement;
  const name = at.getAttribute('aria-label') ?? at.innerText ?? '';
  return at !== document.body && name.trim().startsWith(words);
}"""
STOPS_AT_MOST = 90


def tab_to(page, words, *, back=False):
    """Press Tab until what has the focus is called so."""
    for _ in range(STOPS_AT_MOST):
        if page.evaluate(AT, words):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"“{words}” is never reached by Tab")


def start(page, url, name):
    """A room of one's own, from the landing page."""
    page.goto(url)
    tab_to(page, "Start a room")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your name")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def invite(page):
    """The address of an invitation, out of the room's menu."""
    tab_to(page, "Room menu")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Invite people")).to_be_focused()
    page.keyboard.press("Enter")
    link = page.locator("[data-invite-link]")
    expect(link).to_have_value(re.compile(r"/i/"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Room menu")).to_be_focused()
    return link.input_value()


def step_in(page, address, name):
    page.goto(address)
    expect(page.get_by_label("Your name")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def leave(page):
    tab_to(page, "Room menu", back=True)
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    expect(page.get_by_role("menuitem", name="Leave room")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/home")


@pytest.fixture
def two(stack, talking_browser):
    """Two people at their keyboards; nothing is open yet."""
    made = [talk.talker(talking_browser, stack.url, name) for name in ("Mara", "Ana")]
    yield made
    talk.part(made)


def test_from_the_landing_page_to_talking(stack, two):
    mara, ana = two
    start(mara.page, stack.url, "Mara")
    mara.expect_live()
    step_in(ana.page, invite(mara.page), "Ana")
    ana.expect_live()
    for one in two:
        tab_to(one.page, "Join voice")
        one.page.keyboard.press("Enter")
    for one in two:
        expect_links(one, 1)
    page = mara.page
    page.keyboard.press("Shift+M")
    expect(page.locator("[data-voice-mute]:visible")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("/")
    page.keyboard.type("can you hear me?")
    page.keyboard.press("Enter")
    ana.expect_message("can you hear me?")
    tab_to(page, "Leave voice", back=True)
    page.keyboard.press("Enter")
    expect(page.locator("[data-voice-join]:visible")).to_be_visible()
    leave(page)
