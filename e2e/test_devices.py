"""Microphones that go and come, are refused, or are too many: the call goes on, and says so."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from bench import talk
from bench.talk import energy_over, expect_links, gather, heard, join
from syncwatch.tests.stack import Stack

# More than the whole suite's twelve minutes have room for.
pytestmark = pytest.mark.long

HOOK = Path(__file__).with_name("devices_hook.js").read_text()
FIRST, SECOND, USUAL = "Fake Audio Input 1", "Fake Audio Input 2", "Default"
SETTINGS = "[aria-label='Voice settings']:visible"


@pytest.fixture
def talkers(talking_browser):
    """`talkers(url, "Mara", "Ana")`: people whose microphones can be unplugged."""
    made = []

    def open_some(url, *names):
        fresh = [talk.talker(talking_browser, url, name) for name in names]
        for each in fresh:
            each.page.add_init_script(HOOK)
            # with it devices keep their names also while none of them is open
            each.page.context.grant_permissions(["microphone"])
        made.extend(fresh)
        gather(fresh, url)
        return fresh

    yield open_some
    talk.part(made)


@pytest.fixture
def small_stack():
    """A product where two may talk."""
    with Stack(RATE_LIMIT_FACTOR="100", VOICE_MAX_PEERS="2") as running:
        yield running


@pytest.fixture
def pair(stack, talkers):
    mara, ana = talkers(stack.url, "Mara", "Ana")
    join(mara, ana)
    expect_links(mara, 1)
    expect_links(ana, 1)
    return mara, ana


def picker(one):
    return one.page.get_by_label("Microphone", exact=True)


def unplug(one, *names):
    one.page.evaluate("names => unplug(...names)", names)


def expect_open(one, label):
    """This microphone, and no other, is open."""
    one.page.wait_for_function(
        "label => openMicrophones().length === 1 && openMicrophones()[0].includes(label)",
        arg=label,
    )


def test_another_microphone_takes_over_and_the_chosen_one_comes_back(pair):
    mara, ana = pair
    [line] = heard(ana)
    mara.page.locator(SETTINGS).click()
    picker(mara).select_option(label=FIRST)
    expect_open(mara, FIRST)

    unplug(mara, FIRST)
    expect(mara.page.locator(".toasts")).to_contain_text("Another one took its place")
    expect_open(mara, USUAL)
    expect(picker(mara).locator("option", has_text=FIRST)).to_have_count(0)
    expect(mara.page.locator("[data-dialog=voice]")).to_contain_text("not plugged in")
    assert energy_over(ana) > 0.0005, "the other one is heard"

    mara.page.evaluate("name => plugIn(name)", FIRST)
    expect_open(mara, FIRST)
    expect(picker(mara).locator("option:checked")).to_have_text(FIRST)
    assert energy_over(ana) > 0.0005, "and the chosen one again"
    assert [each["number"] for each in heard(ana)] == [line["number"]], "over the same line"


def test_without_any_microphone_one_listens_until_one_is_there(pair):
    mara, ana = pair
    [line] = heard(mara)
    tile = ana.page.locator("[data-dock] [data-member]", has_text="Mara")
    unplug(mara, USUAL, FIRST, SECOND)
    expect(mara.page.locator(".toasts")).to_contain_text("You can still listen")
    expect(tile).to_contain_text("Muted")
    assert energy_over(mara) > 0.0005, "the others are heard"
    assert energy_over(ana) < 1e-6
    expect(mara.page.get_by_role("button", name="No microphone. Try again")).to_be_visible()

    mara.page.evaluate("name => plugIn(name)", SECOND)
    expect_open(mara, SECOND)
    expect(tile).not_to_contain_text("Muted")
    assert energy_over(ana) > 0.0005
    assert [each["number"] for each in heard(mara)] == [line["number"]], "the call went on"


def test_a_full_call_says_so_and_the_room_goes_on(small_stack, talkers):
    mara, ana, ilya = talkers(small_stack.url, "Mara", "Ana", "Ilya")
    join(mara, ana)
    ilya.page.locator(talk.JOIN).click()
    expect(ilya.page.locator(".toasts")).to_contain_text("2 people talk here already")
    expect(ilya.page.locator(talk.JOIN)).to_be_enabled()
    assert ilya.page.evaluate("() => openMicrophones()") == [], "the microphone is given back"
    ilya.say("I only listen, then")
    mara.expect_message("I only listen, then")
    expect_links(mara, 1)
    ana.page.locator("[data-voice-leave]:visible").click()
    join(ilya)
    expect_links(ilya, 1)
