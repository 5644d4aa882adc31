"""Yes, maybe or no to an evening, by one tap and without stepping into the room"""

import pytest
from playwright.sync_api import expect

from e2e.register.cast import enter
from e2e.register.own import settle

DAY_S = 86_400
AT_ONCE_MS = 1_000


@pytest.fixture
def planned(cast):
    """Mara in her room, Ana at home: a friend whom Mara invited by name before she planned."""
    made = cast()
    mara_page, mara = made.host()
    ana_page, ana = made.host("Ana")
    mara.ask(ana)
    ana.accept(mara)
    code = mara.room("Ours", visibility="private")
    mara.call(code, ana)
    mara.plan(code, in_s=DAY_S, title="Rabbit night")
    enter(mara_page, code)
    expect(mara_page.locator("[data-evening]")).to_contain_text("Nobody has answered yet")
    ana_page.goto("/home")
    settle(ana_page)
    return mara_page, ana_page


def test_from_the_card_at_home(planned):
    mara, ana = planned
    card = ana.locator("[data-evenings]")
    expect(card).to_contain_text("Mara invites you")
    yes = card.get_by_role("button", name="I come")
    expect(yes).to_have_attribute("aria-pressed", "false")
    yes.click()
    expect(mara.locator("[data-evening-coming]")).to_have_text("Ana comes", timeout=AT_ONCE_MS)
    expect(yes).to_have_attribute("aria-pressed", "true")
    card.get_by_role("button", name="Maybe").press("Enter")
    expect(mara.locator("[data-evening-coming]")).to_have_text("1 maybe", timeout=AT_ONCE_MS)
    expect(yes).to_have_attribute("aria-pressed", "false")
    ana.reload()
    maybe = card.get_by_role("button", name="Maybe")
    expect(maybe).to_have_attribute("aria-pressed", "true")
    expect(mara.locator("[data-dock] .person")).to_have_count(1)


def test_from_the_list_under_the_bell(planned):
    mara, ana = planned
    ana.locator("[data-bell]").click()
    news = ana.get_by_role("dialog", name="News")
    choice = news.get_by_role("group", name="Do you come?")
    no = choice.get_by_role("button", name="I can’t")
    no.click()
    expect(mara.locator("[data-evening-coming]")).to_have_text(
        "1 does not come", timeout=AT_ONCE_MS
    )
    expect(no).to_have_attribute("aria-pressed", "true")
    expect(no).to_be_focused()
    card = ana.locator("[data-evenings]").get_by_role("button", name="I can’t", include_hidden=True)
    expect(card).to_have_attribute("aria-pressed", "true")
    mara.get_by_role("button", name="Change the evening").click()
    mara.get_by_role("button", name="Call it off").click()
    mara.get_by_role("dialog", name="Call the evening off?").get_by_role(
        "button", name="Call it off"
    ).click()
    expect(news).to_contain_text("Mara called off the evening in Ours")
    expect(choice).to_have_count(0)
