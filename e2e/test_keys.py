"""Keys in a real room: each does its deed, rests while one types, and is what one made of it."""

import pytest
from playwright.sync_api import expect

from e2e.watcher import until

FILM_S = 60
AT = "() => syncwatch.room.timeline.position"
VIDEO = (
    "() => { const v = document.querySelector('[data-sync-player]'); return [v.muted, v.volume]; }"
)
SEEN = "(name) => document.querySelector('[data-room]').dataset[name] ?? ''"
PRESSED = ["k", "Space", "j", "l", "ArrowLeft", "ArrowRight", *",.5<>", "Home", "End"]
REFUSAL = "Only Mara can give you the remote"


def timeline(page):
    return page.evaluate("() => syncwatch.room.timeline")


def moment(page):
    """Where the film is and how it runs; who waits for whom comes and goes."""
    now = timeline(page)
    return now["position"], now["paused"], now["rate"], now["item_id"]


def expect_at(page, seconds, within=0.6):
    until(
        page,
        lambda: f"the film is not at {seconds}, but at {page.evaluate(AT)}",
        lambda: abs(page.evaluate(AT) - seconds) < within,
    )


def test_keys_in_a_room_whose_film_stands(evening):
    mara = evening.host(
        film="paused",
        script="document.exitPictureInPicture = async () => {};"
        "HTMLVideoElement.prototype.requestPictureInPicture = async function () {"
        " document.documentElement.dataset.pip = 'asked'; };",
    )
    for step in (
        every_key_of_the_film_does_its_deed,
        every_key_of_ones_own_does_its_deed,
        keys_rest_while_one_types_and_where_they_belong_to_something_else,
        another_script_writes_other_letters_with_the_same_keys,
    ):
        step(mara, mara.page)


def presses(page, key, seconds):
    before = page.evaluate(AT)
    page.keyboard.press(key)
    expect_at(page, before + seconds, within=0.02 if abs(seconds) < 1 else 0.6)


def every_key_of_the_film_does_its_deed(mara, page):
    for key, by in {"j": -10, "l": 10, "ArrowLeft": -5, "ArrowRight": 5}.items():
        presses(page, key, by)
    for key, by in {",": -1 / 24, ".": 1 / 24}.items():
        presses(page, key, by)
    for digit in range(10):
        page.wait_for_timeout(260)  # four commands in a second is what a room follows for long
        page.keyboard.press(str(digit))
        expect_at(page, FILM_S * digit / 10)
    page.keyboard.press("End")
    expect_at(page, FILM_S - 0.5)
    page.keyboard.press("Home")
    expect_at(page, 0)
    page.keyboard.press(">")
    until(page, "not faster", lambda: timeline(page)["rate"] == 1.25)
    page.keyboard.press("<")
    until(page, "not slower", lambda: timeline(page)["rate"] == 1)
    page.keyboard.press(" ")
    mara.expect_playing()
    page.keyboard.press("K")
    mara.expect_paused()
    page.keyboard.press("Shift+N")
    expect(page.get_by_text("Nothing comes after this one")).to_be_visible()


def every_key_of_ones_own_does_its_deed(_, page):
    page.keyboard.press("m")
    until(page, "not muted", lambda: page.evaluate(VIDEO)[0])
    page.keyboard.press("m")
    until(page, "not heard", lambda: not page.evaluate(VIDEO)[0])
    page.keyboard.press("ArrowDown")
    until(page, "not quieter", lambda: page.evaluate(VIDEO)[1] == pytest.approx(0.95))
    page.keyboard.press("ArrowUp")
    until(page, "not louder", lambda: page.evaluate(VIDEO)[1] == 1)
    page.keyboard.press("t")
    assert page.evaluate(SEEN, "view") == "theatre"
    page.keyboard.press("Escape")
    assert page.evaluate(SEEN, "view") == "room"
    page.keyboard.press("f")
    until(page, "no full screen", lambda: page.evaluate(SEEN, "view") == "full")
    page.keyboard.press("f")
    until(page, "still full", lambda: page.evaluate(SEEN, "view") == "room")
    page.keyboard.press("i")
    assert page.evaluate("() => document.documentElement.dataset.pip") == "asked"
    # no captions here: nothing, and no complaint; the reactions' key closes them, too
    for key in "cyrr?":
        page.keyboard.press(key)
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    page.keyboard.press("v")
    expect(page.get_by_text("You are not in voice yet")).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("[data-chat-input]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-chat-input]")).not_to_be_focused()


def keys_rest_while_one_types_and_where_they_belong_to_something_else(_, page):
    page.keyboard.press("5")
    expect_at(page, FILM_S / 2)
    before = moment(page)
    page.keyboard.press("/")
    page.keyboard.type("k jklmftic 0123 ,.<>?/ NMD")
    assert page.locator("[data-chat-input]").input_value() == "k jklmftic 0123 ,.<>?/ NMD"
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.press("Alt+j")
    page.get_by_role("tab", name="People").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Queue")).to_be_focused()
    page.keyboard.press("?")
    page.keyboard.press("j")  # the sheet has the keys
    page.keyboard.press("Escape")
    assert moment(page) == before
    page.keyboard.press("j")  # and gives them back
    expect_at(page, before[0] - 10)


