"""A running product, Debian's Chromium, and people in front of it."""

import os

import pytest
from playwright.sync_api import expect

from bench import film as films
from bench import talk
from e2e.evening import Evening, with_film
from e2e.long_room import LongRoom
from e2e.register.cast import Cast
from e2e.watcher import Watcher, opaque
from syncwatch.tests.programs import needed
from syncwatch.tests.stack import Stack

# How long a page may take at most to show what it should: a machine may have other work.
expect.set_options(timeout=15_000)
QUICK = {"RATE_LIMIT_FACTOR": "100", "DJANGO_SETTINGS_MODULE": "syncwatch.tests.quick_settings"}
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args():
    program = os.environ.get("CHROMIUM", "chromium")  # see bin/suite.py
    return {"executable_path": needed(program, program), "args": FLAGS}


@pytest.fixture(scope="session")
def stack():
    """One product for all browser tests, with limits that a hurrying test does not meet, and
    passwords that cost it nothing.
    """
    with Stack(**QUICK, PSEUDO_LANGUAGES="1") as running:
        yield running


@pytest.fixture(scope="session")
def film(tmp_path_factory):
    """A minute that any browser plays: small, with sound."""
    return films.make(tmp_path_factory.mktemp("films") / "Sunday rabbit.mp4", seconds=60)


@pytest.fixture(scope="session")
def clip(tmp_path_factory):
    """The same for a few seconds."""
    return films.make(tmp_path_factory.mktemp("clips") / "Sunday rabbit.mp4", seconds=4)


@pytest.fixture
def watcher(stack, new_context):
    """`watcher("Mara")`: a person with a browser profile of their own. Complaints fail the test.

    Their panels are solid unless `glass` is asked for; the rest is about the browser's context.
    """
    made = []

    def open_one(name, *, glass=False, **context):
        profile = new_context(base_url=stack.url, **context)
        made.append(Watcher((profile if glass else opaque(profile)).new_page(), name))
        return made[-1]

    yield open_one
    for each in made:
        each.expect_no_complaints()


@pytest.fixture(scope="session")
def mara(stack, film):
    """`(Mara, video id)`: somebody with an account and a film that is ready."""
    with with_film(stack, film) as person_and_film:
        yield person_and_film


@pytest.fixture
def evening(stack, mara, watcher):
    """A room in the middle of its evening; see e2e.evening."""
    return Evening(stack, *mara, watcher)


@pytest.fixture
def long_room(stack):
    """Mara's room after a long evening with Ilya."""
    room = LongRoom(stack)
    yield room
    room.leave()


@pytest.fixture(scope="module")
def talking_browser(browser_type, browser_type_launch_args):
    """A Chromium with a tone for a microphone, where people let it in."""
    browser = talk.launch(browser_type, browser_type_launch_args)
    yield browser
    browser.close()


@pytest.fixture
def cast(stack, browser, film, clip):
    """`cast(viewport=DESK)`: who walks through the register."""
    made = []

    def gather(**context):
        made.append(Cast(stack, browser, film, clip, **context))
        return made[-1]

    yield gather
    for each in made:
        each.close()
