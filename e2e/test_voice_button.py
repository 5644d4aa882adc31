"""The button to join the call stays under the finger that goes for it."""

import uuid

import pytest
from playwright.sync_api import expect

from e2e.looks import DESK, PHONE
from e2e.register.cast import enter


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_it_does_not_move_when_somebody_else_joins(cast, window):
    people = cast(viewport=window)
    page, mara = people.host()
    code = mara.room("An evening")
    ana = people.friend("Ana", code)
    enter(page, code)
    button = page.locator("[data-voice-join]:visible")
    before = button.bounding_box()
    ana.request("voice:join", session=str(uuid.uuid4()), muted=True)
    expect(page.locator("[data-voice]:visible")).to_contain_text("1 person talks")
    assert button.bounding_box() == before
