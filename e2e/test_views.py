"""How much of the window the film takes, and what floats over it then."""

import re

from playwright.sync_api import expect

from e2e.looks import DESK


def box_of(one, selector):
    return one.page.locator(selector).bounding_box()


def test_theatre_makes_the_film_larger_and_the_chat_floats_over_it(evening):
    mara = evening.host(film="paused", viewport=DESK)
    before = box_of(mara, ".stage [data-film]")
    mara.page.keyboard.press("t")
    expect(mara.page.locator("[data-room]")).to_have_attribute("data-view", "theatre")
    after = box_of(mara, ".stage [data-film]")
    assert after["width"] > before["width"] * 1.3
    assert after["height"] > before["height"] * 1.3
    expect(mara.page.locator("[data-side]")).to_be_hidden()
    mara.page.keyboard.press("/")
    expect(mara.page.locator("[data-chat-input]")).to_be_focused()
    side, deck = box_of(mara, "[data-side]"), box_of(mara, "[data-deck]")
    assert side["x"] > 1440 / 2
    assert side["y"] + side["height"] <= deck["y"], "the controls stay free"
    mara.page.locator("[data-chat-toggle]").click()
    expect(mara.page.locator("[data-side]")).to_be_hidden()


def test_around_a_film_that_plays(evening):
    mara = evening.host(film="playing", viewport=DESK)
    the_light_behind_the_film_is_blurred_once_and_not_for_every_picture(mara)
    in_full_screen_the_slash_writes_again_and_never_hides(mara)


def in_full_screen_the_slash_writes_again_and_never_hides(mara):
    mara.page.keyboard.press("f")
    room = mara.page.locator("[data-room]")
    expect(room).to_have_attribute("data-view", "full")
    mara.page.keyboard.press("k")
    mara.expect_paused()
    mara.page.locator("[data-deck] [data-menu=player]").click()
    mara.page.get_by_role("menuitemradio", name="1.5×").click()  # a menu can be used here, too
    mara.expect_told("You set the speed to 1.5×")
    for _ in range(2):
        mara.page.keyboard.press("/")
        expect(mara.page.locator("[data-chat-input]")).to_be_focused()
        mara.page.locator("[data-chat-log]").focus()
    expect(mara.page.locator("[data-side]")).to_be_visible()


SIDEWAYS = {"viewport": {"width": 844, "height": 390}, "has_touch": True, "is_mobile": True}


def test_a_phone_on_its_side_keeps_the_room_while_there_is_no_film(evening):
    mara = evening.host(**SIDEWAYS)
    expect(mara.page.locator("[data-room-name]")).to_be_in_viewport()
    mara.page.get_by_role("tab", name="People").tap()
    expect(mara.page.locator("[data-person]")).to_be_visible()


def test_a_phone_on_its_side_is_a_screen_with_controls_in_reach(evening):
    mara = evening.host(film="paused")
    ana = evening.guest("Ana", **SIDEWAYS)
    expect(ana.page.locator("[data-length]")).to_have_text("1:00")
    assert box_of(ana, ".stage [data-film]") == {"x": 0, "y": 0, "width": 844, "height": 390}
    deck = box_of(ana, "[data-deck]")
    assert deck["y"] + deck["height"] <= 390
    mara.say("look at his left ear")
    expect(ana.page.locator('[data-count="chat"]')).to_have_class(re.compile("is-new"))
    ana.page.locator("[data-chat-toggle]").tap()
    side = box_of(ana, "[data-side]")
    assert side["y"] + side["height"] <= deck["y"]
    ana.expect_message("look at his left ear")
    ana.page.locator("[data-play-toggle]").tap()
    expect(ana.page.locator("[data-sign]")).to_contain_text("You pressed play")
    expect(ana.page.locator("[data-sign]")).to_be_empty(timeout=10_000)


LIGHT = """() => {
  const canvas = document.querySelector('canvas[data-ambient]')
  const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  const alpha = (x, y) => data[(y * canvas.width + x) * 4 + 3]
  const [width, height] = [canvas.width, canvas.height]
  return {
    middle: alpha(width / 2, height >> 1), beside: alpha(4, height >> 1), corner: alpha(0, 0),
    filter: getComputedStyle(canvas).filter,
  }
}"""


def the_light_behind_the_film_is_blurred_once_and_not_for_every_picture(mara):
    expect(mara.page.locator("canvas[data-ambient].is-blurred")).to_be_attached()
    mara.page.wait_for_function(f"() => ({LIGHT})().middle > 0")
    light = mara.page.evaluate(LIGHT)
    assert light["filter"] == "none", "a live filter costs a core without a graphics card"
    assert light["middle"] == 255
    assert 0 < light["beside"] < 128, "it fades outside of the picture"
    assert light["corner"] < 8, "no edge is seen where the light ends"
