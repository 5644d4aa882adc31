"""The room's line to the server: unsure, cut, taken over elsewhere, gone."""

from collections.abc import Iterator

from playwright.sync_api import expect

from e2e.register.cast import Cast, Line, enter
from e2e.register.walk import Stop, walk
from syncwatch.lib import clock


@walk(
    "room-line",
    "room-clock-unsure",
    "room-unwaited",
    "room-reconnecting",
    "room-updating",
    "room-elsewhere",
    "room-offline",
    "room-closed",
)
def line(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    code = mara.room("Sunday Rabbit Club")
    cast.put_on(mara, code, cast.with_film(mara))
    plug = Line(page)
    plug.mute.add("sync:pong")
    enter(page, code)
    chip = page.locator("[data-link-state]")
    expect(page.locator("[data-sync-state]")).to_contain_text("Clock unsure", timeout=20_000)
    yield Stop("room-clock-unsure", page)
    plug.mute.clear()
    plug.tell({"type": "sync:unwaited", "why": "often", "until": clock.server_ms() + 300_000})
    expect(page.locator(".toasts")).to_contain_text("nobody waits for you")
    yield Stop("room-unwaited", page)
    for closing, words, state in (
        (1011, "Reconnecting", "reconnecting"),
        (1012, "Server updating", "updating"),
        (4409, "Signed in elsewhere", "elsewhere"),
    ):
        enter(page, code)
        plug.cut(closing)
        expect(chip).to_contain_text(words)
        yield Stop(f"room-{state}", page)
        plug.refusing = False
    enter(page, code)
    page.context.set_offline(True)
    expect(chip).to_contain_text("Offline")
    page.locator("[data-chat-input]").fill("written without a line")
    page.keyboard.press("Enter")
    expect(page.locator("[data-pending]")).to_be_visible()
    yield Stop("room-offline", page)
    page.context.set_offline(False)
    enter(page, code)
    mara.close_room(code)
    expect(page.locator("[data-room-end]")).to_be_visible()
    yield Stop("room-closed", page)
