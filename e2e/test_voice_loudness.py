"""How loud the film and the others are for one person, while somebody talks."""

import pytest
from playwright.sync_api import expect

from bench import talk
from bench.talk import energy_over, expect_links, heard, join
from e2e.evening import Evening

pytestmark = [pytest.mark.timing, pytest.mark.long]

CHOSEN = 80
# How loud the film is, while what was chosen stands where it stood.
FILM_AT = """([least, most]) => {
  const { volume } = document.querySelector("[data-sync-player]");
  const chosen = document.querySelector("[data-volume]").value;
  return volume >= least && volume <= most
    && chosen === "80" && localStorage.getItem("sw.volume") === "0.80";
}"""
REMEMBER = """() => {
  const film = document.querySelector("[data-sync-player]");
  globalThis.least = film.volume;
  film.addEventListener("volumechange", () => { least = Math.min(least, film.volume); });
}"""
VOICES = """(wanted) => {
  const voices = [...document.querySelectorAll("audio[data-voice]")];
  return voices.length === 1 && voices.every(({ volume, muted }) =>
    Math.abs(volume - wanted.volume) < 0.001 && muted === wanted.muted);
}"""


@pytest.fixture
def two(stack, mara, talking_browser):
    """Mara's film stands; she and Ana are in the call."""
    made = []

    def open_one(name):
        made.append(talk.talker(talking_browser, stack.url, name))
        return made[-1]

    evening = Evening(stack, *mara, open_one)
    people = evening.host(film="paused"), evening.guest("Ana")
    join(*people)
    for each in people:
        expect_links(each, 1)
    yield people
    talk.part(made)


def expect_film_at(one, loudness):
    one.page.wait_for_function(FILM_AT, arg=[loudness - 0.01, loudness + 0.01])


def expect_voice_at(one, volume, *, muted=False):
    one.page.wait_for_function(VOICES, arg={"volume": volume, "muted": muted})


def sheet_of(one):
    one.page.locator("[aria-label='Voice settings']:visible").click()
    return one.page.locator("[data-dialog=voice]")


def loudness_of(one, name):
    one.page.get_by_role("tab", name="People").click()
    one.page.get_by_role("button", name=f"More about {name}").click()
    return one.page.get_by_label(f"How loud {name} is for you")


def test_the_film_is_lowered_while_somebody_talks_and_only_then(two):
    mara, ana = two
    page = mara.page
    mara.wake()
    page.locator("[data-mute]").hover()
    page.locator("[data-volume]").fill(str(CHOSEN))
    expect_film_at(mara, 0.8 * 0.35)
    ana.page.locator(talk.MUTE).click()
    expect_film_at(mara, 0.8)

    sheet = sheet_of(mara)
    sheet.get_by_label("How much lower").fill("100")
    ana.page.locator(talk.MUTE).click()
    expect_film_at(mara, 0)

    sheet.get_by_role("switch", name="Lower the film while people talk").click()
    expect(sheet.get_by_label("How much lower")).to_have_count(0)
    expect_film_at(mara, 0.8)
    page.evaluate(REMEMBER)
    assert energy_over(mara) > 0.001
    expect(page.locator("[data-dock] [data-member]", has_text="Ana")).to_contain_text("Talking")
    assert page.evaluate("() => least") == pytest.approx(0.8), "it is switched off"


def test_one_person_is_quieter_for_good_and_nobody_is_heard_when_deafened(two):
    mara, ana = two
    page = mara.page
    expect_voice_at(mara, 1)
    loudness_of(mara, "Ana").fill("30")
    expect_voice_at(mara, 0.3)
    page.reload()
    mara.expect_live()
    join(mara)
    expect_links(mara, 1)
    expect_voice_at(mara, 0.3)
    expect(loudness_of(mara, "Ana")).to_have_value("30")
    page.keyboard.press("Escape")

    page.locator("[data-voice-deafen]:visible").click()
    expect_voice_at(mara, 0.3, muted=True)
    tile = ana.page.locator("[data-dock] [data-member]", has_text="Mara")
    expect(tile).to_contain_text("Deafened")
    ana.page.wait_for_timeout(500)
    assert energy_over(ana) < 1e-6, "and nobody hears her"
    assert heard(mara)[-1]["packets"] > 0, "the line stays"

    page.locator("[data-voice-deafen]:visible").click()
    expect_voice_at(mara, 0.3)
    expect(tile).not_to_contain_text("Deafened")
    assert energy_over(ana) > 0.001
