"""The chat as a file to keep, and who is writing right now."""

from playwright.sync_api import expect


def room_menu(page):
    page.get_by_role("button", name="Room menu").click()
    return page.get_by_role("menuitem", name="Save the chat")


def test_whoever_moderates_saves_the_chat(evening, tmp_path):
    mara = evening.host()
    ana = evening.guest("Ana")
    ana.say("Who brings <b>popcorn</b>?")
    mara.expect_message("Who brings <b>popcorn</b>?")
    with mara.page.expect_download() as coming:
        room_menu(mara.page).click()
    assert coming.value.suggested_filename.endswith(".txt")
    coming.value.save_as(tmp_path / "chat.txt")
    kept = (tmp_path / "chat.txt").read_text(encoding="utf-8")
    assert "Ana" in kept
    assert "Who brings <b>popcorn</b>?" in kept
    expect(room_menu(ana.page)).to_have_count(0)


def test_who_is_writing_is_seen_until_it_is_said(evening):
    mara = evening.host()
    ana = evening.guest("Ana")
    ana.page.locator("[data-chat-input]").press_sequentially("I")
    expect(mara.page.get_by_text("Ana is typing")).to_be_visible()
    expect(ana.page.get_by_text("Ana is typing")).to_have_count(0)
    ana.say("It is me")
    mara.expect_message("It is me")
    expect(mara.page.get_by_text("Ana is typing")).to_have_count(0)
