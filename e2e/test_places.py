"""Rooms as places: handed over by a press, closed and opened again, come in by asking."""

import re

from playwright.sync_api import expect


def menu(page, item):
    page.get_by_role("button", name="Room menu").click()
    page.get_by_role("menuitem", name=item).click()


def test_a_room_is_given_away_closed_and_opened_again(watcher):
    mara, ana = watcher("Mara"), watcher("Ana")
    room = mara.start_room()
    ana.enter_by(mara.invite_link())
    mara.expect_people(2)
    mara.page.get_by_role("tab", name=re.compile("People")).click()
    mara.page.get_by_role("button", name="More about Ana").click()
    mara.page.get_by_role("menuitem", name="Give them the room").click()
    mara.page.get_by_role("button", name="Give the room", exact=True).click()
    expect(mara.page.get_by_text("Ana hosts this room now")).to_be_visible()

    menu(ana.page, "Close the room")
    ana.page.get_by_role("button", name="Close the room", exact=True).click()
    expect(mara.page.get_by_role("alert")).to_contain_text("The room is closed")
    ana.page.goto("/home")
    ana.page.get_by_text("1 closed room").click()
    ana.page.get_by_role("button", name=re.compile("Open again")).click()
    ana.page.wait_for_url(f"**{room}")
    ana.expect_live()
    mara.page.goto(room)
    mara.expect_live()


def test_who_asks_comes_in_by_themselves(watcher):
    mara, ilya = watcher("Mara"), watcher("Ilya")
    room = mara.start_room()
    menu(mara.page, "Room settings")
    mara.page.get_by_text("Invited", exact=True).click()
    mara.page.get_by_role("switch", name=re.compile("Others may ask")).check()
    mara.page.get_by_role("button", name="Save").click()
    expect(mara.page.get_by_text("Saved")).to_be_visible()

    ilya.page.goto(room)
    ilya.page.get_by_label("Your name").fill("Ilya")
    ilya.page.get_by_role("button", name="Ask to come in").click()
    expect(mara.page.get_by_text("Ilya asks to come in")).to_be_visible()
    mara.page.get_by_role("button", name="Let in").click()
    ilya.expect_live()
    mara.expect_people(2)
    expect(mara.page.get_by_text("Ilya asks to come in")).to_have_count(0)
