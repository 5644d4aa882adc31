"""Pictures from strangers: what comes out is ours, what is none is refused in words."""

import io
import struct
import zlib

import pytest
from PIL import Image

from syncwatch.lib import pictures
from syncwatch.lib.errors import Invalid
from syncwatch.lib.pictures import small_picture, squares

MARKER = b"MARKER-of-the-uploader"


def picture(kind="PNG", size=(64, 48), mode="RGBA", colour="#c33", **options):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def made(raw, side_px=128, bytes_max=512_000, **options):
    return small_picture(raw, side_px=side_px, bytes_max=bytes_max, **options)


def refusal(raw, **options):
    with pytest.raises(Invalid) as caught:
        made(raw, **options)
    assert caught.value.fields == {"picture": [caught.value.message]}
    return caught.value.message


def opened(found):
    return Image.open(io.BytesIO(found.data), formats=["WEBP"])


def chunk(name, data):
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def bomb(width, height):
    """A PNG that claims so many pixels and has next to nothing behind them."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def webp(form, part):
    body = b"WEBP" + form + struct.pack("<I", len(part)) + part
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_it_makes_a_small_webp_of_each_kind(kind):
    found = made(picture(kind, size=(640, 320)))

    assert (found.width, found.height) == (128, 64)
    assert opened(found).size == (128, 64)


def test_it_makes_one_of_a_photograph_and_turns_it_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side

    found = made(picture("JPEG", size=(1600, 800), mode="RGB", exif=exif))

    assert (found.width, found.height) == (64, 128)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_it_reads_what_pngs_are_made_of(mode):
    assert made(picture(mode=mode, colour=0)).width == 64


def test_it_never_enlarges():
    assert made(picture(size=(10, 20))).height == 20


def test_it_cuts_squares_of_exactly_these_sides():
    for size in ((640, 320), (20, 90)):
        made = squares(picture(size=size), sides_px=(16, 128), least_px=16, bytes_max=512_000)
        assert {side: opened(one).size for side, one in made.items()} == {
            16: (16, 16), 128: (128, 128),
        }  # fmt: skip


def test_it_refuses_what_is_too_small_for_a_square():
    with pytest.raises(Invalid, match="32 pixels a side"):
        squares(picture(size=(31, 400)), sides_px=(64,), least_px=32, bytes_max=512_000)


def test_it_keeps_what_is_clear_clear():
    clear = opened(made(picture(colour=(0, 0, 0, 0)))).convert("RGBA")

    assert clear.getpixel((3, 3))[3] == 0


def test_it_stands_still_on_the_first_frame_of_what_moves():
    first, second = Image.new("RGB", (20, 20), "#f00"), Image.new("RGB", (20, 20), "#00f")
    out = io.BytesIO()
    first.save(out, "GIF", save_all=True, append_images=[second])

    found = opened(made(out.getvalue()))

    assert getattr(found, "n_frames", 1) == 1
    assert found.convert("RGB").getpixel((5, 5))[0] > 200


def test_nothing_of_the_upload_survives():
    exif = Image.Exif()
    exif[0x010E] = MARKER.decode()
    hidden = [
        picture("JPEG", mode="RGB", exif=exif, comment=MARKER) + MARKER,
        picture("PNG") + b"PK\x03\x04" + MARKER,
        picture("GIF") + MARKER,
        picture("WEBP", exif=exif, xmp=MARKER),
    ]

    for raw in hidden:
        assert MARKER in raw
        found = made(raw)
        assert MARKER not in found.data
        assert not opened(found).getexif()


def test_the_same_pixels_have_the_same_address():
    plain, signed = picture(), picture() + MARKER

    assert made(plain).digest == made(signed).digest
    assert made(picture(colour="#3c3")).digest != made(plain).digest


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7",
        b"BM" + bytes(60),
        b"\0\0\1\0" + bytes(60),
        b"II*\0" + bytes(60),
        b" \x89PNG\r\n\x1a\n",
        b"RIFF\0\0\0\0WAVE",
    ],
)  # fmt: skip
def test_it_refuses_what_is_no_picture(raw):
    assert "not a PNG, JPEG, WebP or GIF" in refusal(raw)


@pytest.mark.parametrize(
    "raw",
    [
        picture("PNG") + b"<SCRIPT>alert(1)</SCRIPT>",
        picture("GIF") + b"<?php system($_GET['x']);",
        b"GIF89a/*" + bytes(40) + b"*/='<svg onload=alert(1)>'",
        picture("WEBP", xmp=b"<html><iframe src=javascript:alert(1)>"),
    ],
)
def test_it_refuses_a_script_in_a_picture_s_coat(raw):
    assert "script" in refusal(raw)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "JPEG"])
def test_it_refuses_half_a_picture(kind):
    whole = picture(kind, mode="RGB", size=(300, 300))

    for end in (12, 20, 30, len(whole) // 2):
        message = refusal(whole[:end])
        assert "damaged" in message


def test_it_refuses_more_bytes_than_it_may_have_before_it_looks(monkeypatch):
    monkeypatch.setattr(pictures, "magic", None)

    assert refusal(b"x" * 513_001, bytes_max=512_000).startswith("This file is too large: 514 kB")


@pytest.mark.parametrize(
    "raw",
    [
        bomb(30_000, 30_000),  # 3.6 GB as pixels
        bomb(2**31 - 1, 2**31 - 1),
        bomb(5_000, 5_000),
        b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\0\0\0,\0\0\0\0"
        + struct.pack("<HH", 65_535, 65_535) + b"\0\x02\0\0;",
        webp(b"VP8X", b"\0\0\0\0" + b"\xfe\x3f\0" * 2),
        webp(b"VP8L", b"\x2f" + ((16_382 | 16_382 << 14) & 0xFFFFFFFF).to_bytes(4, "little")),
        webp(b"VP8 ", bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", 16_383, 16_383)),
    ],
    ids=["png", "png-most", "png-some", "gif", "webp-x", "webp-l", "webp"],
)  # fmt: skip
def test_it_refuses_a_bomb_of_pixels_without_unpacking_it(raw, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", None)

    assert "million pixels" in refusal(raw)


def test_it_refuses_a_jpeg_that_paints_itself_over_and_over():
    raw = picture("JPEG", mode="RGB")

    assert "layers" in refusal(raw[:-2] + b"\xff\xda\0\x02" * 65)


def test_a_png_s_compressed_text_does_not_unpack_without_end():
    whole = picture("PNG")
    words = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000), 9))

    assert "damaged" in refusal(whole[:33] + words + whole[33:])
