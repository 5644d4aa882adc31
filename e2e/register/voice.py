"""Talking in a room: before one joins, in the call, its settings, and without a microphone."""

import uuid
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from e2e.register.cast import Cast, Friend, enter
from e2e.register.walk import Stop, walk

# Where nobody has plugged one in: a tone, as loud as a voice.
MICROPHONE = """navigator.mediaDevices.getUserMedia = async () => {
  const context = new AudioContext();
  const made = context.createMediaStreamDestination();
  const tone = context.createOscillator();
  tone.connect(made);
  tone.start();
  return made.stream;
};"""
NO_MICROPHONE = """navigator.mediaDevices.getUserMedia = async () => {
  throw new DOMException('Permission denied', 'NotAllowedError');
};"""
JOIN = "[data-voice-join]:visible"
DOCK = "[data-dock] [data-member]"


@walk(
    "room-voice",
    "voice-others",
    "voice-in-call",
    "voice-muted",
    "voice-person-menu",
    "voice-settings",
    "voice-settings-alone",
    "voice-refused",
)
def voice(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    page.add_init_script(MICROPHONE)
    code = mara.room("Sunday Rabbit Club")
    ana, ilya = cast.friend("Ana", code), cast.friend("Ilya", code)
    _talks(ana)
    _talks(ilya, muted=True)
    enter(page, code)
    expect(page.locator("[data-voice]:visible")).to_contain_text("2 people talk")
    yield Stop("voice-others", page)
    page.locator(JOIN).click()
    expect(page.locator("[data-voice-mute]:visible")).to_be_enabled()
    # Who has no browser is never reached.
    expect(page.locator(DOCK, has_text="Ana")).to_contain_text("Connecting")
    yield Stop("voice-in-call", page)
    page.locator("[data-voice-mute]:visible").click()
    expect(page.locator("[data-voice-hold]:visible")).to_be_enabled()
    yield Stop("voice-muted", page)
    yield from _sheets(page)
    yield from _refused(cast, code)


def _talks(friend: Friend, *, muted: bool = False) -> None:
    friend.request("voice:join", session=str(uuid.uuid4()), muted=muted)


def _sheets(page: Page) -> Iterator[Stop]:
    page.get_by_role("tab", name="People").click()
    page.get_by_role("button", name="More about Ana").click()
    expect(page.get_by_label("How loud Ana is for you")).to_be_visible()
    yield Stop("voice-person-menu", page)
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Chat").click()
    page.locator("[aria-label='Voice settings']:visible").click()
    expect(page.get_by_role("switch", name="Deafen")).to_be_visible()
    yield Stop("voice-settings", page)
    page.keyboard.press("Escape")
    page.locator("[data-voice-leave]:visible").click()
    page.locator("[aria-label='Voice settings']:visible").click()
    expect(page.get_by_role("switch", name="Deafen")).to_have_count(0)
    yield Stop("voice-settings-alone", page)


def _refused(cast: Cast, code: str) -> Iterator[Stop]:
    noor = cast.person("Noor")
    noor.join(code)
    theirs = cast.stranger()
    theirs.context.add_cookies(noor.cookies(cast.stack.url))
    theirs.add_init_script(NO_MICROPHONE)
    enter(theirs, code)
    theirs.locator(JOIN).click()
    expect(theirs.get_by_text("You can listen meanwhile")).to_be_visible()
    theirs.get_by_role("button", name="Dismiss").first.focus()  # it stays while the focus is in it
    yield Stop("voice-refused", theirs)
