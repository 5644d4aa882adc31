"""The room, from empty to a film that runs, with its sheets and its menus."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from e2e.register.cast import Cast, Friend, Line, enter
from e2e.register.walk import Stop, walk
from e2e.watcher import PLAYER, PLAYING
from syncwatch.tests.api_client import Person

SHEETS = {
    "films": "Add a film",
    "invite": "Invite people",
    "settings": "Room settings",
    "rights": "Who may do what",
}


@walk(
    "room-empty",
    "room-loading",
    "room-empty",
    "room-menu",
    "room-films",
    "room-invite",
    "room-settings",
    "room-rights",
    "room-keys",
    "room-queue-empty",
    covers=("room-page",),
)
def empty(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    code = mara.room("Sunday Rabbit Club")
    line = Line(page)
    line.mute.add("room:snapshot")
    page.goto(f"/r/{code}")
    expect(page.locator("[data-link-state]")).to_contain_text("Connecting")
    yield Stop("room-loading", page)
    line.mute.clear()
    enter(page, code)
    yield Stop("room-empty", page)
    menu = page.get_by_role("button", name="Room menu")
    menu.click()
    expect(page.get_by_role("menu")).to_be_visible()
    yield Stop("room-menu", page)
    page.keyboard.press("Escape")
    for sheet, words in (*SHEETS.items(), ("keys", "Keys")):
        menu.click()
        page.get_by_role("menuitem", name=words).click()
        expect(page.locator(f'[data-dialog="{sheet}"]')).to_be_visible()
        page.wait_for_load_state("networkidle")
        yield Stop(f"room-{sheet}", page)
        page.keyboard.press("Escape")
    page.get_by_role("tab", name="Queue").click()
    yield Stop("room-queue-empty", page)


@walk(
    "room",
    "room-before-play",
    "room-playing",
    "room-health",
    "room-told",
    "room-chat-veiled",
    "room-chat-with-film",
    "room-player-menu",
    "room-captions-menu",
    "room-waiting",
    "room-catching-up",
    "room-people",
    "room-person-menu",
    "room-queue",
    "room-queue-menu",
    "room-theatre",
    "room-full-alone",
    "room-full",
    "room-full-chat",
    "room-next",
)
def watching(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    code, host, (ana, ilya) = _evening(cast, mara)
    line = Line(page)
    enter(page, code)
    expect(page.locator("[data-seek]")).to_be_visible()
    yield Stop("room-before-play", page)
    page.locator("[data-play-toggle]").click()
    _friends_ready(ana, ilya)
    page.wait_for_function(PLAYING)
    expect(page.locator("[data-sync-state]")).to_contain_text("In sync", timeout=20_000)
    yield Stop("room-playing", page)
    yield _health(page, ana, ilya)
    page.keyboard.press("Escape")
    yield from _beside_the_film(page, ana)
    yield from _menus(page)
    ana.request("sync:play")
    _friends_ready(ana, ilya)
    page.wait_for_function(PLAYING)
    ana.report("buffering")
    expect(page.locator("[data-sync-state]")).to_contain_text("Waiting for Ana", timeout=10_000)
    yield Stop("room-waiting", page)
    ana.report("ready")
    yield from _catching_up(page)
    yield from _panels(page)
    yield from _views(page)
    first = mara.get(f"/api/rooms/{code}/queue/")["results"][0]["id"]
    host.request("sync:load", item_id=first)  # a look at all that was may take longer than the film
    host.request("sync:play")
    yield _next(page, line, host, (ana, ilya))
    host.request("sync:pause")


def _menus(page: Page) -> Iterator[Stop]:
    for menu, name in (("player", "Sound, quality and speed"), ("captions", "Captions")):
        _wake(page)
        page.locator(f'.stage [data-menu="{menu}"]:visible').first.click()
        shown = page.get_by_role("menu", name=name)
        expect(shown).to_be_visible()
        expect(shown).to_contain_text("Speed, for everyone" if menu == "player" else "Off")
        yield Stop(f"room-{menu}-menu", page)
        page.keyboard.press("Escape")


def _health(page: Page, ana: Friend, ilya: Friend) -> Stop:
    ana.report("playing", drift_ms=-3.4, clock_bound_ms=1.8, quality=720)
    ilya.report("playing", drift_ms=180, rtt_ms=240, buffered=1.5, clock_bound_ms=64, quality=360)
    page.locator("[data-sync-state] .chip-more").click()
    panel = page.get_by_role("dialog", name="How it runs with everybody")
    expect(panel.locator("[data-health-said]")).to_have_text("Out of step: Ilya")
    expect(panel.locator("[data-health-of]")).to_have_count(3)
    expect(panel.get_by_role("img", name="Your last minute")).to_be_visible()
    return Stop("room-health", page)


def _next(page: Page, line: Line, host: Friend, friends: tuple[Friend, Friend]) -> Stop:
    """The film is over, and the other one of the list begins by itself."""
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("t")  # out of the theatre; a phone has no button for it
    _wake(page)
    line.put_off_ms = 90_000
    host.request("sync:seek", position=60)
    _friends_ready(*friends)
    _friends_ready(*friends)
    expect(page.locator("[data-countdown]")).to_contain_text("It begins in", timeout=20_000)
    return Stop("room-next", page)


BEHIND = f"""() => {{
  const {{ timeline, clock }} = syncwatch.room;
  const there = timeline.position + ((clock.now() - timeline.at) / 1000) * timeline.rate;
  return there - document.querySelector('{PLAYER}').currentTime > 2;
}}"""


def _catching_up(page: Page) -> Iterator[Stop]:
    """Behind, because one watched on one's own, and coming back by running."""
    page.wait_for_function(PLAYING)
    for deed in ("Catch up at 1.1×", "Watch on your own"):
        _wake(page)
        page.locator('.stage [data-menu="player"]:visible').first.click()
        page.get_by_role("menu", name="Sound, quality and speed").get_by_text(deed).click()
    page.keyboard.press("k")
    page.wait_for_function(BEHIND)
    chip = page.locator("[data-sync-state]")
    chip.get_by_role("button", name="Rejoin").click()
    expect(chip).to_contain_text("behind")
    yield Stop("room-catching-up", page)
    page.keyboard.press("y")
    expect(chip).to_contain_text("In sync", timeout=10_000)


