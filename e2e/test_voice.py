"""Talking while the film plays: real browsers, real WebRTC, a tone for a voice."""

import os
import signal

import pytest
from playwright.sync_api import expect

from e2e.conftest import FLAGS
from e2e.watcher import Watcher

TALK = [
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
]
# What came in over all connections since the page was opened: bytes, and the energy of the sound.
WATCH = """
(() => {
  const made = [];
  const Plain = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Plain {
    constructor(...args) { super(...args); made.push(this); }
  };
  globalThis.heardOf = async () => {
    const open = made.filter((pc) => pc.connectionState === "connected");
    const found = [];
    for (const pc of open) {
      const inbound = [...(await pc.getStats()).values()].find(
        ({ type, kind }) => type === "inbound-rtp" && kind === "audio");
      found.push({ bytes: inbound?.bytesReceived ?? 0, energy: inbound?.totalAudioEnergy ?? 0,
                   packets: inbound?.packetsReceived ?? 0 });
    }
    return found;
  };
})();
"""


@pytest.fixture(scope="module")
def talking_browser(browser_type, browser_type_launch_args):
    arguments = browser_type_launch_args | {"args": [*FLAGS, *TALK]}
    browser = browser_type.launch(**arguments)
    yield browser
    browser.close()


@pytest.fixture
def talker(stack, talking_browser):
    """`talker("Mara")`: a person with a microphone in a browser profile of their own."""
    made, contexts = [], []

    def open_one(name, **context):
        contexts.append(talking_browser.new_context(base_url=stack.url, **context))
        page = contexts[-1].new_page()
        page.add_init_script(WATCH)
        made.append(Watcher(page, name))
        return made[-1]

    yield open_one
    for each in made:
        each.expect_no_complaints()
    for context in contexts:
        context.close()


def join(*talkers):
    for each in talkers:
        each.page.locator("[data-voice-join]:visible").click()
        expect(each.page.locator("[data-voice-mute]:visible")).to_be_visible(timeout=10_000)


def expect_links(one, count, within_s=20):
    """So many connections on which sound comes in."""
    for _ in range(within_s * 10):
        alive = [each for each in heard(one) if each["energy"] > 0]
        if len(alive) == count:
            return
        one.page.wait_for_timeout(100)
    raise AssertionError(f"{one.name} hears {len(alive)} instead of {count}: {heard(one)}")


def heard(one):
    return one.page.evaluate("() => heardOf()")


def energy_over(one, seconds=2):
    """How much sound comes in over a while."""
    before = sum(each["energy"] for each in heard(one))
    one.page.wait_for_timeout(seconds * 1000)
    return sum(each["energy"] for each in heard(one)) - before


def room_of(talker, *names):
    """People in one room; the first of them hosts it."""
    people = [talker(name) for name in names]
    people[0].start_room()
    link = people[0].invite_link()
    for each in people[1:]:
        each.enter_by(link)
    people[0].expect_people(len(people))
    return people


def test_two_people_hear_each_other_and_see_who_talks(talker):
    mara, ana = room_of(talker, "Mara", "Ana")
    join(mara, ana)
    expect_links(mara, 1)
    expect_links(ana, 1)
    assert energy_over(ana) > 0.001
    tile = ana.page.locator("[data-dock] [data-member]", has_text="Mara")
    expect(tile).to_contain_text("Talking", timeout=10_000)


def test_who_is_muted_is_not_heard_but_with_the_key_held(talker):
    mara, ana = room_of(talker, "Mara", "Ana")
    join(mara, ana)
    expect_links(ana, 1)
    mara.page.locator("[data-voice-mute]:visible").click()
    tile = ana.page.locator("[data-dock] [data-member]", has_text="Mara")
    expect(tile).to_contain_text("Muted")
    ana.page.wait_for_timeout(500)
    assert energy_over(ana) < 1e-6
    mara.page.keyboard.down("v")
    expect(tile).to_contain_text("Talking")
    assert energy_over(ana) > 0.001
    mara.page.keyboard.up("v")
    expect(tile).to_contain_text("Muted")


def test_four_people_have_a_line_to_each_of_the_others(talker):
    people = room_of(talker, "Mara", "Ana", "Ilya", "Jonas")
    join(*people)
    for each in people:
        expect_links(each, 3)
    people[3].page.locator("[data-voice-leave]:visible").click()
    for each in people[:3]:
        expect_links(each, 2)


def test_a_lost_line_to_the_server_ends_no_call(talker, stack):
    mara, ana = room_of(talker, "Mara", "Ana")
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
    expect(ana.page.locator("[data-dock] [data-member]", has_text="Mara")).to_contain_text(
        "Talking"
    )
    for each in (mara, ana):
        each.forgive("WebSocket")
        each.forgive("ERR_CONNECTION")


def test_a_host_takes_somebody_out_and_asks_all_to_mute(talker):
    mara, ana = room_of(talker, "Mara", "Ana")
    join(mara, ana)
    expect_links(mara, 1)
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
    stack, browser_type, browser_type_launch_args, talker
):
    """Nothing waits for the microphone, and nothing else stops for want of it."""
    mara = talker("Mara")
    mara.start_room()
    join(mara)
    refusing = [flag for flag in TALK if "fake-ui" not in flag]
    browser = browser_type.launch(
        **browser_type_launch_args | {"args": [*FLAGS, *refusing, "--deny-permission-prompts"]}
    )
    page = browser.new_context(base_url=stack.url).new_page()
    page.add_init_script(WATCH)
    ana = Watcher(page, "Ana")
    ana.enter_by(mara.invite_link())
    page.locator("[data-voice-join]:visible").click()
    expect(page.locator(".toasts")).to_contain_text("You can listen meanwhile")
    expect_links(ana, 1)
    expect(mara.page.locator("[data-dock] [data-member]", has_text="Ana")).to_contain_text("Muted")
    ana.expect_no_complaints()
    browser.close()
