"""Which renditions a film gets."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videos.rules.ladder import CAPS, RATES, can_remux, output_rate, plan, rungs
from videos.rules.source import Picture, Source

PICTURE = Picture(
    index=0, codec="h264", profile="High", level=40, pix_fmt="yuv420p", width=1920, height=1080,
    coded_width=1920, coded_height=1080, fps=Fraction(30), rotated=False, interlaced=False,
    hdr=False, bitrate=8_000_000,
)  # fmt: skip
SOURCE = Source(
    container="mov,mp4,m4a,3gp,3g2,mj2", start_s=0, duration_s=60, size_bytes=60_000_000,
    streams=2, picture=PICTURE, sounds=(), texts=(),
)  # fmt: skip


def of(**changes):
    return replace(SOURCE, picture=replace(PICTURE, **changes))


def sizes(**changes):
    return [(rung.name, rung.width, rung.height) for rung in rungs(replace(PICTURE, **changes))]


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (1920, 1080, [("1080p", 1920, 1080), ("720p", 1280, 720), ("480p", 854, 480),
                      ("360p", 640, 360)]),
        (3840, 2160, [("1080p", 1920, 1080), ("720p", 1280, 720), ("480p", 854, 480),
                      ("360p", 640, 360)]),
        (1280, 720, [("720p", 1280, 720), ("480p", 854, 480), ("360p", 640, 360)]),
        (1920, 800, [("720p", 1728, 720), ("480p", 1152, 480), ("360p", 864, 360)]),
        (1080, 1920, [("1080p", 1080, 1920), ("720p", 720, 1280), ("480p", 480, 854),
                      ("360p", 360, 640)]),
        (640, 360, [("360p", 640, 360)]),
        (321, 181, [("180p", 320, 180)]),
        (16, 9, [("8p", 14, 8)]),
    ],
)  # fmt: skip
def test_a_film_gets_every_rung_that_is_not_taller_than_itself(width, height, expected):
    assert sizes(width=width, height=height) == expected


@given(width=st.integers(2, 8192), height=st.integers(2, 4320))
def test_a_rung_is_even_keeps_the_shape_and_is_never_larger_than_the_film(width, height):
    for rung in rungs(replace(PICTURE, width=width, height=height)):
        assert rung.width % 2 == rung.height % 2 == 0
        assert rung.width <= width + 1
        assert rung.height <= height + 1
        if min(width, height) >= 360:
            assert rung.width / rung.height == pytest.approx(width / height, rel=0.01)


@pytest.mark.parametrize(
    ("source", "out"),
    [
        ("24000/1001", "24000/1001"), ("24", "24"), ("25", "25"), ("30000/1001", "30000/1001"),
        ("30", "30"), ("60", "60"), ("60000/1001", "60000/1001"), ("120", "60"), ("240", "60"),
        ("23", "24000/1001"), ("2997/125", "24000/1001"), ("29", "30000/1001"), ("7", "10"),
        ("0", "25"), ("90000", "60"), ("48", "48"), ("31", "48"),
    ],
)  # fmt: skip
def test_the_rate_is_a_standard_one_and_drops_nothing_up_to_60(source, out):
    assert output_rate(replace(PICTURE, fps=Fraction(source))) == Fraction(out)


@pytest.mark.parametrize("rate", RATES)
def test_a_segment_is_a_whole_number_of_frames_and_groups(rate):
    rung = rungs(replace(PICTURE, fps=rate))[0]
    assert rung.segment_s * rung.fps == rung.frames_per_segment
    assert rung.frames_per_segment % 2 == 0
    assert rung.segment_s in (4, Fraction(4004, 1000))


def test_h264_with_frequent_key_frames_is_packed_anew():
    assert can_remux(SOURCE, 2.0)


@pytest.mark.parametrize(
    "changes",
    [
        {"codec": "hevc"}, {"pix_fmt": "yuv420p10le"}, {"pix_fmt": "yuv444p"},
        {"profile": "High 4:4:4 Predictive"}, {"rotated": True}, {"interlaced": True},
        {"fps": Fraction(120)}, {"bitrate": 60_000_000},
    ],
)  # fmt: skip
def test_what_browsers_may_not_show_is_encoded(changes):
    assert not can_remux(of(**changes), 2.0)


@pytest.mark.parametrize("longest_gop_s", [0.0, 11.0, 3600.0])
def test_key_frames_too_far_apart_or_unknown_are_encoded(longest_gop_s):
    assert not can_remux(SOURCE, longest_gop_s)


@pytest.mark.parametrize("container", ["avi", "mpegts", "flv", "ogg", ""])
def test_only_containers_with_sound_times_are_packed_anew(container):
    assert not can_remux(replace(SOURCE, container=container), 2.0)


def test_a_remuxed_film_is_its_own_top_rung():
    found = plan(SOURCE, 2.0)
    assert found.remux
    assert found.first is None
    assert [rung.name for rung in found.rest] == ["720p", "480p", "360p"]


def test_a_heavy_film_gets_a_lighter_rung_of_its_own_size_beside_it():
    assert plan(of(bitrate=20_000_000), 2.0).rest[0].name == "1080p"


def test_anything_else_begins_with_the_smallest_rung():
    found = plan(of(codec="vp9"), 0)
    assert not found.remux
    assert found.first.name == "360p"
    assert [rung.name for rung in found.rest] == ["1080p", "720p", "480p"]


def test_a_film_without_a_picture_has_no_plan():
    with pytest.raises(ValueError, match="without a picture"):
        plan(replace(SOURCE, picture=None), 0)


def test_taller_rungs_may_cost_more():
    bitrates = [cap.max_bps for cap in CAPS]
    assert bitrates == sorted(bitrates, reverse=True)
