"""Words that try to be something else: kept as the text they are, without what lies or hides."""

import pytest

from chat.models import Message

pytestmark = pytest.mark.django_db

CORPUS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "</textarea><iframe srcdoc='<script>alert(1)</script>'>",
    "&lt;b&gt; & &amp;",
    "https://example.org/?q=<b>&x='\"",
    "'; DROP TABLE chat_message; --",
    "\\u003cscript\\u003e",
    "*/ alert(1) /*",
    "]]>",
    "%00%0a",
    "👩‍👩‍👧‍👦 नमस्ते می‌خواهم",
]


@pytest.mark.parametrize("body", CORPUS)
def test_markup_is_only_text(body, say, api, room, people):
    said = say(body)
    assert Message.objects.get(id=said.id).body == body
    answer = api(people.member).get(f"/api/rooms/{room.code}/messages/")
    assert answer["content-type"] == "application/json"
    assert answer.json()["results"][0]["body"] == body


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\x07\x1b[31mb", "a[31mb"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ("a\u2066b\u2069c", "abc"),
        ("a\u200bb\ufeffc\u200e", "abc"),
        ("a\u2028b\u2029c", "abc"),
        ("  spaced  \n", "spaced"),
        ("two\r\nlines", "two\nlines"),
        ("e\u0301", "é"),
        ("fam\u200dily \u200c", "fam\u200dily \u200c"),
    ],
)
def test_characters_that_lie_or_hide_go(raw, kept, say):
    assert say(raw).body == kept
