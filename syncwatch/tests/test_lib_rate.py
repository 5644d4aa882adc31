"""Rate limits on Redis' own clock: bursts, refills, and what happens without Redis"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from syncwatch.lib import rate, redis
from syncwatch.lib.errors import TooMany, Unavailable

NOWHERE = "unix:///nowhere/redis.sock"


@pytest.fixture(autouse=True)
async def _close_link():
    yield
    await redis.close_shared()


@pytest.fixture
def limit(settings):
    def set_to(count, per_s, burst):
        settings.RATE_LIMITS = {**settings.RATE_LIMITS, "test": (count, per_s, burst)}

    return set_to


def allowed(times, key="k"):
    got = 0
    for _ in range(times):
        try:
            rate.check_sync("test", key)
            got += 1
        except TooMany:
            pass
    return got


def test_the_burst_is_exact(limit):
    limit(1, 3600, 5)
    assert allowed(20) == 5


def test_keys_are_counted_apart(limit):
    limit(1, 3600, 2)
    assert (allowed(5, "a"), allowed(5, "b")) == (2, 2)


def test_it_says_how_long_to_wait(limit):
    limit(1, 60, 1)
    rate.check_sync("test", "k")
    with pytest.raises(TooMany) as refused:
        rate.check_sync("test", "k")
    assert 59 < refused.value.retry_after <= 60
    assert refused.value.message


def test_a_refused_use_does_not_push_the_end_further_away(limit):
    limit(1, 60, 1)
    rate.check_sync("test", "k")
    before = redis.sync().get("rate:test:k")
    assert allowed(10) == 0
    assert redis.sync().get("rate:test:k") == before


def test_after_the_interval_one_more_is_allowed(limit):
    limit(1, 60, 1)
    rate.check_sync("test", "k")
    due_us = int(redis.sync().get("rate:test:k"))
    redis.sync().set("rate:test:k", due_us - 60_000_000)  # as if a minute had passed
    assert allowed(3) == 1


def test_what_was_long_ago_gives_no_more_than_the_burst(limit):
    limit(1, 60, 3)
    redis.sync().set("rate:test:k", 1)
    assert allowed(10) == 3


def test_the_meter_forgets_itself(limit):
    limit(1, 60, 3)
    rate.check_sync("test", "k")
    assert 60_000 < redis.sync().pttl("rate:test:k") <= 61_100


def test_many_threads_cannot_take_more_than_there_is(limit):
    limit(1, 3600, 7)
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(allowed, [5] * 8)) == 7


def test_limits_can_be_raised_for_a_load_test(limit, settings):
    limit(1, 3600, 2)
    settings.RATE_LIMIT_FACTOR = 10
    assert allowed(50) == 20


async def test_the_asynchronous_way_counts_the_same(limit):
    limit(1, 3600, 3)
    await rate.check("test", "k")
    assert allowed(5) == 2
    with pytest.raises(TooMany):
        await rate.check("test", "k")


@pytest.mark.parametrize("guard", sorted(rate.GUARDS))
async def test_what_guards_a_secret_fails_closed(settings, guard):
    settings.REDIS_URL = NOWHERE
    with pytest.raises(Unavailable):
        rate.check_sync(guard, "k")
    with pytest.raises(Unavailable):
        await rate.check(guard, "k")


async def test_everything_else_fails_open(settings):
    settings.REDIS_URL = NOWHERE
    for name in set(settings.RATE_LIMITS) - rate.GUARDS:
        rate.check_sync(name, "k")
        await rate.check(name, "k")


def test_every_guard_is_a_limit(settings):
    assert set(settings.RATE_LIMITS) >= rate.GUARDS
