"""Emotes of a room: where they are kept, and where they are seen."""

from collections.abc import Iterator

from playwright.sync_api import Locator, Page, expect

from e2e import fingers, pictures
from e2e.register.cast import Cast, Friend, enter
from e2e.register.walk import Stop, walk


@walk(
    "room-emotes",
    "room-emotes-none",
    "room-emotes-refused",
    "room-emotes-kept",
    "room-emotes-offered",
    "room-emotes-said",
    "room-emotes-reaction",
)
def emotes(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    code = mara.room("Sunday Rabbit Club")
    ana = cast.friend("Ana", code)
    enter(page, code)
    sheet = opened(page)
    expect(sheet).to_contain_text("None yet")
    yield Stop("room-emotes-none", page)
    add(sheet, pictures.script())
    expect(sheet.get_by_role("alert")).to_contain_text("not a PNG")
    yield Stop("room-emotes-refused", page)
    for file in (pictures.sofa(), pictures.rug()):
        sheet.get_by_label("Name").fill("")
        add(sheet, file)
        name = file["name"].split(".")[0].strip("!").lower()
        expect(sheet.locator(f'[data-emote="{name}"]')).to_be_visible()
    sheet.get_by_label("Name").focus()
    yield Stop("room-emotes-kept", page)
    page.keyboard.press("Escape")
    yield from _said(page, ana)


def _said(page: Page, ana: Friend) -> Iterator[Stop]:
    page.locator("[data-chat-input]").press_sequentially("on the :so")
    expect(page.get_by_role("option")).to_have_count(2)
    yield Stop("room-emotes-offered", page)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    ana.say(":sofa: :rug:")
    said = ana.say("who sits on the :rug:? :popcorn: is here")
    ana.request("chat:react", id=said, emoji=":sofa:", on=True)
    expect(page.locator(".rx .emote")).to_be_visible()
    yield Stop("room-emotes-said", page)
    fingers.open_menu(page, page.locator(f'[data-message="{said}"]'))
    page.get_by_role("menuitem", name="Another reaction").click()
    expect(page.get_by_role("group", name="Of this room")).to_be_visible()
    yield Stop("room-emotes-reaction", page)


def opened(page: Page) -> Locator:
    page.get_by_role("button", name="Room menu").click()
    page.get_by_role("menuitem", name="Room settings").click()
    page.get_by_role("button", name="Emotes of the room").click()
    return page.get_by_role("dialog", name="Emotes of the room")


def add(sheet: Locator, file: pictures.Chosen) -> None:
    sheet.locator("#emote-picture").set_input_files(file)  # type: ignore[arg-type]
    sheet.get_by_role("button", name="Add", exact=True).click()
