"""What the line one writes in can do: commands, polls, dice; and what the server tells."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from e2e.register.cast import Cast, Friend, Line, enter
from e2e.register.walk import Stop, walk

ASK = {"question": "What next?", "options": ["Big Buck Bunny", "Sintel", "Go to bed"]}
ANNOUNCEMENT = {
    "type": "room:announcement",
    "text": "This server restarts at midnight. Films go on.",
}


@walk(
    "room-commands",
    "room-commands-offered",
    "room-commands-help",
    "room-commands-refused",
    "room-kick-asked",
    "room-polls",
    "room-poll-voted",
    "room-poll-closed",
    "room-announcement",
)
def commands(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    code = mara.room("Sunday Rabbit Club")
    ana = cast.friend("Ana", code)
    line = Line(page)
    enter(page, code)
    writes = page.locator("[data-chat-input]")
    writes.press_sequentially("/")
    expect(page.locator("[data-at-more]")).to_contain_text("type on")
    page.keyboard.press("ArrowUp")  # from the first to the last, a page away
    expect(page.get_by_role("option", name="/help")).to_be_visible()
    yield Stop("room-commands-offered", page)
    writes.fill("/help")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Commands")).to_be_visible()
    yield Stop("room-commands-help", page)
    page.keyboard.press("Escape")
    writes.fill("/poll What next?")
    page.keyboard.press("Enter")
    expect(page.locator("[data-chat-note]")).to_contain_text("two options at least")
    yield Stop("room-commands-refused", page)
    writes.fill("/kick @Ana ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Remove Ana?")).to_be_visible()
    yield Stop("room-kick-asked", page)
    page.keyboard.press("Escape")
    yield from _polls(page, ana)
    line.tell(ANNOUNCEMENT)
    expect(page.locator(".toasts")).to_contain_text("at midnight")
    yield Stop("room-announcement", page)


def _polls(page: Page, ana: Friend) -> Iterator[Stop]:
    ana.say("we should decide")
    poll = ana.request("poll:open", nonce="p1", **ASK)["message"]["id"]
    page.locator("[data-chat-input]").fill("/poll multi Snacks? | Popcorn | Carrots")
    page.keyboard.press("Enter")
    expect(page.locator(".poll")).to_have_count(2)
    yield Stop("room-polls", page)
    ana.request("poll:vote", id=poll, options=[1])
    page.get_by_role("button", name=re.compile("Sintel")).click()
    expect(page.get_by_role("button", name="Sintel, 2 votes")).to_be_visible()
    page.get_by_role("button", name=re.compile("Popcorn")).click()
    ana.request("chat:send", body="2d6", nonce="d1", style="roll")
    expect(page.locator(".dice")).to_be_visible()
    yield Stop("room-poll-voted", page)
    ana.request("poll:close", id=poll)
    expect(page.locator(".poll-foot").first).to_contain_text("Closed")
    yield Stop("room-poll-closed", page)
