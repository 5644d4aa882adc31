"""Fingers on the film of a phone: taps show the controls and jump; a mouse clicks as on a desk."""

import pytest
from playwright.sync_api import expect

from e2e import looks
from e2e.watcher import until

pytestmark = pytest.mark.timing

PHONE = {"viewport": looks.PHONE, "has_touch": True, "is_mobile": True}
FILM = ".stage [data-film]"
IDLE = "() => document.querySelector('.stage [data-film]').classList.contains('is-idle')"
ASKED = """() => {
  globalThis.asked = [];
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (text) {
    const { type } = JSON.parse(text);
    if (["sync:seek", "sync:play", "sync:pause"].includes(type)) asked.push(type);
    return send.call(this, text);
  };
}"""
SO_FAR = "() => asked.splice(0)"
AT = "() => syncwatch.room.timeline.position"


class Finger:
    """Real touches, as the browser's own input gives them to a page."""

    def __init__(self, page):
        self.page = page
        self.input = page.context.new_cdp_session(page)

    def tap(self, share, times=1, height=0.3):
        """On the film, at a share of its width; several taps are 150 ms apart."""
        box = self.page.locator(FILM).bounding_box()
        point = {"x": box["x"] + box["width"] * share, "y": box["y"] + box["height"] * height}
        began_s = self.now_s()
        for at_s in (began_s + 0.15 * nth for nth in range(times)):
            self.send("touchStart", at_s, point)
            self.send("touchEnd", at_s + 0.04)

    def now_s(self):
        return self.page.evaluate("() => Date.now() / 1000")

    def send(self, kind, at_s, *points):
        event = {"type": kind, "touchPoints": list(points), "timestamp": at_s}
        self.input.send("Input.dispatchTouchEvent", event)


def test_fingers_on_a_phone(evening):
    mara = evening.host(film="paused", script=f"({ASKED})()", **PHONE)
    for step in (
        a_swipe_is_no_tap,
        taps_on_a_side_are_one_jump_with_a_sign,
        the_page_is_as_wide_as_the_phone_wherever_the_film_is,
        one_tap_shows_and_hides_the_controls_at_once,
        controls_of_a_paused_film_stay_in_sight_and_can_be_pressed,
        held_sideways_the_controls_are_in_sight_and_the_chat_beside_them,
    ):
        stand_in_the_middle(mara)
        step(mara)


def stand_in_the_middle(mara):
    """The film is paused there, and nothing was asked yet."""
    page = mara.page
    if not page.evaluate("() => syncwatch.room.timeline.paused"):
        page.keyboard.press("k")
    mara.expect_paused()
    page.keyboard.press("5")
    until(page, "not in the middle", lambda: page.evaluate(AT) == pytest.approx(30, abs=1))
    page.evaluate(SO_FAR)


def one_tap_shows_and_hides_the_controls_at_once(mara):
    page, finger = mara.page, Finger(mara.page)
    page.locator("[data-play-toggle]").tap()
    mara.expect_playing()
    page.wait_for_function(IDLE)  # they step back by themselves
    finger.tap(0.5, height=0.5)  # where pause would be: what is not seen is not pressed
    assert not page.evaluate(IDLE)
    finger.tap(0.1)
    assert page.evaluate(IDLE), "no waiting for a second tap"
    page.wait_for_timeout(700)  # longer than a jump waits for one more tap
    assert page.evaluate(SO_FAR) == ["sync:play"]


def controls_of_a_paused_film_stay_in_sight_and_can_be_pressed(mara):
    page, finger = mara.page, Finger(mara.page)
    finger.tap(0.5, height=0.1)
    expect(page.locator("[data-deck]")).to_have_css("opacity", "1")
    finger.tap(0.5, height=0.5)
    mara.expect_playing()


def taps_on_a_side_are_one_jump_with_a_sign(mara):
    page, finger = mara.page, Finger(mara.page)
    at = page.evaluate(AT)
    finger.tap(0.1, times=2)
    sign = page.locator(".leap")
    expect(sign).to_have_text("−10 s")
    until(page, "no jump", lambda: page.evaluate(AT) == pytest.approx(at - 10, 0.05))
    expect(sign).to_be_hidden()
    assert not page.evaluate(IDLE), "the controls are as they were"
    finger.tap(0.9, times=4)
    expect(sign).to_have_text("+30 s")
    until(page, "no long jump", lambda: page.evaluate(AT) == pytest.approx(at + 20, 0.05))
    assert page.evaluate(SO_FAR) == ["sync:seek"] * 2


def the_page_is_as_wide_as_the_phone_wherever_the_film_is(mara):
    page = mara.page
    page.keyboard.press("9")
    until(page, "not at the ninth tenth", lambda: page.evaluate(AT) == pytest.approx(54, abs=1))
    assert page.evaluate("() => innerWidth") == PHONE["viewport"]["width"]


def held_sideways_the_controls_are_in_sight_and_the_chat_beside_them(mara):
    page = mara.page
    page.set_viewport_size({"width": 844, "height": 390})
    deck = page.locator("[data-deck]")
    expect(deck).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Show chat").click()
    side = page.locator("aside[data-side]")
    expect(side).to_be_in_viewport(ratio=1)
    below = deck.bounding_box()["y"]
    assert side.bounding_box()["y"] + side.bounding_box()["height"] <= below


def a_swipe_is_no_tap(mara):
    page, finger = mara.page, Finger(mara.page)
    box = page.locator(FILM).bounding_box()
    began_s = finger.now_s()
    for step, kind in enumerate(["touchStart", "touchMove", "touchMove"]):
        point = {"x": box["x"] + 40, "y": box["y"] + 40 + 40 * step}
        finger.send(kind, began_s + 0.05 * step, point)
    finger.send("touchEnd", began_s + 0.2)
    assert not page.evaluate(IDLE)
    style = page.locator(FILM).evaluate("(film) => getComputedStyle(film).touchAction")
    assert style == "manipulation"


def test_who_may_not_control_is_told_at_the_second_tap(evening):
    evening.host(film="paused", control="owner")
    ana = evening.guest("Ana", script=f"({ASKED})()", **PHONE)
    expect(ana.page.locator("[data-deck]")).to_be_visible()
    finger = Finger(ana.page)
    finger.tap(0.1)
    expect(ana.page.locator(".toast")).to_have_count(0)
    ana.page.wait_for_timeout(400)
    finger.tap(0.1, times=2)
    expect(ana.page.locator(".toast")).to_contain_text("Only Mara can give you the remote")
    expect(ana.page.locator(".leap")).to_be_hidden()
    ana.page.wait_for_timeout(700)
    assert ana.page.evaluate(SO_FAR) == []


def test_a_mouse_plays_by_one_click_and_fills_the_screen_by_two(evening):
    mara = evening.host(film="playing")
    box = mara.page.locator(FILM).bounding_box()
    x, y = box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.3
    mara.page.mouse.click(x, y)
    mara.expect_paused()
    before = mara.page.evaluate("() => syncwatch.room.timeline.seq")
    mara.page.mouse.dblclick(x, y)
    view = "() => document.querySelector('[data-room]').dataset.view"
    until(mara.page, "no full screen", lambda: mara.page.evaluate(view) == "full")
    mara.page.wait_for_timeout(400)
    assert mara.page.evaluate("() => syncwatch.room.timeline.seq") == before, "nobody was disturbed"
