"""How one keeps step oneself: catching up instead of jumping, and not being waited for."""

from playwright.sync_api import expect

from e2e.watcher import PLAYER, until

BEHIND = f"""() => {{
  const {{ timeline, clock }} = syncwatch.room;
  const there = timeline.position + ((clock.now() - timeline.at) / 1000) * timeline.rate;
  return there - document.querySelector('{PLAYER}').currentTime > 2;
}}"""
SPEED = f"""() => {{
  const {{ playbackRate, preservesPitch }} = document.querySelector('{PLAYER}');
  return [playbackRate, preservesPitch];
}}"""
MENU = "Sound, quality and speed"


def open_menu(one):
    one.wake()
    one.page.locator('.stage [data-menu="player"]:visible').first.click()
    return one.page.get_by_role("menu", name=MENU)


def choose(one, words):
    open_menu(one).get_by_text(words, exact=True).click()


def test_who_is_behind_catches_up_or_jumps_as_they_like(evening):
    mara = evening.host(film="playing")
    page, chip = mara.page, mara.page.locator("[data-sync-state]")
    choose(mara, "Catch up at 1.1×")
    choose(mara, "Don’t wait for me")
    choose(mara, "Watch on your own")
    page.keyboard.press("k")
    page.wait_for_function(BEHIND)
    chip.get_by_role("button", name="Rejoin").click()
    expect(chip).to_contain_text("Catching up")
    expect(chip).to_contain_text("s behind")
    until(page, "a tenth faster, as deep", lambda: page.evaluate(SPEED) == [1.1, True])
    chip.get_by_role("button", name="Jump").click()
    expect(chip).to_contain_text("In sync")
    until(page, "the room's speed again", lambda: page.evaluate(SPEED) == [1, False])

    page.reload()
    mara.expect_live()
    menu = open_menu(mara)
    expect(menu.get_by_role("menuitemradio", name="Catch up at 1.1×")).to_be_checked()
    expect(menu.get_by_role("menuitemcheckbox", name="Don’t wait for me")).to_be_checked()
    menu.get_by_role("menuitemcheckbox", name="Don’t wait for me").click()
    free = open_menu(mara).get_by_role("menuitemcheckbox", name="Don’t wait for me")
    expect(free).not_to_be_checked()
