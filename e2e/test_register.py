"""Every state of the register: no barrier, nothing sticks out, no page weighs too much."""

import pytest
from django.urls import URLPattern, get_resolver

from e2e import axe, weight
from e2e.looks import DESK, NARROW, WISHES, Looks
from e2e.register import WALKS
from e2e.test_pages import too_wide_px

# Only colours differ between the wishes; names, roles and order are looked at once.
COLOURS = ["color-contrast"]
# Where a page is narrow, names and roles are the same; what lies where is not.
PLACES = ["color-contrast", "target-size", "scrollable-region-focusable"]
KB = 1000
BUDGET_BYTES = 40 * KB
ROOM_BYTES = 320 * KB
# Once a file was chosen, the library of resumable uploads has come as well.
UPLOAD_BYTES = 64 * KB
ROOMS = {"room-empty", "room", "room-guest", "room-lending", "room-line", "room-chat", "moderation"}
ROOMS |= {"room-place", "room-emotes", "room-moderators", "room-commands", "room-evening"}
ROOMS |= {"outside", "room-voice", "room-film-removed", "room-step", "room-lost-words"}
WEIGHTLESS = {"design"}  # it shows what rooms and libraries load, all at once, and to nobody else
# Addresses that show no page to anybody: they answer programs, or lead to another page.
NO_PAGES = {
    "logout",
    "manifest",
    "worker",
    "healthz",
    "readyz",
    "metrics",
    "media",
    "media-auth",
    "emote",
    "staff-password",
    "picture",
}


# The whole suite has twelve minutes: a short run goes where a page is shown first, a long one
# through all that may become of it.
LONG = {"design", *(name for name, walk in WALKS.items() if not walk.covers)}
QUICK = WISHES[::3]  # dark and light


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] * (name in LONG)) for name in WALKS]
)
def test_every_state_is_for_everybody(cast, name, request):
    """In every look; a short run takes dark and light by turns, and of narrow pages the width."""
    found = []
    short = "not long" in request.config.option.markexpr
    for number, stop in enumerate(WALKS[name].through(cast(viewport=DESK))):
        wishes = [QUICK[number % 2]] if short else WISHES
        found += [f"{stop.state}, {line}" for line in barriers(stop.page, wishes, short=short)]
        found += [f"{stop.state}, asks {url}" for url in weight.foreign(stop.page)]
        if name not in WEIGHTLESS:
            found += [f"{stop.state}, {line}" for line in too_heavy(stop.page, name)]
    assert not found, "\n".join(found)


def barriers(page, wishes, *, short):
    looks = Looks(page)
    for number, wish in enumerate(wishes):
        looks.wish(wish)
        for line in axe.violations(page, only=COLOURS if number else None):
            yield f"{wish}: {line}"
    looks.wish(wishes[0])
    looks.resize(NARROW)
    for line in () if short else axe.violations(page, only=PLACES):
        yield f"320 px: {line}"
    if wide := too_wide_px(page):
        yield f"320 px: {wide} px too wide"
    looks.resize(DESK)


def too_heavy(page, name):
    budget = ROOM_BYTES if name in ROOMS else BUDGET_BYTES
    if name == "uploads":
        budget = UPLOAD_BYTES
    if (weighs := weight.script_bytes(page)) > budget:
        yield f"{weighs / KB:.1f} kB of script, {budget / KB:.0f} are allowed"


def test_every_page_is_in_the_register():
    covered = {address for walk in WALKS.values() for address in walk.covers}
    pages = set(_addresses(get_resolver().url_patterns)) - NO_PAGES
    assert pages - covered == set(), "these pages are looked at by nobody"
    assert covered - pages <= {"design", "api-docs"}, "these are in the register and not there"


def _addresses(patterns):
    """The names of all addresses outside the API and the admin."""
    for one in patterns:
        if isinstance(one, URLPattern):
            yield one.name
        elif str(one.pattern) == "":
            yield from _addresses(one.url_patterns)
