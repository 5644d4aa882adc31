"""A picture drawn anew: upright, a centred square, two sizes, nothing of the file that came.

Pillow decodes, behind `rules.looked_at`: it is told the one kind to try, the pixels are known and
few, and one picture is drawn at a time, so that a hundred of them are not a hundred times 100 MB.
"""

import struct
import threading
from io import BytesIO

from PIL import Image, ImageOps, PngImagePlugin

from accounts.pictures.rules import Looks, Refusal, RefusedError

SMALL_PX, LARGE_PX = 128, 512
SIZES = (SMALL_PX, LARGE_PX)
QUALITY = 82
_PAPER = (255, 255, 255)  # what shines through a picture that is not everywhere
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError)
_one_at_a_time = threading.Lock()

PngImagePlugin.MAX_TEXT_MEMORY = PngImagePlugin.MAX_TEXT_CHUNK  # texts are packed: bombs too


def squares(raw: bytes, looks: Looks) -> dict[int, bytes]:
    """The side in pixels → a WebP. Raises RefusedError for what cannot be drawn."""
    try:
        with _one_at_a_time, Image.open(BytesIO(raw), formats=[looks.kind]) as image:
            _require_as_told(image, looks)
            image.draft("RGB", (2 * LARGE_PX, 2 * LARGE_PX))  # a JPEG is not decoded whole
            whole = _upright(image)
            return {side: _square(whole, side) for side in SIZES}
    except _BROKEN:
        raise RefusedError(Refusal.BROKEN) from None


def _require_as_told(image: Image.Image, looks: Looks) -> None:
    if image.size != (looks.width, looks.height):
        raise RefusedError(Refusal.BROKEN)
    if getattr(image, "n_frames", 1) > 1:
        raise RefusedError(Refusal.MOVING)


def _upright(image: Image.Image) -> Image.Image:
    """As it was held, by its EXIF, of which nothing is kept."""
    turned = ImageOps.exif_transpose(image).convert("RGBA")
    paper = Image.new("RGB", turned.size, _PAPER)
    paper.paste(turned, mask=turned.getchannel("A"))
    return paper


def _square(image: Image.Image, side: int) -> bytes:
    drawn = BytesIO()
    fitted = ImageOps.fit(image, (side, side), Image.Resampling.LANCZOS)
    fitted.save(drawn, "WEBP", quality=QUALITY, method=4)
    return drawn.getvalue()
