"""Rooms as places: handed over by a press, closed and opened again, come in by asking."""

import re

from playwright.sync_api import expect

from e2e.watcher import until
from syncwatch.tests.api_client import Person


def menu(page, item):
    page.get_by_role("button", name="Room menu").click()
    page.get_by_role("menuitem", name=item).click()


def test_who_asked_to_come_in_is_given_the_room(watcher):
    mara, ana = watcher("Mara"), watcher("Ana")
    room = mara.start_room()
    who_asks_comes_in_by_themselves(mara, ana, room)
    a_room_is_given_away_closed_and_opened_again(mara, ana, room)


def who_asks_comes_in_by_themselves(mara, ana, room):
    menu(mara.page, "Room settings")
    mara.page.get_by_text("Invited", exact=True).click()
    mara.page.get_by_role("switch", name=re.compile("Others may ask")).check()
    mara.page.get_by_role("button", name="Save").click()
    expect(mara.page.get_by_text("Saved")).to_be_visible()

    ana.page.goto(room)
    ana.page.get_by_label("Your name").fill("Ana")
    ana.page.get_by_role("button", name="Ask to come in").click()
    expect(mara.page.get_by_text("Ana asks to come in")).to_be_visible()
    mara.page.get_by_role("button", name="Let in").click()
    ana.expect_live()
    mara.expect_people(2)
    expect(mara.page.get_by_text("Ana asks to come in")).to_have_count(0)


def a_room_is_given_away_closed_and_opened_again(mara, ana, room):
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


def test_a_host_elsewhere_lets_people_in_by_the_toast_and_by_the_bell(watcher, stack):
    """Nobody is in the room: who knocks is told at home at once, and is in the list anywhere."""
    with Person(stack.url, "Mara", username="mara-at-home") as host:
        code = host.room("Sunday Rabbit Club", visibility="private", knocks=True)
        mine = f"/api/rooms/{code}/knocks/mine/"
        mara = watcher("Mara")
        mara.page.context.add_cookies(host.cookies(stack.url))
        mara.page.goto("/home")
        mara.page.wait_for_load_state("networkidle")
        with Person(stack.url, "Ilya") as ilya:
            ilya.knock(code)
            toast = mara.page.locator(".toasts", has_text="Ilya asks to come into")
            toast.get_by_role("button", name="Let in").click()
            expect(mara.page.get_by_text("Ilya asks to come into")).to_have_count(0)
            until(mara.page, "inside", lambda: ilya.get(mine)["state"] == "inside")
        with Person(stack.url, "Noor") as noor:
            noor.knock(code)
            mara.page.goto("/account")
            mara.page.locator("[data-bell]").click()
            news = mara.page.get_by_role("dialog", name="News")
            expect(news).to_contain_text("Noor asks to come into")
            news.get_by_role("button", name="Let in").click()
            expect(news.get_by_text("Noor asks to come into")).to_have_count(0)
            until(mara.page, "inside", lambda: noor.get(mine)["state"] == "inside")


def test_a_closed_room_is_read_and_deleted_by_its_name(watcher, stack):
    with Person(stack.url, "Mara", username="mara-closes") as host:
        code = host.room("Noir on Thursdays")
        mara = watcher("Mara")
        mara.come_in(host, code)
        mara.say("Who wants popcorn?")
        mara.expect_message("Who wants popcorn?")
        host.close_room(code)
        page = mara.page
        expect(page.get_by_role("alert")).to_contain_text("The room is closed")
        page.goto(f"/r/{code}")
        page.wait_for_url(f"**/r/{code}/closed")
        expect(page.get_by_text("Who wants popcorn?")).to_be_visible()
        page.get_by_role("button", name=re.compile("Delete for good")).click()
        sheet = page.get_by_role("dialog")
        sheet.get_by_label("The room’s name").fill("Another room")
        mara.forgive("400")
        sheet.get_by_role("button", name="Delete for good").click()
        expect(sheet.get_by_role("alert")).to_contain_text("not the room's name")
        sheet.get_by_label("The room’s name").fill("Noir on Thursdays")
        sheet.get_by_role("button", name="Delete for good").click()
        page.wait_for_url("**/home")
        mara.forgive("404")
        page.goto(f"/r/{code}/closed")
        expect(page.get_by_role("heading", name="This link leads nowhere")).to_be_visible()
