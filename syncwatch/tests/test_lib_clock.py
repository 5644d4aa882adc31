"""One clock: an offset that never jumps and never lets time run backwards"""

import datetime
import time

import pytest

from syncwatch.lib import clock
from syncwatch.lib.clock import ServerClock


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


def test_a_reading_of_redis_counts_for_the_middle_of_its_round_trip(monkeypatch):
    made = ServerClock(offset_ms=0)
    monkeypatch.setattr(clock, "_clock", made)
    clock.observe((1_000, 500_000), asked_ms=100, answered_ms=140)
    assert made.read_ms(120) == 1_000_500


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
