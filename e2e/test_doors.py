"""Doors: what strangers, the sent-away and the late see."""

import re
from io import BytesIO

import zxingcpp
from PIL import Image
from playwright.sync_api import expect


def test_who_comes_in_and_who_does_not(watcher):
    mara = watcher("Mara")
    room = mara.start_room()
    a_camera_reads_the_invitation(mara.page)
    a_kicked_guest_is_told_and_stays_out(mara, watcher("Ilya"), room)
    a_locked_room_asks_for_its_password(mara, watcher("Ana"), room)


def a_kicked_guest_is_told_and_stays_out(mara, ilya, room):
    link = mara.invite_link()
    ilya.enter_by(link)
    mara.expect_people(2)
    mara.page.get_by_role("tab", name=re.compile("People")).click()
    mara.page.get_by_role("button", name="More about Ilya").click()
    mara.page.get_by_role("menuitem", name="Remove from the room").click()
    mara.page.get_by_role("button", name="Remove", exact=True).click()

    expect(ilya.page.get_by_role("alert")).to_contain_text("not in this room any more")
    mara.expect_people(1)
    ilya.forgive("403")
    for address in (room, link):
        ilya.page.goto(address)
        step_in = ilya.page.get_by_role("button", name="Step in")
        if step_in.count():
            step_in.click()
        expect(ilya.page.locator("body")).to_contain_text("sent out")


def test_a_wrong_link_has_words_and_a_way_out(watcher):
    ana = watcher("Ana")
    ana.forgive("404")
    ana.page.goto("/i/nosuchinvitationatall")
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("This link leads nowhere")
    expect(ana.page.get_by_role("link", name="Start a room of your own")).to_be_visible()


def a_locked_room_asks_for_its_password(mara, ana, room):
    mara.page.get_by_role("button", name="Room menu").click()
    mara.page.get_by_role("menuitem", name="Room settings").click()
    mara.page.get_by_label(re.compile("Password")).fill("rabbit")
    mara.page.get_by_role("button", name="Save").click()
    expect(mara.page.get_by_text("Saved")).to_be_visible()

    ana.page.goto(room)
    ana.page.get_by_label("Your name").fill("Ana")
    ana.page.get_by_label("Password of the room").fill("carrot")
    ana.forgive("403")
    ana.page.get_by_role("button", name="Step in").click()
    expect(ana.page.get_by_role("alert")).to_contain_text(
        "not the room’s password".replace("’", "'")
    )
    ana.page.get_by_label("Password of the room").fill("rabbit")
    ana.page.get_by_role("button", name="Step in").click()
    ana.expect_live()


def a_camera_reads_the_invitation(page):
    """Drawn by the page, read from its pixels by a reader of somebody else's."""
    page.get_by_role("button", name="Invite people").click()
    code = page.get_by_role("img", name="QR code of the link")
    expect(code).to_be_visible()
    link = page.locator("[data-invite-link]").input_value()
    with Image.open(BytesIO(code.screenshot())) as picture:
        assert [found.text for found in zxingcpp.read_barcodes(picture)] == [link]
    page.keyboard.press("Escape")
    expect(code).to_be_hidden()
