"""Films from elsewhere: YouTube in its frame after a yes, and addresses that give no film."""

from playwright.sync_api import expect

from e2e.outside import CLOSED, NOWHERE, YOUTUBE, film_in, stand_in
from e2e.watcher import until

PLACE = """() => {
  const { timeline, clock } = syncwatch.room;
  return timeline.position +
    (timeline.paused ? 0 : Math.max(0, (clock.now() - timeline.at) / 1000) * timeline.rate);
}"""
PAUSED, PLAYING = 2, 1


def add(one, address):
    page = one.page
    page.get_by_role("button", name="Room menu").click()
    page.get_by_role("menuitem", name="Add a film").click()
    sheet = page.locator('[data-dialog="films"]')
    sheet.get_by_label("Or an address").fill(address)
    sheet.get_by_role("button", name="Add", exact=True).click()
    return sheet


def expect_in_step(page, state):
    def in_step():
        film = film_in(page)
        return film["state"] == state and abs(film["at"] - page.evaluate(PLACE)) < 0.3

    until(page, f"the film in the frame is in step, state {state}", in_step)


def test_films_from_elsewhere(evening):
    mara = evening.host()
    page = mara.page
    asked = stand_in(page)
    for complaint in ("400 (Bad Request)", NOWHERE, CLOSED):
        mara.forgive(complaint)
    sheet = add(mara, "http://youtu.be/aqz-KE-bpKQ")
    expect(sheet).to_contain_text("Only addresses that begin with https://")
    page.keyboard.press("Escape")

    add(mara, "https://youtu.be/aqz-KE-bpKQ")
    ask = page.get_by_role("group", name="This film comes from YouTube")
    expect(ask).to_contain_text("YouTube learns that you watch it")
    assert asked == mara.foreign == [], "nothing is asked for before a yes"
    ask.get_by_role("button", name="Load it").click()
    expect(page.locator("[data-sync-state]")).to_contain_text("In sync", timeout=15_000)
    expect_in_step(page, PLAYING)
    expect(page.locator("[data-length]")).to_have_text("9:56")
    page.keyboard.press("ArrowDown")
    until(page, "its loudness is the room's own", lambda: film_in(page)["volume"] == 95)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("k")
    expect_in_step(page, PAUSED)
    assert asked == mara.foreign
    assert all(url.startswith(YOUTUBE) for url in asked)

    for address, title, words in (
        (
            f"{NOWHERE}/gone.mp4",
            "gone",
            "There is no film at this address that this browser can play.",
        ),
        (
            f"{NOWHERE}/lost.m3u8",
            "lost",
            "There is no film at this address, or not for everybody (status",
        ),
        (
            f"{CLOSED}/a.m3u8",
            "a",
            "cannot be reached, or it does not let other pages play its films",
        ),
    ):
        add(mara, address)
        page.get_by_role("tab", name="Queue").click()
        page.get_by_role("button", name=f"Play {title} now").click()
        expect(page.locator("[data-centre]")).to_contain_text(words, timeout=15_000)
    mara.foreign.clear()
