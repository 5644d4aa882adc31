"""Every web process killed with -9, Redis emptied: the film goes on, nothing acked is lost."""

import os
import signal
import time

import pytest

from e2e.evening import Evening, with_film
from e2e.watcher import Watcher, median_skew_ms, opaque
from syncwatch.tests.stack import Stack

pytestmark = pytest.mark.timing

BACK_WITHIN_S = 30  # both start anew on a machine as busy as it likes


@pytest.fixture(scope="module")
def own_stack():
    """A product of these tests' own, because it is going to be hurt. Each leaves it healed."""
    with Stack(RATE_LIMIT_FACTOR="100") as running:
        yield running


@pytest.fixture(scope="module")
def own_mara(own_stack, film):
    with with_film(own_stack, film) as person_and_film:
        yield person_and_film


@pytest.fixture
def watching(own_stack, own_mara, new_context):
    """Mara and Ana in the middle of a film."""

    def open_one(name):
        return Watcher(opaque(new_context(base_url=own_stack.url)).new_page(), name)

    evening = Evening(own_stack, *own_mara, open_one)
    mara, ana = evening.host(film="playing"), evening.guest("Ana")
    ana.expect_playing()
    mara.say("before")
    ana.expect_message("before")
    ana.expect_in_sync()
    return mara, ana


def test_killed_web_processes_are_not_noticed_in_the_film(own_stack, watching):
    mara, ana = watching
    for name in ("web", "web-2"):
        os.kill(own_stack.pid_of(name), signal.SIGKILL)
    began_s = time.monotonic()
    assert mara.look()["playing"]
    for one in watching:
        one.page.wait_for_function(
            "() => document.querySelector('[data-link-state]').dataset.state !== 'live'"
        )
        assert one.look()["playing"], "the film stopped with the connection"
    for one in watching:
        one.expect_live(BACK_WITHIN_S)
    assert time.monotonic() - began_s < BACK_WITHIN_S
    mara.say("after")
    for one in watching:
        one.expect_message("before")
        one.expect_message("after")
        one.expect_in_sync()
    assert median_skew_ms(mara, ana) < 100


def test_redis_with_its_data_lost_leaves_the_room_where_it_was(own_stack, watching):
    import redis

    mara, ana = watching
    url = (own_stack.data / "run" / "redis-url").read_text().strip()
    with redis.Redis.from_url(url) as client:
        client.flushall()
    mara.page.wait_for_timeout(3000)
    mara.say("after the loss")
    for one in watching:
        one.expect_message("before")
        one.expect_message("after the loss")
        one.expect_playing()
        one.expect_in_sync()
    assert median_skew_ms(mara, ana) < 100
    mara.expect_people(2)
