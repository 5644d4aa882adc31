"""A report from the moment it is filed to the moment it is settled, between two browsers."""

import re

from playwright.sync_api import expect

from e2e import fingers
from e2e.register.moderators import opened
from e2e.watcher import until


def test_order_is_kept(evening):
    """One evening, at the end of which Ana is sent out."""
    mara = evening.host(film="paused")
    ana = evening.guest("Ana")
    expect(ana.page.locator("[data-length]")).to_have_text("1:00")
    whoever_may_not_finds_no_way_there(ana)
    the_chat_is_cleared_after_a_question_and_one_person_too(mara, ana)
    a_report_is_heard_of_looked_at_and_settled(mara, ana, evening.guest("Ilya"))


def report(one, words, kind):
    fingers.open_menu(one.page, one.page.locator("[data-message]").filter(has_text=words))
    one.page.get_by_role("menuitem", name="Report…").click()
    dialog = one.page.get_by_role("dialog", name="Report this message")
    dialog.get_by_label("What is wrong").select_option(kind)
    dialog.get_by_role("button", name="Report").click()


def a_report_is_heard_of_looked_at_and_settled(mara, ana, ilya):
    ana.say("he wakes up")
    report(ilya, "he wakes up", "spoiler")
    toast = mara.page.locator(".toasts")
    expect(toast).to_contain_text("Somebody reported something.")
    menu = mara.page.get_by_role("button", name="Room menu, 1 report waits")
    expect(menu.locator(".count")).to_have_text("1")
    expect(ana.page.locator("[data-reports-count]")).to_be_hidden()
    toast.get_by_role("button", name="Look").click()
    sheet = mara.page.get_by_role("dialog", name="Keeping order")
    card = sheet.locator("[data-report]")
    expect(card).to_contain_text("he wakes up")
    expect(card).to_contain_text("Gives the film away · reported by Ilya")

    card.get_by_role("button", name="Jump to 0:20").click()
    expect(sheet).to_have_count(0)
    expect(mara.page.locator("[data-chat-log]")).to_contain_text("jumped to 0:20")

    settled(mara, ana, opened(mara.page))


def settled(mara, ana, sheet):
    card = sheet.locator("[data-report]")
    gone = ana.page.locator(".msg.is-deleted")
    before = gone.count()
    card.get_by_role("button", name="Mute in the chat for 10 minutes").click()
    expect(card).to_contain_text("You look at it.")
    expect(card.get_by_role("button", name="Mute in the chat")).to_have_count(0)
    expect(ana.page.locator("[data-chat-note]")).to_contain_text("You cannot write here")
    card.get_by_role("button", name="Delete the message").click()
    mara.page.get_by_role("dialog", name="Delete this message?").get_by_role(
        "button", name="Delete"
    ).click()
    expect(card).to_contain_text("The message is deleted.")
    expect(gone).to_have_count(before + 1)
    card.get_by_role("button", name="Remove from the room").click()
    mara.page.get_by_role("dialog", name="Remove Ana?").get_by_role("button", name="Remove").click()
    expect(ana.page.locator("[data-room-end]")).to_be_visible()
    card.get_by_role("button", name="Settled").click()
    expect(sheet).to_contain_text("No report waits")
    sheet.get_by_role("tab", name="What was done").click()
    for words in (
        "Mara settled a report about Ana",
        "Mara removed Ana",
        "Mara deleted a message of Ana",
        "Mara took a right from Ana: Write in the chat",
    ):
        expect(sheet.locator(".mod-measure").filter(has_text=words)).to_have_count(1)


def the_chat_is_cleared_after_a_question_and_one_person_too(mara, ana):
    for words in ("one", "two"):
        ana.say(words)
        mara.expect_message(words)
    mara.page.get_by_role("tab", name="People").click()
    mara.page.get_by_role("button", name="More about Ana").click()
    mara.page.get_by_role("menuitem", name="Clear what they wrote…").click()
    question = mara.page.get_by_role("dialog", name="Clear what Ana wrote?")
    question.get_by_role("button", name="Cancel").click()
    expect(ana.page.locator(".msg.is-deleted")).to_have_count(0)
    mara.page.get_by_role("button", name="More about Ana").click()
    mara.page.get_by_role("menuitem", name="Clear what they wrote…").click()
    question.get_by_role("button", name="Clear").click()
    expect(ana.page.locator(".msg.is-deleted")).to_have_count(2)
    expect(mara.page.locator(".toasts")).to_contain_text("2 messages are gone.")
    ana.say("three")
    until(
        mara.page,
        "nothing came",
        lambda: mara.page.locator('[data-count="chat"]').inner_text() == "1",
    )
    sheet = opened(mara.page)
    sheet.get_by_role("button", name="Clear the chat…").click()
    form = mara.page.get_by_role("dialog", name="Clear the chat")
    form.get_by_label("Which messages").select_option("10")
    form.get_by_role("button", name="Clear", exact=True).click()
    expect(ana.page.locator(".msg.is-deleted")).to_have_count(3)
    expect(ana.page.locator("[data-chat-log]")).to_contain_text(re.compile("cleared 1 message"))
    mara.page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def whoever_may_not_finds_no_way_there(ana):
    ana.page.get_by_role("button", name="Room menu").click()
    expect(ana.page.get_by_role("menuitem", name="Invite people")).to_be_visible()
    expect(ana.page.get_by_role("menuitem", name="Keeping order")).to_have_count(0)
    ana.page.keyboard.press("Escape")
