"""What opens in a room, in a language nobody speaks and from right to left: sheets, menus, panels.

Each is opened without knowing a word of the language, the way a person opens it.
"""

import pytest
from playwright.sync_api import expect

from e2e import fingers
from e2e.looks import DESK, NARROW
from e2e.register.cast import Friend
from e2e.test_languages import LONG, RTL, expect_nothing_forgotten, speaks
from e2e.test_pages import expect_fits
from syncwatch.tests.api_client import Person

# More than the whole suite's twelve minutes have room for.
pytestmark = pytest.mark.long

__all__ = ["speaks"]  # a fixture, for this module too
# What people wrote and are called has brackets of its own here; an example names somebody, commands
# are called the same in every language, and Intl writes times.
FRIEND, FILM, WORDS = "[Ana]", "[Sunday rabbit]", "[his ear!]"
EXAMPLES = ["@Ana", "@Ana 10", "Sunday rabbit"]  # the last one is the name of a file
NO_SENTENCES = ["dt > b", "time"]
MENU = ".menu:popover-open"
DIALOG = "dialog[open]"
SIDE = "[data-side]"
# What stands in the room's menu, by its picture, and the sheet it opens.
SHEETS = {"invite": "invite", "plus": "films", "clock": "evening", "settings": "settings",
          "key": "rights", "flag": "moderation", "keyboard": "keys"}  # fmt: skip
# Buttons, choices and fields that are cut, stick out of what they stand in, or hold words that do.
CLIPPED = """(root) => {
  const shown = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const words = (one) => (one.textContent || one.getAttribute("aria-label") || one.tagName).trim();
  const cut = (button, box) => {
    const walker = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const style = getComputedStyle(node.parentElement);
      if (!node.data.trim() || style.textOverflow === "ellipsis") continue;
      if (node.parentElement.closest(".sr")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { left, right } = range.getBoundingClientRect();
      if (right > left && (left < box.left - 1 || right > box.right + 1)) return true;
    }
    return false;
  };
  const found = [];
  for (const top of document.querySelectorAll(root)) {
    if (!shown(top)) continue;
    const frame = top.getBoundingClientRect();
    if (frame.left < -1 || frame.right > innerWidth + 1) found.push("it sticks out of the window");
    if (top.scrollWidth > top.clientWidth + 1) found.push("it scrolls sideways");
    for (const one of top.querySelectorAll("button, a, label, select, input, h2, legend")) {
      if (!shown(one) || one.closest(".sr, [class*=ellipsis]")) continue;
      const box = one.getBoundingClientRect();
      if (!box.width || one.matches(".sr")) continue;
      if (box.left < frame.left - 1 || box.right > frame.right + 1)
        found.push(`sticks out: ${words(one)}`);
      if (one.matches("button, a") && cut(one, box)) found.push(`is cut: ${words(one)}`);
    }
  }
  return found;
}"""


def picture(name):
    return f":has(use[href='#i-{name}'])"


