"""Small pictures for tests, drawn here: a sofa, a rug, and one that is none."""

import io
from typing import TypedDict

from PIL import Image, ImageDraw


class Chosen(TypedDict):
    """A file as Playwright hands it to a page."""

    name: str
    mimeType: str
    buffer: bytes


def _file(name: str, image: Image.Image) -> Chosen:
    out = io.BytesIO()
    image.save(out, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": out.getvalue()}


def sofa() -> Chosen:
    image = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((20, 20, 280, 150), 40, fill="#c2410c")
    draw.rounded_rectangle((0, 80, 300, 180), 36, fill="#ea580c")
    draw.rectangle((40, 175, 60, 199), fill="#7c2d12")
    draw.rectangle((240, 175, 260, 199), fill="#7c2d12")
    return _file("Sofa!.png", image)


def rug() -> Chosen:
    image = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for step, colour in enumerate(("#4338ca", "#818cf8", "#fde68a", "#4338ca")):
        inset = step * 24
        draw.ellipse((inset, inset, 199 - inset, 199 - inset), fill=colour)
    return _file("rug.png", image)


def script() -> Chosen:
    raw = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    return {"name": "chair.png", "mimeType": "image/png", "buffer": raw}
