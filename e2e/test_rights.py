"""The remote lent for ten minutes in one tap, counted down for both, and taken back at once."""

import re

from playwright.sync_api import expect

from e2e.watcher import dismiss

LEFT = re.compile(r"· (10:00|9:\d\d)")


def test_rights_are_lent_seen_and_taken_back(evening):
    """Mara alone holds the remote, her film stands; Ana has come in."""
    mara = evening.host(film="paused", control="owner")
    ana = evening.guest("Ana")
    expect(ana.page.locator("[data-length]")).to_have_text("1:00")
    for step in (
        asked_for_lent_in_one_tap_used_seen_and_taken_back,
        muted_in_the_chat_one_reads_why_and_writes_again_later,
        everybody_reads_who_may_what_and_who_may_take_back_does,
        the_remote_itself_is_asked_for_and_kept_until_taken_back,
    ):
        step(mara, ana)
        for one in (mara, ana):
            dismiss(one.page)


def toasts(one):
    return one.page.locator(".toasts")


def chip(one, capability="control"):
    return one.page.locator(f"[data-own-right={capability}]")


def row(one, name):
    return one.page.locator("[data-person]").filter(has_text=name)


def about(one, name):
    """Open the menu of a person, as somebody above them sees it."""
    one.page.get_by_role("tab", name="People").click()
    one.page.get_by_role("button", name=f"More about {name}").click()
    return one.page.get_by_role("menu", name=name)


def counts_down(one):
    """The time left goes on by itself."""
    before = chip(one).inner_text()
    expect(chip(one)).not_to_have_text(before, timeout=3_000)
    expect(chip(one)).to_contain_text(LEFT)


def asked_for_lent_in_one_tap_used_seen_and_taken_back(mara, ana):
    ana.page.keyboard.press("k")
    expect(toasts(ana)).to_contain_text("Only Mara can give you the remote")
    ana.page.get_by_role("button", name="Ask", exact=True).click()
    mara.page.get_by_role("button", name="Give the remote for 10 minutes").click()
    expect(toasts(ana)).to_contain_text("Mara gave you the remote for 10 min")
    expect(chip(ana)).to_contain_text(LEFT)
    counts_down(ana)
    ana.page.keyboard.press("k")
    mara.expect_playing()
    mara.expect_told("Ana pressed play")
    expect(mara.page.get_by_role("region", name="Questions")).to_be_empty()
    menu = about(mara, "Ana")
    expect(row(mara, "Ana")).to_contain_text(LEFT)
    menu.get_by_role("menuitem", name="Take the remote back").click()
    expect(toasts(ana)).to_contain_text("The remote was taken back")
    expect(chip(ana)).to_have_count(0)
    ana.page.keyboard.press("k")
    expect(toasts(ana)).to_contain_text("Only Mara can give you the remote")
    mara.page.get_by_role("tab", name="Chat").click()
    log = mara.page.locator("[data-chat-log]")
    expect(log).to_contain_text("You gave Ana the remote for 10 min")
    expect(log).to_contain_text("You took the remote from Ana")


def the_remote_itself_is_asked_for_and_kept_until_taken_back(mara, ana):
    about(ana, "Ana").get_by_role("menuitem", name="Ask for the remote").click()
    expect(toasts(ana)).to_contain_text("You asked Mara to give the remote")
    mara.page.get_by_role("button", name="Until I take it back").click()
    expect(toasts(ana)).to_contain_text("Mara gave you the remote")
    expect(chip(ana)).to_have_text("Remote")
    ana.page.reload()
    expect(chip(ana)).to_have_text("Remote")


def muted_in_the_chat_one_reads_why_and_writes_again_later(mara, ana):
    ana.forgive("403")
    about(mara, "Ana").get_by_role("menuitem", name="Mute in the chat for 10 minutes").click()
    expect(toasts(ana)).to_contain_text("You are muted in the chat until")
    expect(chip(ana, "chat")).to_contain_text("Muted in the chat")
    about(mara, "Ana").get_by_role("menuitem", name="Let them write again").click()
    expect(toasts(ana)).to_contain_text("You can write again")
    expect(chip(ana, "chat")).to_have_count(0)


def everybody_reads_who_may_what_and_who_may_take_back_does(mara, ana):
    about(mara, "Ana").get_by_role("menuitem", name="Give the remote until I take it back").click()
    for one in (ana, mara):
        one.page.get_by_role("button", name="Room menu").click()
        one.page.get_by_role("menuitem", name="Who may do what").click()
        sheet = one.page.get_by_role("dialog", name="Who may do what")
        expect(sheet.get_by_role("row").nth(1)).to_have_text(
            re.compile(r"Play, pause and seek\s*Yes\s*–?\s*No\s*–?\s*No\s*–?\s*No")
        )
        expect(sheet.locator("[data-exception]")).to_contain_text("Ana")
    expect(ana.page.get_by_role("button", name="Take back")).to_have_count(0)
    mara.page.get_by_role("button", name="Take back: Ana, Remote").click()
    for one in (ana, mara):
        sheet = one.page.get_by_role("dialog", name="Who may do what")
        expect(sheet).to_contain_text("None: everybody may do what their role says.")
        one.page.keyboard.press("Escape")
        expect(sheet).to_have_count(0)
