"""The arithmetic of the acoustic benchmark: a known shift of a known noise is found."""

from math import inf, sin, tau
from random import Random

import pytest

from bench.acoustic import RATE, Recording, middles_of, shift
from bench.truth import Look, Track, grid

SECONDS = 6
REACH = 700


def noise(seed=7):
    """As the film's: what sounds at any moment, s; tones below 200 Hz in no order."""
    dice = Random(seed)
    tones = [(dice.uniform(20, 200), dice.uniform(0, tau)) for _ in range(60)]
    return lambda at_s: sum(sin(tau * hertz * at_s + phase) for hertz, phase in tones)


def recorded(sound, *, late_ms=0.0, rate=1.0, seconds=SECONDS):
    return [1000 * sound((n / RATE - late_ms / 1000) * rate) for n in range(seconds * RATE)]


def found(one, other):
    return shift(one[2000:3000], other[2000 - REACH : 3000 + REACH])


@pytest.mark.parametrize("late_ms", [0, 0.4, 3, -8, 120, -499.5])
def test_a_shift_is_found_to_a_tenth_of_a_millisecond(late_ms):
    one, other = recorded(noise()), recorded(noise(), late_ms=late_ms)
    assert found(one, other) == pytest.approx(late_ms, abs=0.1)


def test_a_loudspeaker_that_is_louder_is_not_later():
    one = recorded(noise())
    assert found(one, [8 * sample for sample in one]) == pytest.approx(0, abs=0.1)


def test_a_side_that_catches_up_meanwhile_is_heard_where_it_is_in_the_middle():
    one, other = recorded(noise()), recorded(noise(), rate=1.003)
    assert found(one, other) == pytest.approx(-7.5, abs=1)


def test_another_sound_and_none_are_not_heard_as_the_same():
    one = recorded(noise())
    assert found(one, recorded(noise(8))) is None
    assert found(one, [0] * len(one)) is None
    assert found([0] * len(one), one) is None


def test_a_shift_beyond_what_is_looked_for_is_not_found():
    assert found(recorded(noise()), recorded(noise(), late_ms=900)) is None


def track(*, late_ms=0.0):
    looks = range(0, SECONDS * 1000, 50)
    return Track(Look(100_000 + at, (at - late_ms) / 1000, 1, True) for at in looks)


def test_what_is_heard_stands_beside_what_the_media_clocks_say():
    other = recorded(noise(), late_ms=120)
    other[4000:] = [0] * 2000
    recording = Recording(100_000, recorded(noise()), other)
    windows = [(101_000.0, 102_600.0), (104_400.0, 105_500.0)]
    told = recording.against([track(), track(late_ms=115)], windows)
    for key in ("acoustic_median_ms", "acoustic_p95_ms", "acoustic_max_ms"):
        assert told[key] == pytest.approx(120, abs=0.2)
    for key in ("acoustic_unlike_clocks_median_ms", "acoustic_unlike_clocks_p95_ms"):
        assert told[key] == pytest.approx(5, abs=0.2)
    assert (told["acoustic_heard"], told["acoustic_not_heard"]) == (2, 1)


def test_a_second_with_a_spoiled_span_in_it_is_not_listened_to():
    whole = grid(0, 5000)
    assert middles_of(whole) == [500, 1000, 1500, 2000, 2500, 3000, 3500, 4000]
    kept = [moment for moment in whole if not 1900 < moment < 3100]
    heard = middles_of(kept)
    assert len(heard) == 4
    assert all(middle + 500 <= 1900 or middle - 500 >= 3100 for middle in heard)


def test_nothing_heard_is_no_good_figure():
    silence = [0] * SECONDS * RATE
    recording = Recording(100_000, silence, silence)
    told = recording.against([track(), track()], [(101_000.0, 103_000.0)])
    assert told["acoustic_median_ms"] == told["acoustic_max_ms"] == inf
    assert recording.lag_ms(95_000) is None
