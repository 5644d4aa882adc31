"""Which objects of a film are delivered, and how they may be kept. Pure.

Only names that the pipeline makes are known: no dots but the one before the ending, one folder at
most. So nothing outside the film's own folder can be named, and no file that is being written.
"""

import re
from dataclasses import dataclass

_PATH = re.compile(
    r"(?P<token>[^/]*)/(?P<video_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"/(?P<name>.*)",
    re.DOTALL,
)
_NAME = re.compile(
    r"(?:[a-z0-9][a-z0-9_-]{0,63}/)?[a-z0-9][a-z0-9_-]{0,63}\.(?P<ending>[a-z0-9]{3,4})"
)

PLAYLIST = "m3u8"
KINDS = {
    PLAYLIST: "application/vnd.apple.mpegurl",
    "m4s": "video/iso.segment",
    "mp4": "video/mp4",
    "vtt": "text/vtt; charset=utf-8",
    "jpg": "image/jpeg",
}

FOREVER = "public, max-age=31536000, immutable"  # segments: another attempt has other names
HOUR = "public, max-age=3600"  # pictures and texts, which may be made anew
GROWING = "public, max-age=1"
FINISHED = "private, max-age=300"
_ENDED = b"#EXT-X-ENDLIST"


@dataclass(frozen=True)
class Asked:
    """A path below the root of delivery, taken apart; `name` is not looked at yet."""

    token: str
    video_id: str
    name: str


def asked(rest: str) -> Asked | None:
    """None where there is no token and film in the path."""
    found = _PATH.fullmatch(rest)
    return Asked(**found.groupdict()) if found else None


def ending_of(name: str) -> str | None:
    """The kind of object a name stands for; None for names that are never delivered."""
    found = _NAME.fullmatch(name)
    return found["ending"] if found and found["ending"] in KINDS else None


def keep(ending: str) -> str:
    return FOREVER if ending in ("m4s", "mp4") else HOUR


def keep_playlist(content: bytes) -> str:
    """A list that is complete may be kept; the master and a growing one change any second."""
    return FINISHED if content.rstrip().endswith(_ENDED) else GROWING
