"""What one sees and hears of a call: bars of each line, the strip on a phone, the joining sound."""

import re

import pytest
from playwright.sync_api import expect

from bench import talk
from bench.talk import expect_links, gather, join

# More than the whole suite's twelve minutes have room for.
pytestmark = pytest.mark.long

COUNT_NOTES = """(() => {
  const start = OscillatorNode.prototype.start;
  globalThis.notes = 0;
  OscillatorNode.prototype.start = function (...args) {
    globalThis.notes += 1;
    return start.apply(this, args);
  };
})()"""
LEAVE = "[data-voice-leave]:visible"


@pytest.fixture
def friends(stack, talking_browser):
    mara, ana = (talk.talker(talking_browser, stack.url, name) for name in ("Mara", "Ana"))
    mara.page.add_init_script(COUNT_NOTES)
    gather([mara, ana], stack.url)
    yield mara, ana
    talk.part([mara, ana])


def test_each_line_has_bars_with_words(friends):
    mara, ana = friends
    join(mara, ana)
    expect_links(mara, 1)
    bars = mara.page.locator("[data-dock] [data-member]", has_text="Ana").locator("[data-bars]")
    expect(bars).to_have_attribute("aria-label", re.compile(r"^\w+ connection · \d+ ms"))
    expect(bars.locator("title")).to_have_text(re.compile(r"connection"))
    mara.page.get_by_role("tab", name="People").click()
    own = mara.page.locator("[data-people] [data-person]", has_text="Mara").locator("[data-bars]")
    expect(own).to_have_attribute("aria-label", re.compile(r"^Your line: \w+ connection"))
    ana.page.locator(LEAVE).click()
    expect(mara.page.locator("[data-bars]")).to_have_count(0)


def test_on_a_phone_the_strip_stands_above_the_composer_on_every_tab(friends):
    mara, ana = friends
    join(mara, ana)
    mara.page.set_viewport_size({"width": 390, "height": 844})
    strip = mara.page.locator(".voice-strip")
    composer = mara.page.locator("[data-chat-form]")
    box, below = strip.bounding_box(), composer.bounding_box()
    assert box["y"] + box["height"] <= below["y"]
    for tab in ("People", "Queue"):
        mara.page.get_by_role("tab", name=tab).click()
        expect(composer).to_be_hidden()
        box = strip.bounding_box()
        assert box["y"] + box["height"] == 844
    mara.page.get_by_role("tab", name="Chat").click()
    expect(composer).to_be_visible()
    hold = strip.locator("[data-voice-hold]")
    expect(hold).to_be_hidden()
    strip.locator("[data-voice-mute]").click()
    expect(hold).to_be_visible()
    strip.locator("[data-voice-crowd]").click()
    expect(mara.page.locator("[data-people]")).to_be_visible()


def expect_notes(one, count):
    one.page.wait_for_function("count => globalThis.notes === count", arg=count)


def test_a_sound_tells_who_comes_and_goes_unless_it_is_not_wanted(friends):
    mara, ana = friends
    join(mara)
    mara.page.wait_for_timeout(1100)  # the first second is quiet
    join(ana)
    expect_notes(mara, 2)
    mara.page.wait_for_timeout(1100)
    ana.page.locator(LEAVE).click()
    expect_notes(mara, 4)
    mara.page.wait_for_timeout(1100)
    mara.page.locator("[data-voice-deafen]:visible").click()
    join(ana)
    mara.page.wait_for_function("() => syncwatch.room.voice.peers.length === 2")
    mara.page.locator("[data-voice-deafen]:visible").click()
    mara.page.locator("[aria-label='Voice settings']:visible").click()
    mara.page.get_by_role("switch", name="Sound when somebody comes or goes").click()
    ana.page.locator(LEAVE).click()
    mara.page.wait_for_function("() => syncwatch.room.voice.peers.length === 1")
    expect_notes(mara, 4)