class Walk:
    """Somebody in the middle of a room, and what is wrong with what they open."""

    def __init__(self, one, wrong_of):
        self.one = one
        self.page = one.page
        self.wrong = []
        self._wrong_of = wrong_of

    def look(self, what, root):
        expect(self.page.locator(root).first).to_be_visible()
        self.page.wait_for_load_state("networkidle")
        expect(self.page.locator(f"{root} [aria-busy=true]")).to_have_count(0)
        self.wrong += [f"{what}: {line}" for line in self.page.evaluate(CLIPPED, root)]
        for check in self._wrong_of:
            try:
                check(self.one)
            except AssertionError as found:
                self.wrong.append(f"{what}: {found}")

    def close(self):
        self.page.keyboard.press("Escape")
        expect(self.page.locator(f"{MENU}, {DIALOG}")).to_have_count(0)

    def open_menu(self, button):
        button.click()
        expect(self.page.locator(MENU)).to_be_visible()

    def choose(self, name):
        self.page.locator(f"{MENU} .item{picture(name)}").first.click()

    # -- the parts of a room -------------------------------------------------------------------
    def room_menu(self):
        button = self.page.locator("[data-menu=room]")
        self.open_menu(button)
        self.look("room menu", MENU)
        self.close()
        for name, sheet in SHEETS.items():
            self.open_menu(button)
            self.choose(name)
            self.look(sheet, DIALOG)
            self.close()
        self.page.keyboard.press("?")
        self.look("help", "[data-dialog=keys]")
        self.close()

    def player_menus(self):
        for name in ("player", "captions"):
            self.one.wake()
            self.open_menu(self.page.locator(f"[data-menu={name}]:visible").first)
            self.look(f"{name} menu", MENU)
            self.close()

    def people(self):
        self.page.locator("#tab-people").click()
        self.look("people", SIDE)
        button = self.page.locator(f"[data-person] button{picture('more')}").last
        self.open_menu(button)
        self.look("person's menu", MENU)
        self.close()
        for name in ("flag", "lock"):
            self.open_menu(button)
            self.choose(name)
            self.look(f"person's {name}", DIALOG)
            self.close()

    def queue(self):
        self.page.locator("#tab-queue").click()
        self.look("queue", SIDE)
        self.open_menu(self.page.locator(f"[data-item] button{picture('more')}").last)
        self.look("film's menu", MENU)
        self.close()

    def chat(self):
        self.page.locator("#tab-chat").click()
        self.look("chat", SIDE)
        self.page.locator("[data-chat-input]").fill("/help")
        self.page.keyboard.press("Enter")
        self.look("commands", DIALOG)
        self.close()
        self.page.locator("[data-search-open]").click()
        self.page.locator("#chat-search").fill("ear")
        expect(self.page.locator(".found mark")).to_be_visible()
        self.look("search", SIDE)
        self.page.locator("[data-search-close]").click()
        more = self.page.locator(f".tools button{picture('more')}")
        fingers.point_at(self.page, self.page.locator("[data-message]").last)
        self.open_menu(more)
        self.look("message menu", MENU)
        self.close()

    def voice(self):
        self.page.locator(f"[data-voice] button{picture('settings')}:visible").click()
        self.look("voice", "[data-dialog=voice]")
        self.close()


@pytest.fixture
def walk_in(speaks, stack, film):
    """`walk_in(language, viewport, checks)`: Mara hosts, Ana is there and said something."""
    people = []

    def open_one(language, viewport, *checks):
        mara, ana = Person(stack.url, "Mara"), Person(stack.url, FRIEND)
        people.extend((mara, ana))
        code = mara.room("Mara’s room")
        video_id = mara.upload(film)
        mara.wait_until(video_id, ready=True)
        item_id = mara.queue(code, video_id, title=FILM)
        mara.queue(code, video_id, title=FILM)
        friend = Friend(stack, ana, code)
        people.append(friend)
        friend.request("sync:load", item_id=item_id)
        friend.say(WORDS)
        one = speaks("Mara", language, viewport=viewport)
        one.page.context.add_cookies(mara.cookies(stack.url))
        one.page.goto(f"/r/{code}")
        state = one.page.locator("[data-link-state]")
        expect(state).to_have_attribute("data-state", "live")
        expect(one.page.locator("[data-length]")).to_have_text("1:00")
        return Walk(one, checks)

    yield open_one
    for each in reversed(people):
        each.close()


def fits(one):
    expect_fits(one.page)


def speaks_it(one):
    expect_nothing_forgotten(one, own=EXAMPLES, skipped=NO_SENTENCES)


@pytest.mark.parametrize("viewport", [DESK, NARROW], ids=["desk", "narrow"])
@pytest.mark.parametrize(
    ("language", "checks"),
    [(LONG, (speaks_it, fits)), (RTL, (fits,))],
    ids=["long words", "right to left"],
)
def test_nothing_that_opens_forgot_a_sentence_or_sticks_out(walk_in, language, checks, viewport):
    walk = walk_in(language, viewport, *checks)
    walk.room_menu()
    walk.player_menus()
    walk.people()
    walk.queue()
    walk.chat()
    walk.voice()
    assert not walk.wrong, "\n".join(walk.wrong)
