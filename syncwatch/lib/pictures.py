"""A picture from a stranger, made a small one of our own: bytes in, bytes out, or words why not.

What comes out is drawn anew from the pixels, so that nothing of the upload survives: no metadata,
no second file behind the first. What is moving stands still on its first frame.
"""

import hashlib
import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from PIL import Image, ImageOps

from syncwatch.lib.errors import Invalid

TYPE = "image/webp"  # of all that comes out
PIXELS_MAX = 24_000_000  # a phone's photograph; takes some 200 MB for a moment
SCANS_MAX = 64  # a JPEG may paint itself over and over, each time for the price of a few bytes
QUALITY = 88
# What protects is drawing anew. This only says it to whoever hands in a script in a picture's coat.
_SCRIPTS = (b"<script", b"<svg ", b"<html", b"<!doctype", b"<?php", b"<iframe", b"javascript:")
_one_at_a_time = threading.Lock()  # a hundred of them are not a hundred times 200 MB


@dataclass(frozen=True)
class Picture:
    """A WebP of ours. `digest` is its address: other pixels, another address."""

    data: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def small_picture(raw: bytes, *, side_px: int, bytes_max: int, what: str = "picture") -> Picture:
    """`raw` (PNG, JPEG, WebP or GIF) within `side_px` each way, never enlarged. Raises Invalid,
    with `what` as the field, for all that is none or too much. Blocks: call it in a thread.
    """
    upright = _upright(raw, side_px, bytes_max, what)
    upright.thumbnail((side_px, side_px), reducing_gap=2.0)
    return _drawn(upright)


def squares(
    raw: bytes, *, sides_px: Sequence[int], least_px: int, bytes_max: int, what: str = "picture"
) -> dict[int, Picture]:
    """The middle of `raw` as squares of exactly these sides; else as `small_picture`. What has
    fewer than `least_px` either way is too small.
    """
    upright = _upright(raw, max(sides_px), bytes_max, what)
    if min(upright.size) < least_px:
        words = gettext("This picture is too small: {least} pixels a side is the least.")
        raise _refused(words.format(least=least_px), what)
    return {side: _drawn(ImageOps.fit(upright, (side, side))) for side in sides_px}


def _upright(raw: bytes, side_px: int, bytes_max: int, what: str) -> Image.Image:
    """All pixels that are needed for `side_px`, as RGBA."""
    kind = _kind(raw, bytes_max, what)
    _require_calm(raw, kind, what)
    try:
        with _one_at_a_time:
            return _decoded(raw, kind, side_px, what)
    except Invalid:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(what) from error
    except Exception as error:  # what decoders raise over hostile bytes is no list
        words = gettext("This picture is damaged. Save it again, then choose it once more.")
        raise _refused(words, what) from error


def _kind(raw: bytes, bytes_max: int, what: str) -> str:
    """By what it begins with; what a name or a browser says of it counts for nothing."""
    if len(raw) > bytes_max:
        words = gettext("This file is too large: {size} kB, {most} kB are possible.")
        raise _refused(words.format(size=-(-len(raw) // 1000), most=bytes_max // 1000), what)
    kind = magic(raw)
    if kind is None:
        raise _refused(gettext("This is not a PNG, JPEG, WebP or GIF. Choose another file."), what)
    lower = raw.lower()
    if any(script in lower for script in _SCRIPTS):
        raise _refused(gettext("There is a script in this file. Choose a plain picture."), what)
    return kind


def magic(raw: bytes) -> str | None:
    """Which of the four kinds these bytes begin as."""
    if raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if raw.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if raw.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    return "WEBP" if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP" else None


def _require_calm(raw: bytes, kind: str, what: str) -> None:
    """What would cost before Pillow says how large the picture is."""
    if kind == "JPEG" and raw.count(b"\xff\xda") > SCANS_MAX:
        raise _refused(gettext("This JPEG is made of too many layers. Save it as a PNG."), what)
    if kind == "WEBP" and _webp_pixels(raw) > PIXELS_MAX:
        raise _too_many_pixels(what)


def _webp_pixels(raw: bytes) -> int:
    """From its header: Pillow makes room for the whole canvas as soon as it opens one."""
    form, part = raw[12:16], raw[20:30].ljust(10, b"\0")
    if form == b"VP8X":
        return (int.from_bytes(part[4:7], "little") + 1) * (int.from_bytes(part[7:], "little") + 1)
    if form == b"VP8L":
        bits = int.from_bytes(part[1:5], "little")
        return ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
    width, height = (int.from_bytes(part[at : at + 2], "little") & 0x3FFF for at in (6, 8))
    return width * height


def _decoded(raw: bytes, kind: str, side_px: int, what: str) -> Image.Image:
    """1. the head alone says how large it is; 2. pixels; 3. upright."""
    with Image.open(io.BytesIO(raw), formats=[kind]) as source:
        if source.width * source.height > PIXELS_MAX:
            raise _too_many_pixels(what)
        source.draft(None, (2 * side_px, 2 * side_px))  # a JPEG need not be unpacked in full
        source.load()
        upright = ImageOps.exif_transpose(source)
        return upright.convert("RGBA")


def _drawn(image: Image.Image) -> Picture:
    """Only pixels go over."""
    fresh = Image.new("RGBA", image.size)
    fresh.paste(image)
    out = io.BytesIO()
    fresh.save(out, "WEBP", quality=QUALITY, method=4)
    return Picture(out.getvalue(), *fresh.size)


def _too_many_pixels(what: str) -> Invalid:
    words = gettext(
        "This picture is too large: {most} million pixels are possible. Make it smaller."
    )
    return _refused(words.format(most=PIXELS_MAX // 1_000_000), what)


def _refused(words: str, what: str) -> Invalid:
    return Invalid(words, {what: [words]})
