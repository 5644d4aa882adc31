"""One clock: an offset that never jumps and never lets time run backwards"""

import datetime
import time

import pytest

from syncwatch.lib import clock
from syncwatch.lib.clock import Reading, ServerClock


def test_the_first_reading_is_taken_as_it_is():
    made = ServerClock(offset_ms=1_000)
    made.steer(5_000, 10)
    assert made.read_ms(10) == 5_010


def test_later_ones_are_approached_at_200_ppm():
    made = ServerClock(offset_ms=0)
    made.steer(0, 0)
    made.steer(100, 0)
    assert made.read_ms(10_000) == 10_002
    assert made.read_ms(100_000) == 100_020
    assert made.read_ms(500_000) == 500_100
    assert made.read_ms(9_000_000) == 9_000_100, "and it stops when it has arrived"


def test_it_slews_backwards_as_slowly_and_time_still_goes_on():
    made = ServerClock(offset_ms=0)
    made.steer(0, 0)
    made.steer(-60_000, 0)
    readings = [made.read_ms(at) for at in range(0, 60_000, 7)]
    assert readings == sorted(readings)
    assert len(set(readings)) == len(readings)
    assert made.read_ms(10_000) == 9_998


def test_a_new_target_half_way_makes_no_jump():
    made = ServerClock(offset_ms=0)
    made.steer(0, 0)
    made.steer(100, 0)
    before = made.read_ms(10_000)
    made.steer(-100, 10_000)
    assert made.read_ms(10_000) == before
    assert made.read_ms(10_001) > before


def test_a_monotonic_reading_from_before_the_steering_is_not_extrapolated():
    made = ServerClock(offset_ms=0)
    made.steer(0, 1_000)
    made.steer(100, 1_000)
    assert made.read_ms(500) == 500


@pytest.fixture
def made(monkeypatch):
    """Ahead of this machine's steady time by exactly 1,000,000 ms."""
    made = ServerClock(offset_ms=1_000_000)
    monkeypatch.setattr(clock, "_clock", made)
    return made


def test_a_slow_reading_of_redis_moves_nothing_that_it_does_not_prove_wrong(made):
    clock.observe([Reading(redis_ms=1_000_105, asked_ms=100, answered_ms=160)])
    assert made.read_ms(160) == 1_000_160
    assert made.read_ms(100_000) == 1_100_000


def test_the_first_reading_moves_it_as_far_as_it_proves(made):
    clock.observe([Reading(redis_ms=1_000_300, asked_ms=100, answered_ms=140)])
    assert made.read_ms(140) == 1_000_300, "it was that late at least when the answer came"


def test_a_later_one_is_approached_as_far_as_it_proves(made):
    clock.observe([Reading(redis_ms=1_000_120, asked_ms=100, answered_ms=140)])
    clock.observe([Reading(redis_ms=1_000_155, asked_ms=150, answered_ms=151)])
    assert made.read_ms(10_151) == 1_010_153
    assert made.read_ms(1_000_000) == 2_000_004


def test_what_lies_within_a_later_reading_is_approached_no_further(made):
    clock.observe([Reading(redis_ms=1_000_120, asked_ms=100, answered_ms=140)])
    clock.observe([Reading(redis_ms=1_000_190, asked_ms=150, answered_ms=151)])
    clock.observe([Reading(redis_ms=1_010_160, asked_ms=10_130, answered_ms=10_170)])
    assert made.read_ms(1_000_000) == pytest.approx(2_000_002, abs=0.01)


def test_of_several_readings_the_quickest_counts(made):
    slow = Reading(redis_ms=1_000_140, asked_ms=100, answered_ms=200)
    quick = Reading(redis_ms=1_000_310, asked_ms=300, answered_ms=301)
    clock.observe([slow, quick, slow])
    assert made.read_ms(301) == 1_000_310


def test_frozen_time_stands_still_until_told(frozen_clock):
    at = clock.server_ms()
    assert clock.server_ms() == at == 1_800_000_000_000
    frozen_clock.advance(1_500)
    assert clock.server_ms() == at + 1_500
    assert clock.now() == datetime.datetime(2027, 1, 15, 8, 0, 1, 500_000, tzinfo=datetime.UTC)
    assert clock.monotonic_ms() == clock.precise_ms()


def test_afterwards_it_runs_again():
    with clock.frozen(5):
        assert clock.server_ms() == 5
    assert clock.server_ms() > 1_700_000_000_000


def test_a_failure_while_frozen_lets_it_run_again():
    with pytest.raises(LookupError), clock.frozen(5):
        raise LookupError
    assert clock.server_ms() > 1_700_000_000_000


def test_time_goes_on_while_the_machine_sleeps():
    """Nothing has to be made up for at 200 ppm afterwards, which takes weeks for an hour."""
    assert not hasattr(time, "CLOCK_BOOTTIME") or clock.STEADY == time.CLOCK_BOOTTIME
    assert clock.monotonic_ms() == pytest.approx(time.clock_gettime(clock.STEADY) * 1000, abs=1_000)
