"""Microphone and speaker, chosen and tried on one's own page before any room."""

import pytest
from playwright.sync_api import expect

from bench import talk
from syncwatch.tests.api_client import Person

pytestmark = pytest.mark.timing  # a headless shell has but one microphone to play with


def test_what_is_chosen_before_any_room_is_what_a_room_uses(stack, talking_browser):
    one = talk.talker(talking_browser, stack.url, "Ana")
    with Person(stack.url, "Ana") as person:
        code = person.room("Ana’s room")
        one.page.context.add_cookies(person.cookies(stack.url))
    page = one.page
    page.goto("/account")
    card = page.get_by_role("region", name="Microphone and speaker")
    card.get_by_role("button", name="Test").click()
    expect(card.get_by_role("status")).to_have_text("Say something: the bar should move")
    page.wait_for_function("() => document.querySelector('.mic-level').value > 0")
    card.get_by_role("button", name="Stop").click()
    expect(card.get_by_role("status")).to_have_text("Nobody hears it")

    chosen = card.get_by_label("Microphone", exact=True)
    names = chosen.locator("option").all_inner_texts()
    assert names[0] == "The system's"
    assert len(names) > 1, "allowed once, devices have names"
    chosen.select_option(label=names[-1])

    page.goto(f"/r/{code}")
    one.expect_live()
    talk.join(one)
    page.get_by_role("button", name="Voice settings").locator("visible=true").click()
    here = page.get_by_label("Microphone", exact=True)
    expect(here.locator("option:checked")).to_have_text(names[-1])
    talk.part([one])
