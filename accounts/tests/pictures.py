"""Pictures that people send, and those they should not."""

import struct
import zlib
from io import BytesIO

from PIL import Image

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'


def drawn(kind="PNG", size=(300, 200), color=(200, 30, 30), **more):
    made = BytesIO()
    Image.new("RGB", size, color).save(made, kind, **more)
    return made.getvalue()


def halves(kind="JPEG", **more):
    """Left red, right blue; what stands where is seen after turning."""
    made = BytesIO()
    image = Image.new("RGB", (400, 400), (255, 0, 0))
    image.paste((0, 0, 255), (200, 0, 400, 400))
    image.save(made, kind, **more)
    return made.getvalue()


def huge_png(side=60_000):
    """A picture of 3.6 thousand million pixels in some hundred bytes."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def opened(raw):
    return Image.open(BytesIO(raw))
