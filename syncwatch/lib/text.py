"""Text from people, made safe to show, and places in films as people read them."""

import re
import unicodedata

from django.utils.translation import gettext

from syncwatch.lib.errors import Invalid

# Controls, directional overrides and isolates, zero-width marks (the joiners of emoji and of
# Indic scripts, U+200C and U+200D, stay), the byte order mark and interlinear notes.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
# What is hidden or composed may be dropped, so that more may come in than is kept.
RAW_SHARE, RAW_EXTRA = 4, 1000
_SPACES = re.compile(r"\s+")


def _clean(raw: str) -> str:
    if any("\ud800" <= char <= "\udfff" for char in raw):
        raise Invalid(
            gettext("This text holds half a character (a lone surrogate). Type it again.")
        )
    return _HIDDEN.sub("", unicodedata.normalize("NFC", raw.replace("\r\n", "\n")))


def clean_text(raw: str, max_chars: int, *, what: str = "text") -> str:
    """Several lines: hidden characters go, line breaks stay. Raises Invalid past `max_chars`."""
    _require_fitting(raw, max_chars, what)
    cleaned = _clean(raw).strip()
    if len(cleaned) > max_chars:
        raise _too_long(len(cleaned), max_chars, what)
    return cleaned


def _require_fitting(raw: str, max_chars: int, what: str) -> None:
    """Normalising takes the square of how many combining marks there are: not of just anything."""
    if len(raw) > RAW_SHARE * max_chars + RAW_EXTRA:
        raise _too_long(len(raw), max_chars, what)


def _too_long(chars: int, max_chars: int, what: str) -> Invalid:
    words = gettext("Too long: {chars} characters, {most} are possible.").format(
        chars=chars, most=max_chars
    )
    return Invalid(words, {what: [words]})


def clean_line(raw: str, max_chars: int, *, what: str = "name") -> str:
    """One line, single spaces; empty is refused."""
    _require_fitting(raw, max_chars, what)
    cleaned = _SPACES.sub(" ", _clean(raw.replace("\n", " "))).strip()
    if not cleaned:
        words = gettext("Write at least one character.")
        raise Invalid(words, {what: [words]})
    return clean_text(cleaned, max_chars, what=what)


def clock_words(seconds: float) -> str:
    """`0:48`, `1:32:05`."""
    minutes, s = divmod(round(min(seconds, 10**9)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{s:02}" if hours else f"{minutes}:{s:02}"
