"""Every page in a language nobody speaks: what has no brackets was forgotten, what is long fits.

And from right to left, and in German from the first page into a room.
"""

import re

import pytest
from playwright.sync_api import expect

from e2e.looks import DESK, NARROW
from e2e.test_pages import OPEN_PAGES, OWN_PAGES, expect_fits

LONG, RTL = "en-xa", "ar-xb"
# Names, codes and what is the same in every language.
NOBODYS_WORDS = ["code", "kbd", "[lang]:not(html)", ".logo", ".avatar", "[data-name]",
                 "[data-room-name]", "[data-limit-words]", "option", "script", "style",
                 "noscript"]  # fmt: skip
FORGOTTEN = """([skipped, own]) => {
  const letters = /\\p{L}{2}/u, found = [];
  const inBrackets = (text) => text.includes("[") || text.includes("]");
  const said = (node) =>
    [...node.childNodes].some((one) => one.nodeType === 3 && inBrackets(one.data));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement, text = node.data.trim();
    if (!letters.test(text) || own.includes(text) || parent.closest(skipped)) continue;
    if (!parent.checkVisibility()) continue;
    if (!inBrackets(text) && !said(parent) && !said(parent.parentElement)) found.push(text);
  }
  for (const name of ["aria-label", "placeholder", "title"])
    for (const each of document.body.querySelectorAll(`[${name}]`)) {
      const text = each.getAttribute(name);
      if (letters.test(text) && !inBrackets(text) && !each.closest(skipped))
        found.push(`${name}: ${text}`);
    }
  return found;
}"""


@pytest.fixture
def speaks(watcher, stack):
    """`speaks("Mara", "en-xa")`: a person whose browser has this language's cookie."""

    def open_one(name, language, **context):
        someone = watcher(name, **context)
        someone.page.context.add_cookies(
            [{"name": "language", "value": language, "url": stack.url}]
        )
        return someone

    return open_one


def come_in(someone):
    """A room of one's own, found without knowing a word of the language."""
    someone.page.goto("/")
    someone.page.locator("[data-start]").click()
    someone.page.locator("#guest-name").fill(someone.name)
    someone.page.locator("[data-go]").click()
    someone.page.wait_for_url(re.compile(r"/r/[0-9a-z]{12}$"))
    expect(someone.page.locator("[data-link-state]")).to_have_attribute("data-state", "live")


def expect_nothing_forgotten(someone, *, own=(), skipped=()):
    """`own` words are no sentences of ours; neither is what stands in the `skipped`."""
    names = [someone.name, "SyncWatch", f"{someone.name}’s room", *own]
    found = someone.page.evaluate(FORGOTTEN, [", ".join([*NOBODYS_WORDS, *skipped]), names])
    assert not found, f"{someone.page.url}: {sorted(set(found))}"


@pytest.mark.long  # every page twice, at two widths
@pytest.mark.parametrize("viewport", [DESK, NARROW], ids=["desk", "narrow"])
def test_no_page_forgot_a_sentence_and_long_words_fit(speaks, viewport):
    mara = speaks("Mara", LONG, viewport=viewport)
    for path in OPEN_PAGES:
        mara.page.goto(path)
        expect(mara.page.locator("html")).to_have_attribute("lang", LONG)
        mara.page.wait_for_load_state("networkidle")
        expect_nothing_forgotten(mara)
        expect_fits(mara.page)
    come_in(mara)
    expect(mara.page.locator("[data-link-state]")).to_contain_text("[Łîvé")
    expect_nothing_forgotten(mara)
    expect_fits(mara.page)
    for path in OWN_PAGES:
        mara.page.goto(path)
        mara.page.wait_for_load_state("networkidle")
        expect_nothing_forgotten(mara)
        expect_fits(mara.page)


@pytest.mark.long
@pytest.mark.parametrize("viewport", [DESK, NARROW], ids=["desk", "narrow"])
def test_from_right_to_left_pages_are_mirrored_and_time_is_not(speaks, viewport):
    mara = speaks("Mara", RTL, viewport=viewport)
    for path in OPEN_PAGES:
        mara.page.goto(path)
        expect(mara.page.locator("html")).to_have_attribute("dir", "rtl")
        expect_fits(mara.page)
    mara.page.goto("/login")
    logo = mara.page.locator(".logo").bounding_box()
    assert logo["x"] + logo["width"] > viewport["width"] * 0.7
    come_in(mara)
    expect_fits(mara.page)
    deck = mara.page.locator("[data-deck]")
    assert deck.evaluate("(deck) => getComputedStyle(deck).direction") == "ltr"
    for path in OWN_PAGES:
        mara.page.goto(path)
        mara.page.wait_for_load_state("networkidle")
        expect_fits(mara.page)


def test_a_stranger_chooses_a_language_and_keeps_it(watcher):
    page = watcher("Mara", locale="en-GB").page
    page.goto("/")
    page.get_by_role("button", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.goto("/login")
    expect(page.get_by_role("heading", name="Schön, dass du wieder da bist")).to_be_visible()
    expect(page.get_by_role("button", name="Deutsch")).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_the_browsers_german_from_the_first_page_into_a_room(watcher):
    mara = watcher("Mara", locale="de-DE")
    mara.page.goto("/")
    expect(mara.page.get_by_role("heading", level=1)).to_have_text("Filmabend im Takt.")
    mara.page.get_by_role("button", name="Raum aufmachen").click()
    mara.page.get_by_label("Dein Name").fill("Mara")
    mara.page.locator("[data-go]").click()
    mara.page.wait_for_url(re.compile(r"/r/[0-9a-z]{12}$"))
    expect(mara.page.locator("[data-link-state]")).to_contain_text("Live")
    expect(mara.page.get_by_role("tab", name="Warteschlange")).to_be_visible()
    expect(mara.page.locator("[data-room-sub]")).to_contain_text("Mara hat den Raum")
    expect(mara.page.get_by_role("button", name="Datei wählen")).to_be_visible()
    expect(mara.page.locator("[data-chat-input]")).to_have_attribute("placeholder", "Nachricht")
    mara.page.goto("/account")
    mara.page.get_by_label("Sprache").select_option("en")
    expect(mara.page.locator("html")).to_have_attribute("lang", "en")
    mara.page.goto("/home")
    expect(mara.page.locator("html")).to_have_attribute("lang", "en")
