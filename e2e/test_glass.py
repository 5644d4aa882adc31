"""Text on glass can be read over the whitest and the blackest film, on each step of the ladder."""

import pytest

from e2e import contrast
from e2e.looks import DESK, Looks, Wishes
from e2e.register import WALKS

# More than the whole suite's twelve minutes have room for.
pytestmark = pytest.mark.long

FILM = """(colour) => {
  const screen = document.querySelector('.stage .screen');
  screen.style.background = colour;
  screen.querySelector('video').style.visibility = 'hidden';
}"""
GLASS = "(step) => { document.documentElement.dataset.glass = step; }"
ON_FILM = "[data-over], .menu:popover-open"
STATES = {"room-before-play", "room-told", "room-player-menu", "room-waiting", "room-full-chat"}


def test_over_white_and_black_film(cast):
    seen, low = set(), []
    for stop in WALKS["room"].through(cast(viewport=DESK)):
        if stop.state not in STATES:
            continue
        looks = Looks(stop.page)
        for scheme in ("dark", "light"):
            looks.wish(Wishes(scheme))
            for step in ("0", "1", "2"):
                stop.page.evaluate(GLASS, step)
                for film in ("white", "black"):
                    stop.page.evaluate(FILM, film)
                    for text in contrast.texts(stop.page, ON_FILM):
                        seen.add(text.words)
                        if text.ratio < text.needed:
                            low.append(f"{stop.state}, {scheme}, T{step}, {film}: {text}")
        looks.wish(Wishes("dark"))
    assert not low, "\n".join(low)
    assert {"0:00", "Ana", "Waiting for Ana", "Speed, for everyone"} <= seen, (
        "what the film carries was not met"
    )


def test_the_measure_finds_what_cannot_be_read(page):
    page.set_content("<p style='background: white; color: rgb(200 200 200)'>faint</p>")
    (faint,) = contrast.texts(page, "p")
    assert faint.ratio < 2
    page.set_content("<p style='background: white; color: rgb(0 0 0)'>clear</p>")
    (clear,) = contrast.texts(page, "p")
    assert clear.ratio == pytest.approx(21, abs=0.1)
