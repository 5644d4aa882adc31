"""Which words a room may have as its address. Pure: no database, no clock."""

import re
from enum import StrEnum

SHORTEST, LONGEST = 3, 30
_SHAPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# What a person may type for a code: hyphens between, and letters that codes do not have.
_READ_AS = str.maketrans({"-": None, "o": "0", "i": "1", "l": "1"})
_CODE = re.compile(r"[0-9a-hjkmnp-tv-z]{12}")
# Our own paths, and names under which somebody could pretend to be those who run the site.
RESERVED = frozenset({
    "about", "account", "accounts", "admin", "administrator", "api", "app", "auth", "blog",
    "contact", "design", "docs", "download", "friends", "help", "home", "host", "invite",
    "join", "landing", "legal", "login", "logout", "mail", "media", "moderator", "new",
    "null", "official", "offline", "password", "privacy", "public", "register", "room",
    "rooms", "root", "search", "security", "settings", "share", "signin", "signup", "site",
    "staff", "static", "status", "support", "syncwatch", "system", "team", "terms", "test",
    "true", "false", "undefined", "user", "users", "video", "videos", "watch", "www",
})  # fmt: skip


class Flaw(StrEnum):
    """What is wrong with an address."""

    LENGTH = "length"
    SHAPE = "shape"
    CODE = "code"  # people who type it would be led to a room's code
    RESERVED = "reserved"


def is_code(word: str) -> bool:
    """Does it look like a room's code, as it is kept?"""
    return _CODE.fullmatch(word) is not None


def flaw_of(word: str) -> Flaw | None:
    """What keeps this word from being an address; None: nothing."""
    if not SHORTEST <= len(word) <= LONGEST:
        return Flaw.LENGTH
    if not _SHAPE.fullmatch(word):
        return Flaw.SHAPE
    if is_code(word.translate(_READ_AS)):
        return Flaw.CODE
    if word in RESERVED or word.split("-", maxsplit=1)[0] in {"syncwatch", "admin"}:
        return Flaw.RESERVED
    return None
