"""The invite sheet: what a link allows is what people get by it, and its end is said in words."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from e2e.watcher import until


def open_sheet(page):
    page.get_by_role("button", name="Invite people").first.click()
    sheet = page.locator("[data-dialog=invite]")
    expect(sheet.get_by_role("img", name="QR code of the link")).to_be_visible()
    return sheet


def make_link(sheet, role, life, uses):
    before = sheet.locator("[data-invite-link]").input_value()
    for label, words in (("Comes in as", role), ("Works for", life), ("Lets in", uses)):
        sheet.get_by_label(label).select_option(label=words)
    sheet.get_by_role("button", name="New link").click()
    expect(sheet.locator("[data-invite-link]")).not_to_have_value(before)
    return sheet.locator("[data-invite-link]").input_value()


def expect_door_says(one, link, words):
    one.forgive("410")
    one.page.goto(link)
    expect(one.page.get_by_role("heading", level=1)).to_have_text(words)


@pytest.mark.long
def test_a_link_lets_in_whom_it_says_as_what_it_says(evening, watcher, mara):
    host = evening.host()
    sheet = open_sheet(host.page)
    once = make_link(sheet, "Moderator", "1 hour", "1 person")
    expect(sheet.locator(".hint").last).to_contain_text(
        re.compile(r"Moderator, 1 place left, until \S")
    )
    ana, ilya = watcher("Ana"), watcher("Ilya")
    ana.enter_by(once)
    expect_door_says(ilya, once, "This invitation is used up")
    host.page.keyboard.press("Escape")
    host.page.get_by_role("tab", name=re.compile("People")).click()
    expect(host.page.locator("[data-person]").filter(has_text="Ana")).to_contain_text("Moderator")

    sheet = open_sheet(host.page)
    guests = make_link(sheet, "Guest", "No end", "Anybody")
    sheet.get_by_role("button", name="Take this link back").click()
    expect(host.page.get_by_text("This link lets nobody in any more")).to_be_visible()
    expect(sheet.locator("[data-invite-link]")).not_to_have_value(guests)
    expect_door_says(ilya, guests, "This invitation was taken back")

    person, _ = mara
    code = host.page.url.rsplit("/", 1)[-1]
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=1)
    brief = person.invite(code, role="guest", expires_at=soon.isoformat())
    over = ilya.page.get_by_role("heading", name="This invitation has expired")
    until(ilya.page, "still good", lambda: ilya.page.goto(brief) and over.count())
    expect(ilya.page.get_by_text("Ask whoever sent it for a new one")).to_be_visible()
