"""What a file says of itself before anything of it is decoded: kind, size, where it ends.

Three kinds are known. A file has to end where its picture does: what goes on behind it is a second
file in disguise. Nothing here trusts a name or a media type that a client sent.
"""

from dataclasses import dataclass
from enum import StrEnum

MAX_BYTES = 3 * 1024**2
MIN_SIDE_PX = 32
MAX_PIXELS = 25_000_000  # decoded these are 100 MB


class Kind(StrEnum):
    PNG = "PNG"
    JPEG = "JPEG"
    WEBP = "WEBP"


class Refusal(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    DRAWING = "drawing"
    UNKNOWN = "unknown"
    BROKEN = "broken"
    MOVING = "moving"
    MORE_BEHIND = "more_behind"
    TOO_SMALL = "too_small"
    TOO_MANY_PIXELS = "too_many_pixels"


class RefusedError(Exception):
    def __init__(self, why: Refusal) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True)
class Looks:
    """What the head of a picture promises."""

    kind: Kind
    width: int
    height: int


@dataclass(frozen=True)
class _Read:
    """Width and height in pixels, whether it moves, and the byte behind its last one."""

    width: int
    height: int
    moves: bool
    end: int


PNG_HEAD, JPEG_HEAD = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


def looked_at(raw: bytes) -> Looks:
    """Raises RefusedError."""
    if not raw:
        raise RefusedError(Refusal.EMPTY)
    if len(raw) > MAX_BYTES:
        raise RefusedError(Refusal.TOO_LARGE)
    kind = _kind(raw)
    try:
        found = READERS[kind](raw)
    except (IndexError, ValueError):
        raise RefusedError(Refusal.BROKEN) from None
    _check(found, len(raw))
    return Looks(kind, found.width, found.height)


def _kind(raw: bytes) -> Kind:
    if raw.startswith(PNG_HEAD):
        return Kind.PNG
    if raw.startswith(JPEG_HEAD):
        return Kind.JPEG
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return Kind.WEBP
    drawn = b"<svg" in raw[:4096].lower()
    raise RefusedError(Refusal.DRAWING if drawn else Refusal.UNKNOWN)


def _check(found: _Read, length: int) -> None:
    if found.moves:
        raise RefusedError(Refusal.MOVING)
    if found.end != length:
        raise RefusedError(Refusal.BROKEN if found.end > length else Refusal.MORE_BEHIND)
    if found.width * found.height > MAX_PIXELS:
        raise RefusedError(Refusal.TOO_MANY_PIXELS)
    if min(found.width, found.height) < MIN_SIDE_PX:
        raise RefusedError(Refusal.TOO_SMALL)


def _big(raw: bytes, at: int, size: int) -> int:
    return int.from_bytes(_bytes(raw, at, size), "big")


def _little(raw: bytes, at: int, size: int) -> int:
    return int.from_bytes(_bytes(raw, at, size), "little")


def _bytes(raw: bytes, at: int, size: int) -> bytes:
    """As many as were asked for; half of a number is none."""
    if at + size > len(raw):
        raise IndexError(at)
    return raw[at : at + size]


def _png(raw: bytes) -> _Read:
    """Chunks of length, name, bytes and a sum; IHDR first, IEND last, acTL where it moves."""
    if raw[12:16] != b"IHDR":
        raise ValueError("no head")
    at, name, moves = len(PNG_HEAD), b"", False
    while name != b"IEND":
        length, name = _big(raw, at, 4), _bytes(raw, at + 4, 4)
        moves = moves or name == b"acTL"
        at += 12 + length
    return _Read(_big(raw, 16, 4), _big(raw, 20, 4), moves, at)


_ALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a length
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_RESTARTS = range(0xD0, 0xD8)
_SCAN, _END = 0xDA, 0xD9


def _jpeg(raw: bytes) -> _Read:
    """Markers, most of them with a length; behind a scan come its bytes, up to the next marker."""
    at, width, height = 2, 0, 0
    while True:
        if _big(raw, at, 1) != 0xFF:  # noqa: PLR2004  every marker begins so
            raise ValueError("no marker")
        marker = _big(raw, at + 1, 1)
        at += 1 if marker == 0xFF else 2  # noqa: PLR2004  a marker may be filled up with it
        if marker == _END:
            return _Read(width, height, moves=False, end=at)
        if marker in _ALONE or marker == 0xFF:  # noqa: PLR2004
            continue
        if marker in _FRAMES:
            height, width = max(height, _big(raw, at + 3, 2)), max(width, _big(raw, at + 5, 2))
        at += max(2, _big(raw, at, 2))
        if marker == _SCAN:
            at = _behind_scan(raw, at)


def _behind_scan(raw: bytes, at: int) -> int:
    """Where the next marker stands: within a scan FF is followed by 00, or by a restart."""
    while True:
        at = raw.index(b"\xff", at)
        following = _big(raw, at + 1, 1)
        if following and following not in _RESTARTS:
            return at
        at += 2


def _webp(raw: bytes) -> _Read:
    """One RIFF of chunks; the first says which of three forms it is."""
    end, first = 8 + _little(raw, 4, 4), raw[12:16]
    moves = b"ANIM" in raw[:64]
    if first == b"VP8X":
        moves = moves or bool(raw[20] & 2)
        return _Read(1 + _little(raw, 24, 3), 1 + _little(raw, 27, 3), moves, end)
    if first == b"VP8L":
        bits = _little(raw, 21, 4)
        return _Read(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), moves, end)
    if first == b"VP8 ":
        return _Read(_little(raw, 26, 2) & 0x3FFF, _little(raw, 28, 2) & 0x3FFF, moves, end)
    raise ValueError("no form")


READERS = {Kind.PNG: _png, Kind.JPEG: _jpeg, Kind.WEBP: _webp}
