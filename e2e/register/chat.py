"""The room's chat, with all that hangs on messages."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from e2e import fingers
from e2e.register.cast import Cast, Friend, enter
from e2e.register.walk import Stop, walk


@walk(
    "room-chat",
    "room-reactions",
    "room-message-menu",
    "room-reply",
    "room-mention",
    "room-edit",
    "room-edit-history",
    "room-who-reacted",
    "room-any-reaction",
    "room-pins",
    "room-search",
)
def chat(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    code = mara.room("Sunday Rabbit Club")
    said, changed, mine = _talk(cast, cast.at_socket(mara, code), code)
    enter(page, code)
    expect(page.locator("[data-new]")).to_be_visible()
    expect(page.locator(".pinline")).to_be_visible()
    yield Stop("room-reactions", page)
    _open_menu(page, changed)
    yield Stop("room-message-menu", page)
    page.keyboard.press("Escape")
    yield from _writing(page, said, mine)
    yield from _dialogs(page, said, changed)
    page.get_by_role("button", name="Search the chat").click()
    page.get_by_role("searchbox").fill("ear")
    expect(page.locator(".found mark").first).to_be_visible()
    yield Stop("room-search", page)


def _talk(cast: Cast, host: Friend, code: str) -> tuple[str, str, str]:
    """One message with reactions, one that was changed, and one of the host's own."""
    ana, ilya = cast.friend("Ana", code), cast.friend("Ilya", code)
    host.request("chat:pin", id=host.say("no spoilers before the yawn"), on=True)
    said = ana.say("every. single. time.")
    for friend, emoji in ((host, "😂"), (ana, "😂"), (ilya, "🦋")):
        friend.request("chat:react", id=said, emoji=emoji, on=True)
    ilya.say("you said that about the apple too", reply_to=said)
    changed = ilya.say("@Mara look at https://example.org/rabits")
    ilya.request("chat:edit", id=changed, body="@Mara look at https://example.org/rabbits")
    host.request("chat:read", id=changed)
    ana.say("his ear!")
    return said, changed, host.say("which one, @Ana?")


def _open_menu(page: Page, message: str) -> None:
    fingers.open_menu(page, page.locator(f'[data-message="{message}"]'))


def _choose(page: Page, message: str, deed: str) -> None:
    _open_menu(page, message)
    page.get_by_role("menuitem", name=deed, exact=True).click()


def _writing(page: Page, said: str, mine: str) -> Iterator[Stop]:
    aim = page.locator("[data-chat-aim]")
    _choose(page, said, "Reply")
    expect(aim).to_be_visible()
    yield Stop("room-reply", page)
    page.locator("[data-chat-input]").press_sequentially("well, @")
    expect(page.get_by_role("option")).to_have_count(3)
    yield Stop("room-mention", page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    _choose(page, mine, "Edit")
    expect(aim).to_contain_text("Editing")
    yield Stop("room-edit", page)
    page.keyboard.press("Escape")


def _dialogs(page: Page, said: str, changed: str) -> Iterator[Stop]:
    for message, deed, state in (
        (changed, "What it said before", "edit-history"),
        (said, "Who reacted", "who-reacted"),
        (said, "Another reaction", "any-reaction"),
    ):
        _choose(page, message, deed)
        expect(page.get_by_role("dialog")).to_be_visible()
        yield Stop(f"room-{state}", page)
        page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("pinned message")).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield Stop("room-pins", page)
    page.keyboard.press("Escape")
