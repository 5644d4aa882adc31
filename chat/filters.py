"""What a room keeps out of its chat: words, and links. Pure.

A list is turned once into sets of words; a message is then looked up word by word, whatever the
list. There are no expressions out of what people typed, so none can be made to run for long.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

WORDS_MAX, WORD_CHARS_MAX = 200, 60
PHRASE_MAX = 6  # words of one entry
WILD = "*"
HIDDEN = "•••"
_IN_A_WORD = ("L", "M", "N")
# As static/js/chat/text.js finds them. What cannot be opened counts here too: it can be copied.
_LINK = re.compile(r"""(?<![A-Za-z0-9_])https?://[^\s<>"'`]+""", re.IGNORECASE)
_TRAILING = ".,;:!?)]}'\""


class Span(NamedTuple):
    """A part of a message, and what it reads as."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class WordList:
    """Entries by their words; of the wild ones the last word is only a beginning."""

    whole: frozenset[tuple[str, ...]]
    wild: frozenset[tuple[str, ...]]
    lengths: tuple[int, ...]
    wild_lengths: tuple[int, ...]


def plain(word: str) -> str:
    """A word as it is compared: whatever its case, its width, and what is invisible in it."""
    once = unicodedata.normalize("NFKC", word).casefold()
    folded = unicodedata.normalize("NFKC", once)
    return "".join(char for char in folded if unicodedata.category(char) != "Cf")


def _inside(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in _IN_A_WORD or category in {"Pc", "Cf"}


def words_of(text: str) -> Iterator[Span]:
    """The words of a text: letters with their marks, digits and what joins them."""
    start = None
    for at, char in enumerate(text):
        if _inside(char):
            start = at if start is None else start
        elif start is not None:
            yield Span(start, at, plain(text[start:at]))
            start = None
    if start is not None:
        yield Span(start, len(text), plain(text[start:]))


def entry_of(line: str) -> tuple[tuple[str, ...], bool] | None:
    """A line of the list as its words, and whether it is wild; None: there is no word in it, or too
    many of them.
    """
    bare = line.rstrip()
    wild = bare.endswith(WILD)
    words = tuple(word.text for word in words_of(bare) if word.text)
    return (words, wild) if 0 < len(words) <= PHRASE_MAX else None


@functools.lru_cache(maxsize=256)
def word_list(lines: tuple[str, ...]) -> WordList:
    """What a room's list means; kept as long as rooms use it."""
    entries = [entry for entry in map(entry_of, lines) if entry is not None]
    whole = frozenset(words for words, wild in entries if not wild)
    begun = frozenset(words for words, wild in entries if wild)
    return WordList(whole, begun, _lengths(whole), _lengths(begun))


def _lengths(entries: Iterable[tuple[str, ...]]) -> tuple[int, ...]:
    return tuple(sorted({len(entry) for entry in entries}))


def words_found(body: str, lines: Iterable[str]) -> list[Span]:
    """Where words of the list stand in `body`, in its order, none inside another."""
    known = word_list(tuple(lines))
    if not known.whole and not known.wild:
        return []
    words = [word for word in words_of(body) if word.text]
    found: list[Span] = []
    at = 0
    while at < len(words):
        length = _matched(words, at, known)
        if length:
            start, end = words[at].start, words[at + length - 1].end
            found.append(Span(start, end, body[start:end]))
        at += length or 1
    return found


def _matched(words: list[Span], at: int, known: WordList) -> int:
    """How many words from `at` on are an entry of the list; the longest counts."""
    whole = [n for n in known.lengths if _said(words, at, n) in known.whole]
    begun = [n for n in known.wild_lengths if _begins(_said(words, at, n), known.wild)]
    return max([*whole, *begun], default=0)


def _said(words: list[Span], at: int, length: int) -> tuple[str, ...] | None:
    here = words[at : at + length]
    return tuple(word.text for word in here) if len(here) == length else None


def _begins(here: tuple[str, ...] | None, wild: frozenset[tuple[str, ...]]) -> bool:
    if here is None:
        return False
    *before, last = here
    ends = range(1, min(len(last), WORD_CHARS_MAX) + 1)
    return any((*before, last[:end]) in wild for end in ends)


def links_found(body: str) -> list[Span]:
    found = []
    for match in _LINK.finditer(body):
        text = match[0].rstrip(_TRAILING)
        if not text.endswith("://"):
            found.append(Span(match.start(), match.start() + len(text), text))
    return found


def masked(body: str, spans: Iterable[Span]) -> str:
    """`body` with dots in these places, also where they reach into each other; never longer."""
    joined: list[tuple[int, int]] = []
    for start, end, _ in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    parts, at = [], 0
    for start, end in joined:
        parts += [body[at:start], HIDDEN[: end - start]]
        at = end
    return "".join([*parts, body[at:]])
