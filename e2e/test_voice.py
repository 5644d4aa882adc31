"""Talking while the film plays: real browsers, real WebRTC, a tone for a voice."""

import os
import re
import signal

import pytest
from playwright.sync_api import expect

from bench import talk
from bench.talk import energy_over, expect_links, gather, heard, join

pytestmark = pytest.mark.timing


@pytest.fixture
def room_of(stack, talking_browser):
    """`room_of("Mara", "Ana")`: people with a microphone in one room; the first one hosts it."""
    made = []

    def open_one(*names):
        fresh = [talk.talker(talking_browser, stack.url, name) for name in names]
        made.extend(fresh)
        gather(fresh, stack.url)
        return fresh

    yield open_one
    talk.part(made)


SEEN = """([name, words]) =>
  [...document.querySelectorAll("[data-dock] [data-member]")]
    .some(({ textContent }) => textContent.includes(name) && textContent.includes(words))"""


def expect_talking(one, name):
    """The tone beeps for a moment each second: looked for at every frame, not now and then."""
    one.page.wait_for_function(SEEN, arg=[name, "Talking"], timeout=10_000)


def test_two_people_in_a_call(room_of):
    mara, ana = room_of("Mara", "Ana")
    join(mara, ana)
    they_hear_each_other_and_see_who_talks(mara, ana)
    who_is_muted_is_heard_while_the_key_or_the_button_is_held(mara, ana)
    a_host_takes_somebody_out_and_asks_all_to_mute(mara, ana)


def they_hear_each_other_and_see_who_talks(mara, ana):
    expect_links(mara, 1)
    expect_links(ana, 1)
    assert energy_over(ana) > 0.001
    expect_talking(ana, "Mara")


def who_is_muted_is_heard_while_the_key_or_the_button_is_held(mara, ana):
    mara.page.locator("[data-voice-mute]:visible").click()
    tile = ana.page.locator("[data-dock] [data-member]", has_text="Mara")
    expect(tile).to_contain_text("Muted")
    ana.page.wait_for_timeout(500)
    assert energy_over(ana) < 1e-6
    mara.page.keyboard.down("v")
    expect_talking(ana, "Mara")
    assert energy_over(ana) > 0.001
    mara.page.keyboard.up("v")
    expect(tile).to_contain_text("Muted")

    # a window that loses the keys lets go, though the key is down
    mara.page.keyboard.down("v")
    expect_talking(ana, "Mara")
    mara.page.evaluate("() => dispatchEvent(new Event('blur'))")
    expect(tile).to_contain_text("Muted")
    mara.page.keyboard.up("v")

    # the button, also when the pointer leaves it before it lets go
    hold = mara.page.locator("[data-voice-hold]:visible")
    hold.hover()
    mara.page.mouse.down()
    expect(hold).to_have_class(re.compile("is-held"))
    mara.page.mouse.move(5, 5)
    expect_talking(ana, "Mara")
    assert energy_over(ana) > 0.001
    mara.page.mouse.up()
    expect(tile).to_contain_text("Muted")
    ana.page.wait_for_timeout(500)
    assert energy_over(ana) < 1e-6


def test_four_people_have_a_line_to_each_of_the_others(room_of):
    people = room_of("Mara", "Ana", "Ilya", "Jonas")
    join(*people)
    for each in people:
        expect_links(each, 3)
    people[3].page.locator("[data-voice-leave]:visible").click()
    for each in people[:3]:
        expect_links(each, 2)


def test_a_lost_line_to_the_server_ends_no_call(room_of, stack):
    mara, ana = room_of("Mara", "Ana")
    join(mara, ana)
    expect_links(ana, 1)
    for name in ("web", "web-2"):
        os.kill(stack.pid_of(name), signal.SIGKILL)
    ana.page.wait_for_function(
        "() => document.querySelector('[data-link-state]').dataset.state !== 'live'"
    )
    assert energy_over(ana, 1) > 0.0005, "the voice goes on without a server"
    for each in (mara, ana):
        each.expect_live(within_s=30)
    expect_links(ana, 1)
    assert len(heard(ana)) == 1, "it is the same connection still"
    expect_talking(ana, "Mara")
    for each in (mara, ana):
        each.forgive("WebSocket")
        each.forgive("ERR_CONNECTION")


def a_host_takes_somebody_out_and_asks_all_to_mute(mara, ana):
    mara.page.locator("[aria-label='Voice settings']:visible").click()
    mara.page.get_by_role("button", name="Ask everyone to mute").click()
    expect(ana.page.locator(".toasts")).to_contain_text("asks everyone to mute")
    expect(ana.page.locator("[data-voice-mute]:visible")).to_have_attribute("aria-pressed", "true")
    mara.page.keyboard.press("Escape")
    mara.page.get_by_role("tab", name="People").click()
    mara.page.get_by_role("button", name="More about Ana").click()
    mara.page.get_by_role("menuitem", name="Take out of the call").click()
    expect(ana.page.locator(".toasts")).to_contain_text("A moderator took you out of the call")
    expect(ana.page.locator("[data-voice-join]:visible")).to_be_visible()


def test_without_permission_one_listens_and_is_told_so(
    stack, browser_type, browser_type_launch_args, room_of
):
    """Nothing waits for the microphone, and nothing else stops for want of it."""
    [mara] = room_of("Mara")
    join(mara)
    refusing = [flag for flag in talk.FLAGS if "fake-ui" not in flag]
    flags = [*browser_type_launch_args["args"], *refusing, "--deny-permission-prompts"]
    browser = browser_type.launch(**browser_type_launch_args | {"args": flags})
    ana = talk.talker(browser, stack.url, "Ana")
    ana.enter_by(mara.invite_link())
    ana.page.locator(talk.JOIN).click()
    expect(ana.page.locator(".toasts")).to_contain_text("You can listen meanwhile")
    expect_links(ana, 1)
    expect(mara.page.locator("[data-dock] [data-member]", has_text="Ana")).to_contain_text("Muted")
    ana.expect_no_complaints()
    browser.close()
