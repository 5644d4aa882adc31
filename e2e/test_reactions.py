"""Reacting while the film plays: what floats, for whom, and what stands there instead."""

import re

import pytest
from playwright.sync_api import expect

PICK = ".react-pick"
FLOATING = "[data-floats] .float"


@pytest.fixture
def couple(evening):
    """`couple()`: Mara hosts, Ana has come in; `context` is about both browsers."""

    def meet(*, film=None, **context):
        mara, ana = evening.host(film=film, **context), evening.guest("Ana", **context)
        mara.expect_people(2)
        return mara, ana

    return meet


def open_tray(one):
    one.page.keyboard.press("r")
    expect(one.page.get_by_role("toolbar", name="Reactions")).to_be_visible()


def hold_still(one):
    """What floats stays in the air, however slow the machine."""
    one.page.add_style_tag(content=".float { animation-play-state: paused !important }")


def pick(one, name):
    one.page.get_by_role("button", name=re.compile(name)).click()


def test_two_react_at_a_desk(couple):
    mara, ana = couple(bypass_csp=True)
    a_reaction_floats_for_everybody_and_once_for_its_sender(mara, ana)
    the_tray_is_walked_through_by_keys_and_gives_the_focus_back(mara)


def a_reaction_floats_for_everybody_and_once_for_its_sender(mara, ana):
    for one in (mara, ana):
        hold_still(one)
    open_tray(ana)
    pick(ana, "Popcorn")
    expect(mara.page.locator(FLOATING)).to_have_text(["🍿"])
    expect(mara.page.locator("[data-react-said]")).to_have_text("Ana reacted with 🍿")
    expect(ana.page.locator(FLOATING)).to_have_text(["🍿"])
    expect(ana.page.locator("[data-react-said]")).to_have_text("You reacted with 🍿")
    mara.page.locator(FLOATING).evaluate("(one) => one.getAnimations()[0].finish()")
    expect(mara.page.locator(FLOATING)).to_have_count(0)  # it flew away


def the_tray_is_walked_through_by_keys_and_gives_the_focus_back(mara):
    mara.page.locator("[data-chat-log]").focus()
    open_tray(mara)
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "Enter"):
        mara.page.keyboard.press(key)
    expect(mara.page.locator("[data-react-said]")).to_have_text("You reacted with ❤️")
    mara.page.keyboard.press("r")
    expect(mara.page.get_by_role("toolbar", name="Reactions")).to_be_hidden()
    expect(mara.page.locator("[data-chat-log]")).to_be_focused()


def test_where_nothing_may_move_reactions_are_counted(couple):
    mara, ana = couple(reduced_motion="reduce")
    open_tray(mara)
    for _ in range(3):
        pick(mara, "Popcorn")
    expect(ana.page.locator("[data-floats]")).to_have_text("🍿3")
    expect(ana.page.locator(FLOATING)).to_have_count(0)
    expect(ana.page.locator("[data-floats]")).to_be_empty()


def test_drumming_on_a_reaction_sends_few_frames_and_fills_no_screen(watcher):
    sent = []
    mara = watcher("Mara", bypass_csp=True)
    mara.page.on("websocket", lambda ws: ws.on("framesent", lambda frame: sent.append(str(frame))))
    mara.start_room()
    hold_still(mara)
    open_tray(mara)
    mara.page.evaluate(
        "() => { for (let i = 0; i < 200; i++) document.querySelector('.react-pick').click(); }"
    )
    expect(mara.page.locator(FLOATING)).to_have_count(24)
    expect(mara.page.locator("[data-react-said]")).not_to_be_empty()
    assert len([frame for frame in sent if "react:burst" in frame]) <= 3


@pytest.mark.parametrize("view", [pytest.param("theatre", marks=pytest.mark.long), "full"])
def test_reactions_float_in_theatre_and_full_screen_too(couple, view):
    mara, ana = couple(film="playing", bypass_csp=True)
    ana.expect_playing()
    hold_still(ana)
    ana.page.keyboard.press(view[0])
    expect(ana.page.locator("[data-room]")).to_have_attribute("data-view", view)
    ana.page.keyboard.press("k")
    ana.expect_paused()  # so that the controls stay
    ana.wake()
    ana.page.locator("[data-deck] [data-react]").click()
    pick(ana, "Fire")
    size = ana.page.viewport_size
    box = ana.page.locator(FLOATING).bounding_box()
    assert size["width"] / 2 < box["x"] < size["width"]
    assert size["height"] / 2 < box["y"] < size["height"]
    expect(mara.page.locator("[data-react-said]")).to_have_text("Ana reacted with 🔥")


def test_on_a_phone_the_button_is_where_one_writes(couple):
    _, ana = couple(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    button = ana.page.locator("[data-chat-form] [data-react]")
    button.tap()
    tray = ana.page.get_by_role("toolbar", name="Reactions").bounding_box()
    assert tray["x"] >= 0
    assert tray["x"] + tray["width"] <= 390
    assert tray["y"] + tray["height"] <= button.bounding_box()["y"]
    ana.page.get_by_role("button", name=re.compile("Party")).tap()
    expect(ana.page.locator("[data-react-said]")).to_have_text("You reacted with 🎉")