def _beside_the_film(page: Page, ana: Friend) -> Iterator[Stop]:
    ana.request("sync:pause")
    expect(page.locator("[data-sign]")).to_contain_text("Ana paused")
    yield Stop("room-told", page)
    ana.say("wait for the butterfly", at_s=40)
    expect(page.locator(".msg.is-veiled")).to_contain_text("Said at 0:40")
    yield Stop("room-chat-veiled", page)
    head = page.get_by_role("radiogroup", name="What the chat shows")
    head.get_by_text("With the film").click()
    ana.say("there it is", at_s=41)
    expect(page.locator("[data-chat-mode]")).to_contain_text("1 more said live")
    yield Stop("room-chat-with-film", page)
    head.get_by_text("Live").click()


def _evening(cast: Cast, mara: Person) -> tuple[str, Friend, tuple[Friend, Friend]]:
    """A room with a film on, two friends, and something said."""
    code = mara.room("Sunday Rabbit Club", wait={"mode": "on", "grace_ms": 250, "cap_s": 60})
    film = cast.with_film(mara)
    mara.subtitle(film, "1\n00:00:00,500 --> 00:00:50,000\nLook at his left ear.\n")
    host = cast.put_on(mara, code, film)
    mara.queue(code, film)
    ana, ilya = cast.friend("Ana", code), cast.friend("Ilya", code)
    ana.say("is everybody here?", at_s=0)
    ilya.say("popcorn in hand 🍿", at_s=0)
    ilya.say("and a blanket", at_s=0)
    host.say("the ear joke comes at 0:12", at_s=0)
    ana.say("don’t tell! https://example.org/rabbits", at_s=4)
    return code, host, (ana, ilya)


def _friends_ready(*friends: Friend) -> None:
    for friend in friends:
        friend.report("ready")


def _panels(page: Page) -> Iterator[Stop]:
    page.get_by_role("tab", name="People").click()
    yield Stop("room-people", page)
    page.get_by_role("button", name="More about Ana").click()
    expect(page.get_by_role("menu", name="Ana")).to_be_visible()
    yield Stop("room-person-menu", page)
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Queue").click()
    yield Stop("room-queue", page)
    page.get_by_role("button", name="More about").last.click()
    expect(page.get_by_role("menu", name="Film in the queue").last).to_be_visible()
    yield Stop("room-queue-menu", page)
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Chat").click()


def _views(page: Page) -> Iterator[Stop]:
    _shown(page, "t", "theatre")
    yield Stop("room-theatre", page)
    page.locator('.stage [data-menu="player"]:visible').first.click()
    page.get_by_role("menuitem", name="Watch on your own").click()
    _shown(page, "f", "full")
    chip = page.locator("[data-sync-state]")  # it lies on the film there, with a button in it
    expect(chip.get_by_role("button", name="Rejoin")).to_be_visible()
    yield Stop("room-full-alone", page)
    page.keyboard.press("y")
    expect(chip).to_contain_text("In sync", timeout=10_000)
    _wake(page)
    yield Stop("room-full", page)
    page.keyboard.press("/")
    expect(page.locator("[data-room]")).to_have_attribute("data-chat", "on")
    yield Stop("room-full-chat", page)
    page.evaluate("() => document.exitFullscreen()")


def _shown(page: Page, key: str, view: str) -> None:
    page.keyboard.press(key)
    expect(page.locator("[data-room]")).to_have_attribute("data-view", view)
    _wake(page)


def _wake(page: Page) -> None:
    box = page.locator(".stage [data-film]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 80)
    page.mouse.move(box["x"] + 60, box["y"] + 90)
