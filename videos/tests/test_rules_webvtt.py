"""Subtitles in, clean WebVTT out."""

import re
import unicodedata
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videos.rules import webvtt
from videos.rules.webvtt import HEAD, Cue, cues_of, decode, files, render, storyboard, timestamp

SRT = (
    "1\r\n00:00:01,500 --> 00:00:03,000\r\nHello\r\nthere\r\n\r\n"
    "2\r\n00:01:00,0 --> 00:01:01,0\r\nBye"
)


def text_of(cue_text):
    (cue,) = cues_of(f"00:01.000 --> 00:02.000\n{cue_text}\n")
    return cue.text


def test_subrip_is_read():
    assert cues_of(SRT) == [
        Cue(1500, 3000, "Hello\nthere"),
        Cue(60_000, 61_000, "Bye"),
    ]


def test_webvtt_is_read_with_its_places_but_without_notes_and_styles():
    text = (
        "WEBVTT\n\nNOTE private\n\nSTYLE\n::cue { color: red }\n\n"
        "intro\n00:01.000 --> 00:02.000 align:start line:90% evil:1\nHi\n"
    )
    assert cues_of(text) == [Cue(1000, 2000, "Hi", "align:start line:90%")]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<b>loud</b> <I>far</I>", "<b>loud</b> <i>far</i>"),
        ("<v Anna>Hello", "Hello"),
        ("<c.yellow>sun</c>", "sun"),
        ("<font color='red'>red</font>", "red"),
        ("{\\an8}above", "above"),
        ("one <00:00:01.500>two <c>three</c>", "one two three"),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)>"),
        ("&lt;script&gt;", "&lt;script>"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("a --> b", "a --&gt; b"),
        ("right\u202eleft\u2066", "rightleft"),
    ],
)
def test_only_bold_italic_and_underline_stay(raw, clean):
    assert text_of(raw) == clean


@pytest.mark.parametrize(
    "broken",
    ["", "nonsense", "00:05.000 --> 00:01.000\nbackwards", "00:01.000 --> 00:02.000\n\n",
     "aa:bb --> cc:dd\nx"],
)  # fmt: skip
def test_what_is_no_cue_is_left_out(broken):
    assert cues_of(broken) == []


def test_cues_come_in_order_of_time():
    text = "00:05.000 --> 00:06.000\nlater\n\n00:01.000 --> 00:02.000\nfirst\n"
    assert [cue.text for cue in cues_of(text)] == ["first", "later"]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Žluťoučký".encode(), "Žluťoučký"),
        ("\ufeffHi".encode(), "Hi"),
        ("Grüße".encode("cp1252"), "Grüße"),
        ("Grüße".encode("utf-16"), "Grüße"),
    ],
)
def test_the_encoding_is_found(raw, text):
    assert decode(raw) == text


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading(raw):
    for cue in cues_of(decode(raw)):
        assert cue.end_ms > cue.start_ms


tags = st.sampled_from(
    ["<b>", "</b>", "<script>", "-->", "<", ">", "&", "\n", "x", "\u202e", "<<i>"]
)


@given(st.lists(tags, max_size=30).map("".join))
def test_nothing_but_three_tags_ever_comes_out(raw):
    for cue in cues_of(f"00:01.000 --> 00:02.000\n{raw}\n"):
        assert "<" not in re.sub(r"</?[biu]>", "", cue.text)
        assert "-->" not in cue.text
        assert "00:00:01.000 --> 00:00:02.000" in render([cue], head=HEAD)


@given(st.integers(0, 100 * 3600 * 1000 - 1))
def test_a_time_survives_writing_and_reading(ms):
    (cue,) = cues_of(render([Cue(ms, ms + 1, "x")], head=HEAD))
    assert cue.start_ms == ms


def test_a_time_is_written_in_full():
    assert timestamp(3_725_042) == "01:02:05.042"


def test_a_track_is_one_segment_and_its_playlist_comes_last():
    (vtt_name, vtt), (list_name, playlist) = files("abc", [Cue(0, 1000, "Hi")], 12.5)
    assert (vtt_name, list_name) == ("abc.vtt", "abc.m3u8")
    assert b"X-TIMESTAMP-MAP=MPEGTS:90000" in vtt
    assert b"#EXTINF:12.500,\nabc.vtt\n#EXT-X-ENDLIST" in playlist
    assert b"#EXT-X-TARGETDURATION:13" in playlist


def test_the_storyboard_points_into_its_sheets():
    text = storyboard(["a.jpg", "b.jpg"], 5, 17, (160, 90), 2)
    assert "00:00:00.000 --> 00:00:05.000\na.jpg#xywh=0,0,160,90\n" in text
    assert "00:00:05.000 --> 00:00:10.000\na.jpg#xywh=160,0,160,90\n" in text
    assert "00:00:15.000 --> 00:00:17.000\na.jpg#xywh=160,90,160,90\n" in text
    assert "b.jpg" not in text


def test_text_that_takes_minutes_to_normalise_is_cut_first(monkeypatch):
    sizes = []

    def normalize(form, text):
        sizes.append(len(text))
        return unicodedata.normalize(form, text)

    monkeypatch.setattr(webvtt, "unicodedata", SimpleNamespace(normalize=normalize))
    marks = "a" + "\u0316\u0300" * 100_000
    [cue] = webvtt.cues_of(f"1\n00:00:01,000 --> 00:00:02,000\n{marks}\n")
    assert len(cue.text) <= webvtt.CUE_CHARS
    assert max(sizes) <= 2 * webvtt.CUE_CHARS
