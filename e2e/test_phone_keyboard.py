"""A phone's keyboard leaves the film and the last words in sight, whichever way it comes."""

from playwright.sync_api import expect

from e2e.long_room import settled
from e2e.looks import PHONE

# A visual viewport that says what the test wants, as iOS does with its keyboard open.
SEEN = """() => {
  const seen = new EventTarget();
  Object.assign(seen, {height: innerHeight, offsetTop: 0, scale: 1});
  Object.defineProperty(window, 'visualViewport', {value: seen});
  window.keyboardOpens = (height, offsetTop) => {
    Object.assign(seen, {height, offsetTop});
    seen.dispatchEvent(new Event('resize'));
  };
}"""


def box(page, selector):
    return page.locator(selector).bounding_box()


def expect_film_and_words_between(page, top, bottom):
    film, last, composer = (
        box(page, ".stage [data-film]"),
        box(page, "[data-message] >> nth=-1"),
        box(page, "[data-chat-form]"),
    )
    assert film["y"] >= top, film
    assert film["height"] >= 120, film
    assert film["y"] + film["height"] <= last["y"], (film, last)
    assert last["y"] + last["height"] <= composer["y"], (last, composer)
    assert composer["y"] + composer["height"] <= bottom, composer
    log = box(page, "[data-chat-log]")
    assert log["height"] >= 100, log


def test_a_keyboard_that_shrinks_the_page_hides_neither_film_nor_last_words(watcher, long_room):
    mara = long_room.enter(watcher("Mara", viewport=PHONE, has_touch=True), long_room.mara)
    mara.page.locator("[data-chat-input]").focus()
    mara.page.set_viewport_size({"width": 390, "height": 500})
    settled(mara.page)
    expect_film_and_words_between(mara.page, 0, 500)


def test_a_keyboard_that_covers_the_page_hides_neither_film_nor_last_words(watcher, long_room):
    mara = watcher("Mara", viewport=PHONE, has_touch=True)
    mara.page.add_init_script(f"({SEEN})()")
    long_room.enter(mara, long_room.mara)
    mara.page.locator("[data-chat-input]").focus()
    mara.page.evaluate("() => keyboardOpens(440, 90)")
    settled(mara.page)
    expect_film_and_words_between(mara.page, 90, 90 + 440)
    mara.page.evaluate("() => keyboardOpens(innerHeight, 0)")
    settled(mara.page)
    expect(mara.page.locator(".room-head")).to_be_visible()
    assert box(mara.page, "[data-chat-form]")["y"] > 700
