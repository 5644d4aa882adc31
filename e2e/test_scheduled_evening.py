"""Two people and a date: planned, answered, gathered for, and begun without a press"""

import datetime
import re
from zoneinfo import ZoneInfo

from playwright.sync_api import expect


def test_an_evening_from_its_plan_to_its_film(evening):
    mara = evening.host(film="paused")
    ana = evening.guest("Ana")
    mara.page.get_by_role("button", name="Room menu").click()
    mara.page.get_by_role("menuitem", name="Plan an evening").click()
    mara.page.get_by_label("Name").fill("Rabbit night")
    mara.page.get_by_role("button", name="Plan it").click()
    card = ana.page.locator("[data-evening]")
    expect(card).to_contain_text("Rabbit night")
    expect(ana.page.locator("[data-lobby]")).to_be_hidden()
    ana.page.get_by_role("button", name="I come").click()
    expect(mara.page.locator("[data-evening-coming]")).to_have_text("Ana comes")
    expect(ana.page.get_by_role("button", name="I come")).to_have_attribute("aria-pressed", "true")

    evening.plan(in_s=1_200, title="Rabbit night")
    for one in (mara, ana):
        expect(one.page.get_by_role("timer")).to_have_text(re.compile(r"^(20:00|19:\d\d)$"))
    ana.page.get_by_role("switch", name="I am ready").check()
    expect(mara.page.locator("[data-lobby]")).to_contain_text("1 of 2 ready")
    ana.page.reload()
    ana.expect_live()
    expect(ana.page.get_by_role("switch", name="I am ready")).to_be_checked()
    expect(ana.page.get_by_role("button", name="Begin now")).to_have_count(0)

    evening.plan(in_s=6, title="Rabbit night")
    for one in (mara, ana):
        one.expect_playing(within_ms=30_000)
        expect(one.page.locator("[data-lobby]")).to_be_hidden()
        expect(one.page.locator("[data-evening]")).to_be_hidden()
        one.expect_told("The evening begins")


def test_the_host_begins_it_before_its_time(evening):
    mara = evening.host(film="paused")
    evening.plan(in_s=1_200)
    mara.page.get_by_role("button", name="10 minutes later").click()
    expect(mara.page.get_by_role("timer")).to_have_text(re.compile(r"^(30:00|29:\d\d)$"))
    mara.page.get_by_role("button", name="Begin now").click()
    mara.expect_playing(within_ms=30_000)
    expect(mara.page.locator("[data-lobby]")).to_be_hidden()


def test_the_chat_tells_who_planned_it_for_when_to_each_in_their_own_time(evening):
    mara = evening.host(locale="en-GB", timezone_id="Europe/Berlin")
    ana = evening.guest("Ana", locale="en-GB", timezone_id="Asia/Tokyo")
    in_a_week = datetime.datetime.now(ZoneInfo("Europe/Berlin")) + datetime.timedelta(days=7)
    at = in_a_week.replace(hour=20, minute=0, second=0, microsecond=0)
    mara.page.get_by_role("button", name="Room menu").click()
    mara.page.get_by_role("menuitem", name="Plan an evening").click()
    mara.page.get_by_label("When").fill(f"{at:%Y-%m-%dT%H:%M}")
    mara.page.get_by_role("button", name="Plan it").click()
    there = at.astimezone(ZoneInfo("Asia/Tokyo"))
    for one, who, when in ((mara, "You", at), (ana, "Mara", there)):
        day = f"{when:%a},? {when.day} {when:%b}( {when.year})?, {when:%H:%M}"
        line = one.page.locator("[data-chat-log]")
        expect(line).to_contain_text(re.compile(f"{who} planned an evening for {day}"))
    ana.page.reload()
    ana.expect_live()
    expect(ana.page.locator("[data-chat-log]")).to_contain_text("Mara planned an evening for")


def test_the_host_sees_one_thing_to_press(evening):
    page = evening.host().page
    evening.plan(in_s=1_200)
    expect(page.get_by_role("timer")).to_be_visible()
    to_press = page.locator(".stage .btn-primary:visible")
    expect(to_press).to_have_text(["Choose a file"])
    evening.queue("Sunday rabbit")
    expect(to_press).to_have_text(["Begin now"])
    expect(page.get_by_role("button", name="Start the film")).to_be_hidden()
    to_press.click()
    expect(page.locator("[data-lobby]")).to_be_hidden()
    expect(page.locator("[data-chat-log]")).to_contain_text("The evening begins")
    expect(page.locator("[data-chat-log]")).not_to_contain_text("moved the evening")
