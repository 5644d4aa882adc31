"""Emotes of a room among two people: put up, seen at once, reacted with, taken down."""

import re

from playwright.sync_api import expect

from e2e import fingers, pictures
from e2e.register.emotes import add, opened


def test_emotes_among_two(evening):
    mara, ana = evening.host(), evening.guest("Ana")
    what_is_no_picture_is_refused_in_words_and_others_have_no_way_there(mara, ana)
    for one in (mara, ana):
        one.page.keyboard.press("Escape")
    an_emote_is_put_up_seen_at_once_and_taken_down(mara, ana)


def an_emote_is_put_up_seen_at_once_and_taken_down(mara, ana):
    ana.say("come to the :sofa: or the :chair:")
    sheet = opened(mara.page)
    add(sheet, pictures.sofa())
    expect(sheet.get_by_role("status")).to_have_text("1 emote, written as :name:")
    seen = ana.page.locator("[data-chat-log] img.emote")
    expect(seen).to_have_count(1)
    expect(seen).to_have_attribute("alt", ":sofa:")
    assert (
        ana.page.evaluate(
            "async () => { const img = document.querySelector('[data-chat-log] img.emote');"
            " await img.decode(); return img.naturalWidth }"
        )
        == 128
    )
    ana.page.locator("[data-chat-input]").press_sequentially("my :sof")
    expect(ana.page.get_by_role("option")).to_have_text([re.compile(":sofa:")])
    ana.page.keyboard.press("Enter")
    expect(ana.page.locator("[data-chat-input]")).to_have_value("my :sofa: ")
    ana.page.keyboard.press("Enter")
    expect(seen).to_have_count(2)

    fingers.point_at(ana.page, ana.page.locator("[data-message]").filter(has_text="my"))
    ana.page.locator(".tools").get_by_role("button", name="React").click()
    ana.page.get_by_role("group", name="Of this room").get_by_role("button", name=":sofa:").click()
    mara.page.keyboard.press("Escape")
    reaction = mara.page.get_by_role("button", name=":sofa: by 1 person")
    expect(reaction.locator("img")).to_be_visible()

    opened(mara.page).get_by_role("button", name="Delete :sofa:").click()
    mara.page.get_by_role("dialog", name="Delete :sofa:?").get_by_role(
        "button", name="Delete"
    ).click()
    expect(seen).to_have_count(0)
    ana.expect_message("my :sofa:")
    expect(reaction).to_have_text(re.compile(r":sofa:\s*1"))


def what_is_no_picture_is_refused_in_words_and_others_have_no_way_there(mara, ana):
    mara.forgive("400")
    sheet = opened(mara.page)
    add(sheet, pictures.script())
    expect(sheet.get_by_role("alert")).to_contain_text("This is not a PNG, JPEG, WebP or GIF.")
    expect(sheet.locator("#emote-name")).to_have_value("chair")
    sheet.get_by_label("Name").fill("fire")
    add(sheet, pictures.rug())
    expect(sheet.get_by_role("alert")).to_contain_text("There is an emoji called :fire:.")
    sheet.get_by_label("Name").fill("")
    sheet.locator("#emote-picture").set_input_files([])
    sheet.get_by_role("button", name="Add", exact=True).click()
    expect(sheet.get_by_role("alert")).to_contain_text("Choose a picture first.")
    ana.page.get_by_role("button", name="Room menu").click()
    expect(ana.page.get_by_role("menuitem", name="Room settings")).to_have_count(0)
