"""The focus is seen, comes back, and walks the room in the order one looks at it."""

import pytest
from playwright.sync_api import expect

LOOK = """() => {
  const at = document.activeElement;
  const {outlineStyle, outlineWidth, outlineColor, boxShadow} = getComputedStyle(at);
  const host = at.closest('.field, .composer, .code, .seg label') ?? at;
  const ring = getComputedStyle(host);
  const over = getComputedStyle(at, '::after'); // a whole card that is one link
  const seen = [outlineStyle, ring.outlineStyle, over.outlineStyle].some((s) => s !== 'none')
    || ring.boxShadow !== 'none' && host !== at || at.matches('body, dialog, main, section, aside');
  const place = at.closest(
    '.deck, .caption, .dock-row, [role=tablist], .panel-chat, .room-head, .skip');
  return {
    seen,
    what: at.outerHTML.slice(0, 120),
    place: place?.className || place?.getAttribute('role') || at.tagName,
    skip: at.matches('.skip'),
  };
}"""


def walk(page, presses):
    found = []
    for _ in range(presses):
        page.keyboard.press("Tab")
        found.append(page.evaluate(LOOK))
    return found


@pytest.mark.parametrize("scheme", ["dark", pytest.param("light", marks=pytest.mark.long)])
def test_the_focus_comes_back_and_is_seen_everywhere(evening, scheme):
    mara = evening.host(color_scheme=scheme)
    the_focus_comes_back_from_menus_and_sheets(mara.page)
    for path in [mara.page.url, "/home", "/videos", "/account", "/"]:
        mara.page.goto(path)
        mara.page.wait_for_load_state("networkidle")
        unseen = [each["what"] for each in walk(mara.page, 26) if not each["seen"]]
        assert not unseen, (path, unseen)


def test_beside_a_film_that_stands(evening):
    mara = evening.host(film="paused")
    the_room_is_walked_from_the_film_to_the_chat(mara)
    a_menu_made_by_its_first_press_stands_beside_its_button(mara.page)


def the_room_is_walked_from_the_film_to_the_chat(mara):
    expect(mara.page.locator("[data-deck]")).to_be_visible()
    places = []
    for each in walk(mara.page, 30):
        name = each["place"].split()[0]
        if not places or places[-1] != name:
            places.append(name)
    way = ["skip", "room-head", "deck", "caption", "dock-row", "seg", "panel-chat"]
    assert places[: len(way)] == way, places


def test_skip_links_lead_to_the_film_and_to_the_chat(evening):
    mara = evening.host(film="playing")
    page = mara.page
    page.keyboard.press("Tab")
    for _ in range(60):
        if page.evaluate(LOOK)["skip"]:
            break
        page.keyboard.press("Shift+Tab")
    else:
        pytest.fail("no skip link is reached by keys")
    page.get_by_role("link", name="Skip to the film").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#film")).to_be_focused()
    page.keyboard.press("Tab")  # to the sound, where the browser keeps it back, else the player's
    expect(page.locator("#film button:focus")).to_be_visible()
    page.get_by_role("link", name="Skip to the chat").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("tab", name="Chat")).to_be_focused()


def the_focus_comes_back_from_menus_and_sheets(page):
    menu = page.get_by_role("button", name="Room menu")
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    for name in ["Invite people", "Room settings", "Keys"]:
        page.keyboard.press("Enter")
        expect(page.get_by_role("menuitem").first).to_be_focused()
        page.get_by_role("menuitem", name=name).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(menu).to_be_focused()
    invite = page.get_by_role("button", name="Invite people").first
    invite.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(invite).to_be_focused()


def a_menu_made_by_its_first_press_stands_beside_its_button(page):
    page.get_by_role("tab", name="Queue").click()
    button = page.get_by_role("button", name="More about Sunday rabbit")
    button.click()
    expect(page.get_by_role("menuitem", name="Play now")).to_be_focused()
    anchor = button.bounding_box()
    menu = page.locator(".menu:popover-open").bounding_box()  # may still be growing
    assert menu["y"] == pytest.approx(anchor["y"] + anchor["height"] + 8, abs=8)
    assert menu["x"] + menu["width"] == pytest.approx(anchor["x"] + anchor["width"], abs=8)
