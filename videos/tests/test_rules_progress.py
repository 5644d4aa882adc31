"""What can be watched already, and the number on the bar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videos.rules.progress import Track, available_until, bar, is_playable

NOTHING = Track(0, 0.0, done=False)
ONE = Track(1, 4.0, done=False)
TWO = Track(2, 8.0, done=False)
WHOLE = Track(1, 2.0, done=True)


@pytest.mark.parametrize(
    ("picture", "sounds", "playable"),
    [
        (TWO, [TWO], True), (TWO, [], True), (WHOLE, [WHOLE], True), (TWO, [WHOLE], True),
        (ONE, [TWO], False), (TWO, [ONE], False), (TWO, [TWO, NOTHING], False),
        (NOTHING, [], False),
    ],
)  # fmt: skip
def test_playable_is_two_segments_of_everything_or_all_there_will_be(picture, sounds, playable):
    assert is_playable(picture, sounds) is playable


def test_what_can_be_watched_ends_with_the_track_that_is_furthest_behind():
    assert available_until(TWO, [ONE], 60.0) == 4.0
    assert available_until(ONE, [TWO], 60.0) == 4.0


def test_a_finished_track_holds_nothing_back():
    assert available_until(TWO, [WHOLE], 60.0) == 8.0
    assert available_until(WHOLE, [WHOLE], 60.0) == 60.0


def test_what_can_be_watched_never_passes_the_end():
    assert available_until(Track(5, 61.2, done=False), [], 60.0) == 60.0


@pytest.mark.parametrize(
    ("first", "rest", "percent"),
    [(0, 0, 0), (1, 0, 30), (1, 0.6, 72), (1, 1, 99), (0.5, None, 50), (1, None, 99)],
)
def test_the_bar_keeps_the_last_percent_for_ready(first, rest, percent):
    assert bar(first=first, rest=rest) == percent


@given(first=st.floats(0, 1), rest=st.none() | st.floats(0, 1), more=st.floats(0, 1))
def test_the_bar_never_goes_back(first, rest, more):
    further = min(1.0, first + more)
    assert 0 <= bar(first=first, rest=rest) <= bar(first=further, rest=rest) <= 99
