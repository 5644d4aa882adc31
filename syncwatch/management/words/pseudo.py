"""Two languages that nobody speaks: they show what was not translated, and what does not fit.

`en-XA` is English with accents, longer by two fifths and in brackets; `ar-XB` is the same written
from right to left. Both are legible.
"""

import re
from collections.abc import Callable
from itertools import cycle

LONG, RTL = "en-xa", "ar-xb"
_LETTERS = str.maketrans("aceginosuyACEGINOSUYdlrtzDLRTZ", "áçéğîñöšüýÁÇÉĞÎÑÖŠÜÝđłŕţžĐŁŔŢŽ")
# What a program or the browser reads stays as it is: placeholders, tags, entities.
_KEPT = re.compile(r"(%\(\w+\)[sd]|%%|\{\w+\}|<[^>]+>|&\w+;)")
_PADDING = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_RLO, _PDF = "\u202e", "\u202c"


def long_text(text: str) -> str:
    """`[Šéñđ ţĥé łîñķ øñé]`"""
    length = len(_KEPT.sub("", text))
    padding, words = "", cycle(_PADDING)
    while len(padding) < length * 0.4 - 1:
        padding += f" {next(words)}"
    return f"[{_each(text, lambda piece: piece.translate(_LETTERS))}{padding}]"


def rtl_text(text: str) -> str:
    """The same letters, told to run from right to left."""
    turned = _each(text, lambda piece: f"{_RLO}{piece.translate(_LETTERS)}{_PDF}")
    return f"[{turned}]"


def _each(text: str, change: Callable[[str], str]) -> str:
    pieces = _KEPT.split(text)
    return "".join(
        piece if index % 2 or not piece.strip() else change(piece)
        for index, piece in enumerate(pieces)
    )


WRITERS: dict[str, Callable[[str], str]] = {LONG: long_text, RTL: rtl_text}
