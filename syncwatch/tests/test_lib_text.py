"""Text from people: normalised, without characters that lie or hide"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncwatch.lib import text
from syncwatch.lib.errors import Invalid
from syncwatch.lib.text import clean_line, clean_text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Film  club ", "Film club"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("a\u202eb\u2066c\u2069", "abc"),
        ("a\u200bb\ufeffc\u2060", "abc"),
        ("a\x00b\x1b[31m\x7f\x9f", "ab[31m"),
        ("e\u0301", "\u00e9"),
        ("\u00a0a\u3000b", "a b"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
         "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)  # fmt: skip
def test_a_line_is_one_line_without_what_hides(raw, clean):
    assert clean_line(raw, 80) == clean


@pytest.mark.parametrize("raw", ["", "   ", "\n\t", "\u202e\u200b", "\x00"])
def test_an_empty_line_is_refused_and_the_field_named(raw):
    with pytest.raises(Invalid) as refused:
        clean_line(raw, 80, what="title")
    assert "title" in refused.value.fields


def test_line_breaks_of_a_text_stay():
    assert clean_text(" a\r\nb\n\nc \n", 80) == "a\nb\n\nc"
    assert clean_text("", 80) == ""


def test_too_long_says_how_long_and_how_long_is_possible():
    with pytest.raises(Invalid, match="Too long: 81 characters, 80 are possible"):
        clean_line("x" * 81, 80)
    assert len(clean_line("x" * 80, 80)) == 80


def test_what_is_taken_away_does_not_count():
    assert clean_line("x" * 80 + "\u200b" * 50, 80) == "x" * 80


@pytest.mark.parametrize("raw", ["\ud800", "a\udfffb", "\udc00\ud800"])
@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_half_a_character_is_refused_in_words(raw, clean):
    with pytest.raises(Invalid, match="half a character"):
        clean(raw, 80)


@given(st.text(max_size=60))
def test_whatever_comes_the_result_is_clean_or_refused(raw):
    try:
        line = clean_line(raw, 60)
    except Invalid:
        return
    assert clean_line(line, 240) == line, "cleaning twice changes nothing"
    assert line
    assert len(line) <= 60
    assert line.encode()
    assert not any(ord(char) < 32 or char in "\u202a\u202e\u2066\u2069\u200b" for char in line)


@pytest.mark.parametrize("clean", [text.clean_text, text.clean_line])
def test_far_too_long_is_refused_before_it_is_normalised(clean, monkeypatch):
    monkeypatch.setattr(text, "_clean", lambda _: pytest.fail("normalised"))
    with pytest.raises(Invalid, match="Too long: 200000 characters, 40 are possible"):
        clean("a" + "\u0316" * 199_999, 40)
