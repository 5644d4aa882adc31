"""Before the call: the button to join stays under the finger, and a microphone is tried first."""

import uuid

import pytest
from playwright.sync_api import expect

from e2e.looks import DESK, PHONE
from e2e.register.cast import enter
from e2e.register.voice import MICROPHONE


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_before_one_joins(cast, window):
    people = cast(viewport=window)
    page, mara = people.host()
    page.add_init_script(MICROPHONE)
    code = mara.room("An evening")
    ana = people.friend("Ana", code)
    enter(page, code)
    the_button_does_not_move_when_somebody_else_joins(page, ana)
    a_microphone_is_tried(page)


def the_button_does_not_move_when_somebody_else_joins(page, ana):
    button = page.locator("[data-voice-join]:visible")
    before = button.bounding_box()
    ana.request("voice:join", session=str(uuid.uuid4()), muted=True)
    expect(page.locator("[data-voice]:visible")).to_contain_text("1 person talks")
    assert button.bounding_box() == before


def a_microphone_is_tried(page):
    page.locator("[aria-label='Voice settings']:visible").click()
    page.get_by_role("button", name="Test", exact=True).click()
    page.wait_for_function("() => document.querySelector('meter.mic-level').value > 0.01")
    page.get_by_role("button", name="Stop", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.locator("[data-voice-join]:visible")).to_be_enabled()
