"""Keeping order: what moderators fill in, and the door of somebody who is kept out."""

from collections.abc import Iterator

from playwright.sync_api import expect

from e2e.register.cast import Cast, enter
from e2e.register.walk import Stop, walk


@walk(
    "moderation",
    "moderation-menu",
    "moderation-shadow",
    "moderation-report",
    "moderation-ban",
    "moderation-settings",
)
def moderation(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    code = mara.room("Sunday Rabbit Club")
    cast.friend("Ana", code)
    enter(page, code)
    page.get_by_role("tab", name="People").click()
    page.get_by_role("button", name="More about Ana").click()
    shadow = page.get_by_role("menuitem", name="Shadow mute…")
    expect(shadow).to_be_enabled()
    yield Stop("moderation-menu", page)
    shadow.click()
    expect(page.get_by_role("dialog", name="Shadow mute Ana")).to_be_visible()
    yield Stop("moderation-shadow", page)
    page.keyboard.press("Escape")
    for item, dialog in (("Report…", "Report Ana"), ("Ban…", "Ban Ana")):
        page.get_by_role("button", name="More about Ana").click()
        page.get_by_role("menuitem", name=item).click()
        expect(page.get_by_role("dialog", name=dialog)).to_be_visible()
        yield Stop("moderation-report" if item == "Report…" else "moderation-ban", page)
        if item == "Report…":
            page.keyboard.press("Escape")
    page.get_by_label("Reason").fill("told the end")
    page.get_by_role("button", name="Ban", exact=True).click()
    expect(page.locator("[data-person]")).to_have_count(1)
    page.get_by_role("button", name="Room menu").click()
    page.get_by_role("menuitem", name="Room settings").click()
    expect(page.get_by_role("button", name="Lift the ban on Ana")).to_be_visible()
    yield Stop("moderation-settings", page)
