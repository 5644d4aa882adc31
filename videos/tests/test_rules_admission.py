"""Which files are taken, and the words for the others."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncwatch.lib.text import clock_words
from videos.rules import admission
from videos.rules.admission import (
    by_complaint,
    by_contents,
    by_first_bytes,
    ends_early,
)
from videos.rules.source import Sound
from videos.tests.test_rules_ladder import SOURCE, of

DECODABLE = {"h264", "vp9", "hevc"}


def judge(source, longest_s=8 * 3600):
    return by_contents(source, decodable=DECODABLE, longest_s=longest_s)


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"", "empty_file"),
        (b"#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd", "playlist"),
        (b"\xef\xbb\xbf#EXTM3U", "playlist"),
        (b"\n\n  #EXTM3U", "playlist"),
        (b"ffconcat version 1.0\nfile film", "playlist"),
        (b"<MPD xmlns=", "playlist"),
        (b"<?xml version='1.0'?><MPD>", "playlist"),
        (b"<?xml version='1.0'?><rss>", "not_a_video"),
        (b"v=0\r\no=- 0 0 IN IP4 127.0.0.1", "playlist"),
        (b"[playlist]\nFile1=x", "playlist"),
        (b"<!DOCTYPE html>", "not_a_video"),
        (b"<svg xmlns=", "not_a_video"),
        (b"\x89PNG\r\n", "not_a_video"),
        (b"\xff\xd8\xff\xe0", "not_a_video"),
        (b"PK\x03\x04", "not_a_video"),
        (b"%PDF-1.7", "not_a_video"),
    ],
)
def test_the_usual_mistakes_get_kinder_words(head, code):
    refusal = by_first_bytes(head)
    assert refusal.code == code
    assert not refusal.retryable


@pytest.mark.parametrize(
    "head",
    [b"\0\0\0\x20ftypisom", b"\x1a\x45\xdf\xa3", b"RIFF\0\0\0\0AVI ", b"OggS", b"\x47@\x11\x10"],
)
def test_films_pass_the_first_look(head):
    assert by_first_bytes(head) is None


@pytest.mark.parametrize(
    ("complaint", "code"),
    [
        ("film: moov atom not found", "damaged"),
        ("Number of streams exceeds max_streams parameter (32)", "too_many_tracks"),
        ("Invalid data found when processing input", "not_a_video"),
    ],
)
def test_what_ffprobe_says_becomes_words(complaint, code):
    assert by_complaint(complaint).code == code


def test_a_film_is_taken():
    assert judge(SOURCE) is None


@pytest.mark.parametrize(
    ("source", "code", "words"),
    [
        (replace(SOURCE, encrypted=True), "protected", "copy-protected"),
        (replace(SOURCE, picture=None), "not_a_video", "neither picture nor sound"),
        (replace(SOURCE, streams=33), "too_many_tracks", "32 tracks"),
        (of(coded_width=8192, coded_height=8192), "picture_too_large", "8192 × 8192"),
        (of(coded_width=4322, coded_height=8192), "picture_too_large", "4322 × 8192"),
        (of(coded_width=0), "damaged", "damaged"),
        (replace(SOURCE, duration_s=8 * 3600 + 1), "too_long", "8:00:01"),
        (replace(SOURCE, duration_s=0.05), "too_short", "tenth of a second"),
        (of(codec="av1"), "codec_unsupported", "AV1"),
        (of(codec="prores"), "codec_unsupported", "PRORES"),
        (of(codec="none"), "codec_unsupported", "unknown kind"),
    ],
)
def test_what_cannot_be_shown_is_refused_for_good_and_in_words(source, code, words):
    refusal = judge(source)
    assert refusal.code == code
    assert words in refusal.message
    assert not refusal.retryable


def test_sound_alone_is_told_from_nothing_at_all():
    sound = Sound(0, "aac", 2, "", "", default=True)
    assert judge(replace(SOURCE, picture=None, sounds=(sound,))).code == "no_picture"


@pytest.mark.parametrize("size", [(8192, 4320), (4320, 8192)])
def test_the_largest_picture_is_taken_either_way_up(size):
    assert judge(of(coded_width=size[0], coded_height=size[1])) is None


@pytest.mark.parametrize(
    ("got_s", "promised_s", "early"),
    [(60, 60, False), (58.1, 60, False), (57.9, 60, True), (7100, 7200, False),
     (7000, 7200, True), (61, 60, False), (0.05, 0.1, False)],
)  # fmt: skip
def test_an_early_end_is_more_than_a_short_tail(got_s, promised_s, early):
    assert (ends_early(got_s=got_s, promised_s=promised_s) is not None) is early


def test_an_early_end_is_told_with_both_times():
    words = ends_early(got_s=3725, promised_s=7200).message
    assert "1:02:05 of 2:00:00" in words


@given(st.floats(0, 1e12, allow_nan=False))
def test_any_length_can_be_said(seconds):
    assert ":" in clock_words(seconds)


def test_every_refusal_is_a_sentence_with_a_code():
    said = [value for value in vars(admission).values() if isinstance(value, admission.Refusal)]
    for refusal in said:
        assert refusal.code.replace("_", "").isalpha()
        assert refusal.message.endswith((".", "it."))
        assert len(refusal.message) < 300
