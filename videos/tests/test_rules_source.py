"""Reading ffprobe's answer."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videos.rules import source
from videos.rules.source import ratio, read_probe

VIDEO = {
    "index": 0, "codec_type": "video", "codec_name": "h264", "profile": "High", "level": 40,
    "pix_fmt": "yuv420p", "width": 1920, "height": 1080, "avg_frame_rate": "25/1",
    "r_frame_rate": "25/1", "bit_rate": "4000000", "disposition": {"attached_pic": 0},
}  # fmt: skip
AUDIO = {"index": 1, "codec_type": "audio", "codec_name": "aac", "channels": 2}
FORMAT = {"format_name": "mov,mp4", "duration": "60.5", "size": "1000", "bit_rate": "4200000"}


def read(*streams, **head):
    return read_probe({"streams": list(streams), "format": {**FORMAT, **head}})


def picture(**changes):
    return read({**VIDEO, **changes}).picture


def test_it_reads_an_ordinary_film():
    source = read(VIDEO, AUDIO)
    assert (source.duration_s, source.size_bytes, source.streams) == (60.5, 1000, 2)
    assert (source.picture.width, source.picture.height) == (1920, 1080)
    assert source.picture.bitrate == 4_000_000
    assert [sound.position for sound in source.sounds] == [0]
    assert not source.encrypted


def test_nothing_known_is_no_picture_and_no_length():
    source = read_probe({})
    assert source.picture is None
    assert source.duration_s == 0


def test_cover_art_is_no_picture_wherever_it_stands():
    cover = {**VIDEO, "codec_name": "mjpeg", "disposition": {"attached_pic": 1}}
    assert read(cover, AUDIO).picture is None
    assert read(cover, {**VIDEO, "index": 2}).picture.index == 2


@pytest.mark.parametrize("turn", [90, -90, 270, -270])
def test_a_quarter_turn_swaps_the_sides(turn):
    found = picture(side_data_list=[{"rotation": turn}])
    assert (found.width, found.height, found.rotated) == (1080, 1920, True)


def test_upside_down_keeps_the_sides():
    found = picture(side_data_list=[{"rotation": 180}])
    assert (found.width, found.height, found.rotated) == (1920, 1080, True)


def test_an_old_files_tag_turns_it_too():
    assert picture(tags={"rotate": "90"}).width == 1080


def test_a_full_turn_is_none():
    assert not picture(side_data_list=[{"rotation": 360}]).rotated


@pytest.mark.parametrize(
    ("aspect", "width"), [("64:45", 1024), ("1:1", 720), ("0:1", 720), ("1000:1", 720), ("x", 720)]
)
def test_oblong_pixels_widen_the_picture_unless_they_are_absurd(aspect, width):
    assert picture(width=720, height=576, sample_aspect_ratio=aspect).width == width


@pytest.mark.parametrize(
    ("average", "nominal", "fps"),
    [
        ("25/1", "25/1", "25"), ("0/0", "30/1", "30"), ("24000/1001", "24000/1001", "24000/1001"),
        ("28/1", "30/1", "30"), ("20/1", "90000/1", "20"), ("25/1", "50/1", "25"),
    ],
)  # fmt: skip
def test_the_rate_is_the_average_or_the_nominal_one_a_little_above(average, nominal, fps):
    assert picture(avg_frame_rate=average, r_frame_rate=nominal).fps == Fraction(fps)


@pytest.mark.parametrize(
    ("order", "interlaced"),
    [("progressive", False), ("unknown", False), ("tt", True), ("bb", True), ("tb", True)],
)
def test_fields_are_seen(order, interlaced):
    assert picture(field_order=order).interlaced is interlaced


def test_a_sound_track_that_cannot_be_read_keeps_its_place():
    broken = {**AUDIO, "codec_name": "unknown"}
    assert [sound.position for sound in read(VIDEO, broken, AUDIO).sounds] == [1]


def test_names_and_languages_are_kept_short_and_clean():
    tagged = {**AUDIO, "tags": {"LANGUAGE": "ENG", "title": "x" * 500}}
    unknown = {**AUDIO, "tags": {"language": "und"}}
    first, second = read(VIDEO, tagged, unknown).sounds
    assert (first.language, len(first.title)) == ("eng", 100)
    assert second.language == ""


def test_only_subtitles_made_of_text_count_but_all_are_numbered():
    image = {"codec_type": "subtitle", "codec_name": "hdmv_pgs_subtitle"}
    text = {"codec_type": "subtitle", "codec_name": "subrip", "disposition": {"forced": 1}}
    (found,) = read(VIDEO, image, text).texts
    assert (found.position, found.forced) == (1, True)


def test_a_protected_film_is_seen():
    assert read({**VIDEO, "codec_tag_string": "encv"}).encrypted


def test_the_length_comes_from_a_stream_where_the_file_has_none():
    assert read({**VIDEO, "duration": "12.5"}, duration="N/A").duration_s == 12.5


@given(st.text(max_size=12))
def test_no_text_breaks_a_ratio(text):
    assert ratio(text) == ratio(text)


scalars = st.none() | st.text(max_size=6) | st.integers(-10, 10_000).map(str)


@given(
    st.dictionaries(
        st.sampled_from(["avg_frame_rate", "r_frame_rate", "bit_rate", "level", "duration"]),
        scalars,
    )
)
def test_no_number_that_ffprobe_may_write_breaks_the_reading(fields):
    assert read({**VIDEO, **fields}).picture.codec == "h264"


@pytest.mark.parametrize("odd", ["NAN", "inf", "-Infinity", "1e999", None, "", "N/A"])
def test_what_is_no_number_counts_as_nothing(odd):
    assert source._number(odd) == 0.0
