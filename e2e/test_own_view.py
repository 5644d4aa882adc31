"""What one chose of a film for oneself: it is nobody else's, and stays with the next film."""

from contextlib import closing

import pytest
from playwright.sync_api import expect

from e2e.looks import DESK
from e2e.register.cast import Friend
from e2e.watcher import PLAYER, until
from syncwatch.tests.api_client import Person
from videos.tests import clips

PICTURE = f"() => document.querySelector('{PLAYER}').videoHeight"
CAPTIONS = (
    f"() => [...document.querySelector('{PLAYER}').textTracks]"
    ".filter(({mode}) => mode === 'showing').map(({language}) => language)"
)
LOUDNESS = f"() => document.querySelector('{PLAYER}').volume"
ITEM = "() => syncwatch.room.timeline.item_id"
MENUS = {"player": "Sound, quality and speed", "captions": "Captions"}
CHOSEN = {"360p", "German", "1×", "Jump to the others"}


def open_menu(one, menu):
    one.wake()
    one.page.locator(f'.stage [data-menu="{menu}"]:visible').first.click()
    return one.page.get_by_role("menu", name=MENUS[menu])


def choose(one, menu, words):
    open_menu(one, menu).get_by_role("menuitemradio", name=words, exact=True).click()
    one.page.keyboard.press("Escape")


def ticked(one, menu):
    shown = open_menu(one, menu)
    found = shown.locator("[aria-checked=true]").all_inner_texts()
    one.page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    return {words.split("\n")[0].strip() for words in found}


def delay(one):
    return one.page.get_by_label("Sound delay in milliseconds").locator("visible=true")


def expect_quality(one):
    """What is on the screen, and not only in a menu: it changes with the next segment."""
    until(one.page, "another quality is seen", lambda: one.page.evaluate(PICTURE) == 360)


def expect_own_view(one):
    assert ticked(one, "player") == CHOSEN
    assert ticked(one, "captions") == {"German"}
    until(one.page, "no captions", lambda: one.page.evaluate(CAPTIONS) == ["deu"])
    assert one.page.evaluate(LOUDNESS) == pytest.approx(0.95)
    open_menu(one, "player")
    expect(delay(one)).to_have_value("150")
    one.page.keyboard.press("Escape")


def choose_own_view(one):
    choose(one, "player", "360p")
    choose(one, "player", "German")
    choose(one, "captions", "German")
    open_menu(one, "player")
    delay(one).fill("150")
    one.page.keyboard.press("Escape")
    one.page.keyboard.press("ArrowDown")


@pytest.fixture
def two_items(stack):
    """`(Mara at the API, her room, two items of its queue)`, with a choice of everything."""
    with Person(stack.url, "Mara", username="mara-chooses") as host:
        video = host.upload(clips.film("two-of-all.mkv"))
        host.wait_until(video, ready=True)
        code = host.room("Two of all")
        yield host, code, [host.queue(code, video) for _ in range(2)]


@pytest.mark.long
def test_what_one_chose_of_a_film_holds_for_the_next_and_for_nobody_else(watcher, stack, two_items):
    host, code, (first, second) = two_items
    mara, ana = watcher("Mara", viewport=DESK), watcher("Ana", viewport=DESK)
    with closing(Friend(stack, host, code)) as remote, Person(stack.url, "Ana") as guest:
        remote.request("sync:load", item_id=first)
        guest.join(code)
        mara.come_in(host, code)
        ana.come_in(guest, code)
        remote.request("sync:seek", position=1.5)
        before = ticked(ana, "player"), ticked(ana, "captions")
        choose_own_view(mara)
        expect_own_view(mara)
        remote.request("sync:seek", position=8)
        expect_quality(mara)
        remote.request("sync:load", item_id=second)
        until(mara.page, "another item", lambda: mara.page.evaluate(ITEM) == second)
        expect_quality(mara)
        expect_own_view(mara)
        mara.page.reload()
        mara.expect_live()
        expect_quality(mara)
        expect_own_view(mara)
        assert (ticked(ana, "player"), ticked(ana, "captions")) == before
        assert ana.page.evaluate(LOUDNESS) == 1
