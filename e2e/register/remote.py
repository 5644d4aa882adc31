"""The room for those who do not have the remote: refused, asking for it, lent it."""

from collections.abc import Iterator

from playwright.sync_api import expect

from e2e.register.cast import Cast, Line, enter
from e2e.register.walk import Stop, walk

# Browsers differ in when they let a page make a sound; this one always wants a gesture first.
STRICT = """(() => {
  let touched = false;
  for (const type of ['pointerdown', 'keydown'])
    addEventListener(type, () => { touched = true; }, { capture: true });
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    if (touched) return play.call(this);
    return Promise.reject(new DOMException('A gesture comes first', 'NotAllowedError'));
  };
})()"""


@walk("room-guest", "room-tap", "room-refused", "room-asked", "room-failed-message", "room-removed")
def guest(cast: Cast) -> Iterator[Stop]:
    page, mara = cast.host()
    code = mara.room("Only the host", control="owner")
    host = cast.put_on(mara, code, cast.with_film(mara))
    theirs = cast.stranger()
    theirs.context.add_cookies(cast.person("Noor").cookies(cast.stack.url))
    cast.person("Noor").join(code)
    theirs.add_init_script(STRICT)
    line = Line(theirs)
    enter(page, code)
    host.request("sync:play")
    theirs.goto(f"/r/{code}")
    expect(theirs.locator("[data-tap]")).to_be_visible()
    yield Stop("room-tap", theirs)
    theirs.locator("[data-tap]").click()
    theirs.keyboard.press("k")
    ask = theirs.get_by_role("button", name="Ask")
    ask.focus()  # a toast stays while the focus is in it
    yield Stop("room-refused", theirs)
    ask.click()
    expect(page.get_by_text("Noor asks")).to_be_visible()
    yield Stop("room-asked", page)
    line.refuse_next("chat:send")
    theirs.locator("[data-chat-input]").fill("did you see that?")
    theirs.keyboard.press("Enter")
    expect(theirs.locator("[data-pending=failed]")).to_be_visible()
    yield Stop("room-failed-message", theirs)
    mara.kick(code, cast.person("Noor").id)
    expect(theirs.locator("[data-room-end]")).to_be_visible()
    yield Stop("room-removed", theirs)


@walk("room-lending", "room-lent", "room-lent-menu", "room-exceptions")
def lending(cast: Cast) -> Iterator[Stop]:
    """Somebody holds the remote for a while: as they see it, and as whoever lent it does."""
    page, mara = cast.host()
    code = mara.room("Only the host", control="owner")
    cast.put_on(mara, code, cast.with_film(mara))
    theirs = cast.stranger()
    theirs.context.add_cookies(cast.person("Noor").cookies(cast.stack.url))
    cast.person("Noor").join(code)
    enter(page, code)
    enter(theirs, code)
    theirs.keyboard.press("k")
    theirs.get_by_role("button", name="Ask").click()
    page.get_by_role("button", name="Give the remote for 10 minutes").click()
    expect(theirs.locator("[data-own-right=control]")).to_contain_text("Remote")
    yield Stop("room-lent", theirs)
    page.get_by_role("tab", name="People").click()
    expect(page.locator("[data-right-sign]")).to_contain_text("Remote")
    page.get_by_role("button", name="More about Noor").click()
    menu = page.get_by_role("menu", name="Noor")
    expect(menu).to_be_visible()
    yield Stop("room-lent-menu", page)
    menu.get_by_role("menuitem", name="Mute in voice").click()
    page.get_by_role("button", name="Room menu").click()
    page.get_by_role("menuitem", name="Who may do what").click()
    expect(page.locator("[data-exception]")).to_have_count(2)
    yield Stop("room-exceptions", page)
