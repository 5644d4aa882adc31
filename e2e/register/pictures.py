"""A portrait that nobody had to sit for."""

from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload


def picture(ground: str = "#3a6ea5", size: tuple[int, int] = (900, 700)) -> FilePayload:
    """A head and shoulders, wider than high: its middle is what is shown."""
    image = Image.new("RGB", size, ground)
    pen = ImageDraw.Draw(image)
    across, down = size[0] // 2, size[1]
    pen.ellipse((across - 260, down - 260, across + 260, down + 260), fill="#20304a")
    pen.ellipse((across - 140, 120, across + 140, 440), fill="#e8b48f")
    pen.pieslice((across - 150, 90, across + 150, 400), 180, 360, fill="#4a2c1d")
    made = BytesIO()
    image.save(made, "JPEG")
    return {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}
