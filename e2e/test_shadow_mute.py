"""Somebody writes unseen, on two pages, until a moderator shows it to everybody."""

import pytest
from playwright.sync_api import expect

from e2e.register.moderators import opened


def lines(page, words):
    return page.locator("[data-message]").filter(has_text=words)


def about(one, name):
    one.page.get_by_role("tab", name="People").click()
    one.page.get_by_role("button", name=f"More about {name}").click()
    return one.page.get_by_role("menu", name=name)


def shadow_muted(mara, name, reason):
    about(mara, name).get_by_role("menuitem", name="Shadow mute…").click()
    dialog = mara.page.get_by_role("dialog", name=f"Shadow mute {name}")
    dialog.get_by_label("How long").select_option("3600")
    dialog.get_by_label("Reason").fill(reason)
    dialog.get_by_role("button", name="Shadow mute").click()
    expect(mara.page.locator(".toasts")).to_contain_text(f"Nobody else reads what {name} writes.")


def changed(one, before, words):
    line = one.page.locator("[data-chat-input]")
    expect(one.page.locator("[data-pending]")).to_have_count(0)
    line.press("ArrowUp")
    expect(line).to_have_value(before)
    line.fill(words)
    line.press("Enter")
    expect(lines(one.page, words)).to_have_count(1)


def shown(mara, before, words):
    sheet = opened(mara.page)
    sheet.get_by_role("tab", name="Written unseen").click()
    expect(sheet.locator("[data-shadow-mutes]")).to_contain_text("“spam”")
    for written in words:
        row = sheet.locator("[data-unheard-message]").filter(has_text=written)
        row.get_by_role("button", name="What it said before").click()
        dialog = mara.page.get_by_role("dialog", name="What it said before")
        expect(dialog).to_contain_text(before)
        dialog.get_by_role("button", name="Close").click()
        row.get_by_role("button", name="Show to everybody").click()
        expect(row).to_have_count(0)
    expect(sheet).to_contain_text("Nothing was written unseen")
    sheet.get_by_role("tab", name="What was done").click()
    expect(sheet).to_contain_text("Mara showed everybody a message of Ilya")
    mara.page.keyboard.press("Escape")


@pytest.mark.long
def test_nobody_else_reads_it_until_a_moderator_shows_it(evening):
    mara, ana, ilya = evening.host(), evening.guest("Ana"), evening.guest("Ilya")
    other = ilya.page.context.new_page()
    other.goto(ilya.page.url)
    expect(other.locator("[data-link-state]")).to_contain_text("Live")
    mara.expect_people(3)
    shadow_muted(mara, "Ilya", "spam")

    ilya.say("look here")
    changed(ilya, "look here", "buy this")
    for page in (ilya.page, other):
        expect(lines(page, "buy this")).to_have_count(1)
    expect(ilya.page.locator("[data-pending]")).to_have_count(0)
    other.reload()
    expect(lines(other, "buy this")).to_have_count(1)
    ana.say("how was it?")
    for page in (mara.page, ana.page, ilya.page, other):
        expect(lines(page, "how was it?")).to_have_count(1)
    for page in (mara.page, ana.page):
        expect(lines(page, "buy this")).to_have_count(0)

    shown(mara, "look here", ["buy this"])
    for page in (mara.page, ana.page, ilya.page, other):
        expect(lines(page, "buy this")).to_have_count(1)
    expect(ana.page.locator("[data-chat-log]")).not_to_contain_text("shadow")

    about(mara, "Ilya").get_by_role("menuitem", name="End the shadow mute").click()
    expect(mara.page.locator(".toasts")).to_contain_text("Everybody reads what Ilya writes")
    ilya.say("sorry")
    ana.expect_message("sorry")
    mara.page.get_by_role("tab", name="Chat").click()
    mara.say("/smute @Ilya 10 again")
    expect(mara.page.locator(".toasts")).to_contain_text("Nobody else reads what Ilya writes.")
    expect(about(mara, "Ilya").get_by_role("menuitem", name="End the shadow mute")).to_be_visible()
