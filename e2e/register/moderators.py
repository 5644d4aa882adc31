"""The moderators' sheet: reports that wait, what was done, who is kept out."""

import re
from collections.abc import Iterator

from playwright.sync_api import Locator, Page, expect

from e2e.register.cast import Cast, Friend, enter
from e2e.register.walk import Stop, walk
from syncwatch.tests.api_client import Person

REPORTS = re.compile(r"/reports/\?")


@walk(
    "room-moderators",
    "moderators-empty",
    "moderators-told",
    "moderators-reports",
    "moderators-failed",
    "moderators-log",
    "moderators-banned",
    "moderators-nothing-unseen",
    "moderators-unseen",
    "moderators-clear",
)
def moderators(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    code = mara.room("Sunday Rabbit Club")
    ana, ilya = cast.friend("Ana", code), cast.friend("Ilya", code)
    said = ilya.say("He wakes up in the end, all of it was a dream. You need not watch it.")
    enter(page, code)
    sheet = opened(page)
    expect(sheet).to_contain_text("No report waits")
    yield Stop("moderators-empty", page)
    page.keyboard.press("Escape")
    ana.person.report(code, message_id=said, kind="spoiler", note="he does that every week")
    expect(page.locator(".toasts")).to_contain_text("Somebody reported something")
    ana.person.report(code, user_id=ilya.person.id, kind="harassment", note="")
    expect(page.get_by_role("button", name="Room menu, 2 reports wait")).to_be_visible()
    yield Stop("moderators-told", page)
    sheet = opened(page)
    expect(sheet.locator("[data-report]")).to_have_count(2)
    yield Stop("moderators-reports", page)
    page.keyboard.press("Escape")
    page.route(REPORTS, lambda route: route.abort())
    sheet = opened(page)
    expect(sheet.get_by_role("alert")).to_contain_text("That did not work")
    yield Stop("moderators-failed", page)
    page.unroute(REPORTS)
    yield from _done(page, sheet, ilya)
    yield from _unseen(page, sheet, mara, ana)
    sheet.get_by_role("button", name="Clear the chat…").click()
    expect(page.get_by_role("dialog", name="Clear the chat")).to_be_visible()
    yield Stop("moderators-clear", page)


def _done(page: Page, sheet: Locator, ilya: Friend) -> Iterator[Stop]:
    sheet.get_by_role("button", name="Try again").click()
    report = sheet.locator("[data-report]").filter(has_text="dream")
    report.get_by_role("button", name="Delete the message").click()
    page.get_by_role("dialog", name="Delete this message?").get_by_role(
        "button", name="Delete"
    ).click()
    expect(report).to_contain_text("The message is deleted.")
    report.get_by_role("button", name="Ban…").click()
    page.get_by_label("Reason").fill("told the end")
    page.get_by_role("button", name="Ban", exact=True).click()
    expect(page.get_by_role("dialog", name="Ban Ilya")).to_have_count(0)
    report.get_by_role("button", name="Settled").click()
    expect(report).to_have_count(0)
    sheet.get_by_role("tab", name="What was done").click()
    expect(sheet).to_contain_text("Mara deleted a message of Ilya")
    yield Stop("moderators-log", page)
    sheet.get_by_role("tab", name="Banned").click()
    expect(sheet.locator("[data-ban]")).to_contain_text("told the end")
    yield Stop("moderators-banned", page)


def _unseen(page: Page, sheet: Locator, mara: Person, ana: Friend) -> Iterator[Stop]:
    unseen = sheet.get_by_role("tab", name="Written unseen")
    unseen.click()
    expect(sheet).to_contain_text("Nothing was written unseen")
    yield Stop("moderators-nothing-unseen", page)
    mara.shadow_mute(ana.code, ana.person.id, reason="sells something")
    ana.say("You can buy it from me, much cheaper than in the shop at the corner.")
    sheet.get_by_role("tab", name="Banned").click()
    unseen.click()
    expect(sheet.locator("[data-unheard-message]")).to_have_count(1)
    yield Stop("moderators-unseen", page)


def opened(page: Page) -> Locator:
    page.get_by_role("button", name="Room menu").click()
    page.get_by_role("menuitem", name="Keeping order").click()
    return page.get_by_role("dialog", name="Keeping order")
