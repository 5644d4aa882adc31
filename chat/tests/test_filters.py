"""What a room keeps out of its chat: words by their borders, links as the browser finds them."""

import json
import time

import pytest
from django.conf import settings

from chat import filters

LINKS = json.loads((settings.BASE_DIR / "static/js/chat/fixtures/links.json").read_text())


def found(body, *lines):
    return [span.text for span in filters.words_found(body, lines)]


@pytest.mark.parametrize(
    ("body", "lines", "words"),
    [
        ("Spam, spam and SPAM!", ["spam"], ["Spam", "spam", "SPAM"]),
        ("spammer antispam spam_x", ["spam"], []),
        ("spammer, antispam", ["spam*"], ["spammer"]),
        ("Straße STRASSE", ["strasse"], ["Straße", "STRASSE"]),
        ("ＳＰＡＭ ﬁn", ["spam", "fin"], ["ＳＰＡＭ", "ﬁn"]),
        ("sp\u200dam", ["spam"], ["sp\u200dam"]),
        ("идиоты ИДИОТ", ["идиот"], ["ИДИОТ"]),
        ("हिन्दी हिन्द", ["हिन्दी"], ["हिन्दी"]),
        ("go  away, going away", ["go away"], ["go  away"]),
        ("kill yourselves kill you", ["kill your*"], ["kill yourselves"]),
        ("go away", ["go", "go away"], ["go away"]),
        ("a go", ["go", "a go now"], ["go"]),
        ("it costs 5€", ["€"], []),
        ("x", ["*", "", " * "], []),
        ("a.b", ["a.b"], ["a.b"]),
        ("(.*)", ["(.*)+"], []),
        ("9/11", ["9 11"], ["9/11"]),
    ],
)
def test_words_are_found_whole(body, lines, words):
    assert found(body, *lines) == words


@pytest.mark.parametrize("line", ["*", "", "!!!", "a b c d e f g"])
def test_what_has_no_word_or_too_many_is_no_entry(line):
    assert filters.entry_of(line) is None


@pytest.mark.parametrize("case", LINKS, ids=lambda case: case["text"])
def test_links_are_those_that_the_browser_makes(case):
    """`only_here`: it cannot be opened, but it can be copied."""
    links = [span.text for span in filters.links_found(case["text"])]
    assert links == case["links"] + case.get("only_here", [])


@pytest.mark.parametrize(
    ("body", "spans", "words"),
    [
        ("a spam b", [(2, 6)], "a ••• b"),
        ("x", [(0, 1)], "•"),
        ("see https://x.de now", [(0, 9), (4, 16)], "••• now"),
        ("ab", [], "ab"),
    ],
)
def test_dots_stand_where_it_was_and_it_never_gets_longer(body, spans, words):
    dotted = filters.masked(body, [filters.Span(*each, "") for each in spans])
    assert dotted == words
    assert len(dotted) <= len(body)


@pytest.mark.parametrize(
    "body",
    ["a" * 2000, "a " * 1000, "ab" * 1000, "https://" * 250, ("a" * 59 + " ") * 33,
     "\u0301" * 2000],
    ids=["one word", "many words", "pairs", "addresses", "long words", "marks"],
)  # fmt: skip
def test_no_list_and_no_message_makes_it_slow(body):
    lines = [f"{'a' * (n % 60)}b*" for n in range(100)] + [" ".join("a" * (n % 6 + 1)) + "c*"
             for n in range(100)]  # fmt: skip
    filters.words_found("warm", lines)
    began = time.perf_counter()
    filters.words_found(body, lines)
    filters.links_found(body)
    assert time.perf_counter() - began < 0.25
