"""A ban with its reason, a report with its moment, and the room's order, among two people."""

import os
import re

from playwright.sync_api import expect


def test_order_is_set_and_somebody_kept_out(evening):
    mara = evening.host(film="paused")
    ana = evening.guest("Ana")
    expect(ana.page.locator("[data-length]")).to_have_text("1:00")
    the_rooms_order_is_set_and_told_and_a_report_goes_out(mara, ana)
    somebody_is_banned_reads_why_and_is_let_in_again(mara, ana)


def seen(one, name):
    """A picture of it, for whoever wants one."""
    if folder := os.environ.get("SHOTS"):
        one.page.screenshot(path=f"{folder}/{name}.png")


def settings(mara):
    mara.page.get_by_role("button", name="Room menu").click()
    mara.page.get_by_role("menuitem", name="Room settings").click()
    sheet = mara.page.locator('[data-dialog="settings"]')
    expect(sheet.get_by_text("Keeping order")).to_be_visible()
    return sheet


def about(one, name):
    one.page.get_by_role("tab", name="People").click()
    one.page.get_by_role("button", name=f"More about {name}").click()
    return one.page.get_by_role("menu", name=name)


def write(one, words):
    one.page.get_by_role("tab", name="Chat").click()
    one.page.locator("[data-chat-input]").fill(words)
    one.page.keyboard.press("Enter")


def the_rooms_order_is_set_and_told_and_a_report_goes_out(mara, ana):
    sheet = settings(mara)
    sheet.get_by_label("Words to keep out").fill("rosebud*")
    sheet.get_by_label("Wait between two messages").select_option("300")
    seen(mara, "settings")
    sheet.get_by_role("button", name="Save").click()
    log = ana.page.locator("[data-chat-log]")
    expect(log).to_contain_text("Mara turned slow mode on: a message every 5 min")
    expect(log).to_contain_text("Mara changed what the chat keeps out")
    write(ana, "It is Rosebuds")
    expect(log).to_contain_text("This room keeps “Rosebuds” out of its chat")
    write(ana, "hello")
    note = ana.page.locator("[data-chat-note]")
    expect(note).to_have_text(re.compile(r"Slow mode: your next message in\s*[45]:\d\d"))
    write(ana, "again")
    expect(ana.page.locator("[data-chat-input]")).to_have_value("again")
    seen(ana, "slow")
    about(ana, "Mara").get_by_role("menuitem", name="Report…").click()
    dialog = ana.page.get_by_role("dialog", name="Report Mara")
    dialog.get_by_label("What is wrong").select_option("spoiler")
    dialog.get_by_role("button", name="Report").click()
    expect(ana.page.locator(".toasts")).to_contain_text("The moderators look at it")


def somebody_is_banned_reads_why_and_is_let_in_again(mara, ana):
    about(mara, "Ana").get_by_role("menuitem", name="Ban…").click()
    dialog = mara.page.get_by_role("dialog", name="Ban Ana")
    dialog.get_by_label("Reason").fill("told the end")
    dialog.get_by_role("button", name="Ban", exact=True).click()
    expect(mara.page.locator("[data-person]")).to_have_count(1)
    mara.page.get_by_role("tab", name="Chat").click()
    expect(mara.page.locator("[data-chat-log]")).to_contain_text("You banned Ana")
    ana.forgive("403")
    ana.page.reload()
    expect(ana.page.get_by_role("heading", name="This room keeps you out")).to_be_visible()
    expect(ana.page.locator("main")).to_contain_text("told the end")
    settings(mara).get_by_role("button", name="Lift the ban on Ana").click()
    expect(mara.page.locator(".toasts")).to_contain_text("Ana may come in again")
