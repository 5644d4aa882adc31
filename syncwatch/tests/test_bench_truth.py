"""The benchmark's own arithmetic: what it calls skew, settled and spoiled."""

from collections import Counter
from math import inf
from xml.etree import ElementTree

import pytest

from bench.plot import Picture, draw
from bench.truth import (
    Look,
    Track,
    clean,
    evened,
    group_skew,
    pair_skews,
    quantile,
    settled_ms,
    still_share,
)

SECONDS = 10


def track(*, late_s=0.0, rate=1.0, from_ms=0, playing=True, jump_at_ms=None, gap_at_ms=None):
    looks = []
    for wall in range(from_ms, SECONDS * 1000, 50):
        if gap_at_ms is not None and gap_at_ms <= wall < gap_at_ms + 300:
            continue
        position = wall / 1000 * rate - late_s
        if jump_at_ms is not None and wall >= jump_at_ms:
            position += 0.1
        looks.append(Look(wall, position, rate, playing))
    return Track(looks)


def test_two_films_are_as_far_apart_as_they_are():
    skews = pair_skews([track(), track(late_s=0.03)], [1010.0, 2020.0])
    assert skews == pytest.approx([30, 30])


def test_three_films_make_three_pairs():
    tracks = [track(), track(late_s=0.01), track(late_s=0.03)]
    assert sorted(pair_skews(tracks, [500.0])) == pytest.approx([10, 20, 30])
    assert group_skew(tracks, 500.0) == pytest.approx(30)


def test_a_film_that_stands_is_no_pair_and_no_group():
    tracks = [track(), track(playing=False)]
    assert pair_skews(tracks, [500.0]) == []
    assert group_skew(tracks, 500.0) == inf


def test_settled_counts_only_what_lasts_a_second():
    catching_up = Track(
        Look(wall, wall / 1000 - max(0.0, 0.2 - wall / 10_000), 1, True)
        for wall in range(0, SECONDS * 1000, 50)
    )
    settled = settled_ms([track(), catching_up], 0, SECONDS * 1000, 50)
    assert settled == pytest.approx(1500, abs=40)
    assert settled_ms([track(), track(late_s=1)], 0, SECONDS * 1000, 50) == inf


def test_a_starved_page_and_an_underrun_are_reported_apart():
    whole, none = clean([track(), track()], 0, 9000)
    assert none == 0
    for fault in ({"gap_at_ms": 4000}, {"jump_at_ms": 4000}):
        kept, spoiled = clean([track(), track(**fault)], 0, 9000)
        assert spoiled == 1
        assert len(kept) < len(whole)
        assert not any(4000 <= moment <= 4900 for moment in kept)


def test_quantiles_of_nothing_are_never_good():
    assert quantile([], 0.95) == inf
    assert quantile([1, 2, 3, 4], 0.5) == 3


def test_a_film_turns_where_its_clock_says_and_not_where_it_was_looked_at():
    begins_ms, ends_ms = 4_020, 5_020
    looks = [
        Look(
            wall,
            7 + min(max(0, wall - begins_ms), ends_ms - begins_ms) / 1000,
            1,
            playing=3_950 <= wall < ends_ms,
        )
        for wall in range(3_000, 6_000, 50)
    ]
    assert Track(looks).turned_ms(3_500, runs=True) == pytest.approx(begins_ms)
    assert Track(looks).turned_ms(4_500, runs=False) == pytest.approx(ends_ms)
    assert Track(looks[:20]).turned_ms(3_500, runs=True) == inf, "it never did"


def test_a_film_that_jumped_as_it_began_did_not_begin_before_it_was_seen_to_stand():
    runs = [Look(wall, 7.25 + wall / 1000, 1, playing=True) for wall in range(50, 700, 50)]
    track = Track([Look(0, 7, 1, playing=False), *runs])
    assert track.turned_ms(0, runs=True) == 0


def test_a_film_whose_clock_makes_a_step_and_stands_again_begins_where_it_runs():
    sound_ms = 260
    looks = [
        Look(wall, 7 + max(0.017 * (wall > 200), (wall - sound_ms) / 1000), 1, playing=wall > 200)
        for wall in range(0, 1000, 10)
    ]
    assert Track(looks).turned_ms(100, runs=True) == pytest.approx(sound_ms)


def test_what_does_not_play_is_told_as_a_share_of_everybodys_time():
    moments = [500.0, 1500.0, 2500.0]
    assert still_share([track(), track()], moments) == 0
    assert still_share([track(), track(playing=False)], moments) == 0.5
    assert still_share([track()], []) == inf, "nothing that was looked at is no good news"


def stepping(*, late_s=0.0, from_ms=0, until_ms=SECONDS * 1000):
    """A clock that is renewed every 40 ms, looked at every 50."""
    return [
        Look(wall, wall // 40 * 40 / 1000 - late_s, 1, playing=True)
        for wall in range(from_ms, until_ms, 50)
    ]


def test_a_clock_that_moves_in_steps_is_the_line_behind_them():
    tracks = [Track(evened(stepping(), 1500)), Track(evened(stepping(late_s=0.03), 1500))]
    assert pair_skews(tracks, [2010.0, 5555.0]) == pytest.approx([30, 30], abs=0.5)
    places = [tracks[0].at(moment) - moment / 1000 for moment in (2010.0, 5555.0, 8000.0)]
    assert max(places) - min(places) < 0.003
    assert places == pytest.approx([0, 0, 0], abs=0.006), "not where the last step was"


def test_the_line_does_not_reach_over_a_seek():
    looks = stepping(until_ms=5000) + stepping(late_s=-20, from_ms=5000)
    track = Track(evened(looks, 1500))
    assert track.at(4950) == pytest.approx(4.95, abs=0.04)
    assert track.at(5025) == pytest.approx(25.025, abs=0.04)


def test_the_picture_has_every_pair_and_every_mark(tmp_path):
    tracks = {"Ana": track(), "Ilya": track(late_s=0.01), "Jonas & Co": track(late_s=0.2)}
    to = tmp_path / "skew.svg"
    draw(Picture("An evening", tracks, marks=[(1000, "play")], steady=[(2000, 5000)]), to)
    drawn = ElementTree.parse(to).getroot()
    words = {text.text for text in drawn.findall(".//{*}text")}
    assert {"Ana – Ilya", "Ana – Jonas & Co", "Ilya – Jonas & Co", "play", "An evening"} <= words
    kinds = Counter(each.get("class") for each in drawn.iter())
    assert (kinds["steady"], kinds["mark"]) == (1, 1)
    assert kinds["far"] > 100, "0.2 s apart is past the edge, and is drawn there"


def test_the_words_of_marks_close_to_each_other_do_not_overlap(tmp_path):
    to = tmp_path / "skew.svg"
    marks = [(1000, "no data for 2 s"), (1400, "Jonas comes"), (5000, "play")]
    draw(Picture("An evening", {"Ana": track(), "Ilya": track()}, marks=marks), to)
    lines = {text.text: text.get("y") for text in ElementTree.parse(to).getroot().iter()}
    assert lines["no data for 2 s"] != lines["Jonas comes"]
    assert lines["no data for 2 s"] == lines["play"]