def another_script_writes_other_letters_with_the_same_keys(_, page):
    before = page.evaluate(AT)
    page.evaluate(
        "() => document.body.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'о', code: 'KeyJ', bubbles: true, cancelable: true}))"
    )
    expect_at(page, before - 10)


def test_who_may_not_control_is_told_and_can_ask(evening):
    evening.host(film="paused", control="owner")
    page = evening.guest("Ana").page
    before = moment(page)
    refusal = page.locator(".toast").filter(has_text=REFUSAL)
    page.clock.install()
    for key in PRESSED:
        page.keyboard.press(key)
        expect(refusal).to_have_count(1)
        page.clock.fast_forward(7_000)  # read
        expect(refusal).to_have_count(0)
    assert moment(page) == before
    page.keyboard.press("k")
    refusal.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("You asked Mara to press play")).to_be_visible()


def slot(page, action, place=0):
    return page.locator(f'[data-action="{action}"] [data-place="{place}"]')


def said(page):
    return page.locator("[data-keys-said]")


def test_keys_are_made_ones_own(evening):
    """One evening: each step leaves the keys as they came."""
    mara = evening.host()
    for step in (
        all_keys_can_be_switched_off,
        what_one_tab_chooses_holds_in_the_other,
        a_key_is_changed_by_keyboard_alone_and_stays,
        a_taken_key_is_swapped_or_left,
    ):
        step(mara, mara.page)


def as_they_came(page):
    page.get_by_role("button", name="All as they came").click()
    expect(page.locator("[data-keys-reset]")).to_have_count(0)


def a_key_is_changed_by_keyboard_alone_and_stays(mara, page):
    page.keyboard.press("?")
    slot(page, "mute").focus()
    page.keyboard.press("Enter")
    expect(said(page)).to_contain_text("Press the new key")
    page.keyboard.press("Escape")  # leaves the key, not the sheet
    expect(said(page)).to_have_text("As it was")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("5")
    expect(said(page)).to_contain_text("5 already jumps to a tenth of the film")
    page.keyboard.press("x")
    expect(said(page)).to_have_text("Mute the film: X")
    expect(slot(page, "mute")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    for _ in range(2):
        page.keyboard.press("m")
        page.keyboard.press("ArrowDown")  # a key whose effect is seen after it
        until(page, "not quieter", lambda: page.evaluate(VIDEO)[1] < 1)
        assert not page.evaluate(VIDEO)[0]
        page.keyboard.press("ArrowUp")
        page.keyboard.press("x")
        until(page, "not muted", lambda: page.evaluate(VIDEO)[0])
        page.keyboard.press("x")
        until(page, "not heard", lambda: not page.evaluate(VIDEO)[0])
        page.reload()
        mara.expect_live()


def a_taken_key_is_swapped_or_left(_, page):
    page.goto("/account")
    as_they_came(page)
    slot(page, "theatre").click()
    page.keyboard.press("m")
    expect(page.locator(".key-ask")).to_contain_text("M already mutes the film")
    expect(page.locator("[data-keys-swap]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(slot(page, "theatre")).to_be_focused()
    expect(slot(page, "theatre")).to_have_text("T")
    page.keyboard.press("Enter")
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("Mute the film: T. Theatre: M")
    expect(slot(page, "theatre")).to_be_focused()
    page.get_by_role("button", name="Theatre: as it came").click()
    expect(slot(page, "mute")).to_have_text("M")
    expect(slot(page, "theatre")).to_have_text("T")
    slot(page, "full").click()
    page.keyboard.press("Backspace")
    expect(said(page)).to_have_text("Full screen: no key")
    slot(page, "pip").click()
    page.keyboard.press("Tab")  # no trap
    expect(slot(page, "pip")).to_have_text("I")
    as_they_came(page)
    expect(slot(page, "full")).to_have_text("F")
    expect(page.locator("[data-keys-switch]")).to_be_focused()


def what_one_tab_chooses_holds_in_the_other(_, page):
    other = page.context.new_page()
    other.goto("/account")
    slot(other, "theatre").click()
    other.keyboard.press("x")
    page.keyboard.press("?")
    expect(slot(page, "theatre")).to_have_text("X")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    until(page, "no theatre", lambda: page.evaluate(SEEN, "view") == "theatre")
    page.keyboard.press("x")
    until(page, "still theatre", lambda: page.evaluate(SEEN, "view") == "room")
    as_they_came(other)
    other.close()


def all_keys_can_be_switched_off(_, page):
    page.keyboard.press("?")
    page.locator("[data-keys-switch]").click()
    page.keyboard.press("Escape")
    for key in ["t", "?", "m", "/", "ArrowDown"]:
        page.keyboard.press(key)
    assert page.evaluate(SEEN, "view") == "room"
    assert page.evaluate(VIDEO) == [False, 1]
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("[data-chat-input]")).not_to_be_focused()
    page.get_by_role("button", name="Room menu").click()
    page.get_by_role("menuitem", name="Keys").click()
    page.locator("[data-keys-switch]").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Room menu")).to_be_focused()
    page.keyboard.press("t")
    assert page.evaluate(SEEN, "view") == "theatre"
    page.keyboard.press("t")
    assert page.evaluate(SEEN, "view") == "room"
