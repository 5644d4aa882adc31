"""What ffprobe says about a file, read into plain values we can decide on."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

TEXT_SUBTITLES = frozenset({"subrip", "ass", "ssa", "webvtt", "mov_text", "text"})
Probe = Mapping[str, Any]


@dataclass(frozen=True)
class Picture:
    """The one video stream we show. Width and height are as shown: rotated, square pixels."""

    index: int
    codec: str
    profile: str
    level: int
    pix_fmt: str
    width: int
    height: int
    coded_width: int
    coded_height: int
    fps: Fraction
    rotated: bool
    interlaced: bool
    hdr: bool
    bitrate: int


@dataclass(frozen=True)
class Sound:
    """One audio stream; `position` counts audio streams only, as `-map 0:a:N` does."""

    position: int
    codec: str
    channels: int
    language: str
    title: str
    default: bool


@dataclass(frozen=True)
class Text:
    """One text subtitle stream; `position` counts subtitle streams only."""

    position: int
    language: str
    title: str
    forced: bool


@dataclass(frozen=True)
class Source:
    """A film as it was uploaded."""

    container: str
    start_s: float  # the first time stamp; we count from there
    duration_s: float
    size_bytes: int
    streams: int
    picture: Picture | None
    sounds: tuple[Sound, ...]
    texts: tuple[Text, ...]
    encrypted: bool = False


def read_probe(probe: Probe) -> Source:
    """Turn ffprobe's JSON (`-show_format -show_streams`) into a Source."""
    streams = list(probe.get("streams", ()))
    head = probe.get("format", {})
    return Source(
        container=str(head.get("format_name", "")),
        start_s=_number(head.get("start_time")),
        duration_s=_duration(head, streams),
        size_bytes=int(_number(head.get("size"))),
        streams=len(streams),
        picture=_picture(streams, int(_number(head.get("bit_rate")))),
        sounds=tuple(_sounds(streams)),
        texts=tuple(_texts(streams)),
        encrypted=any(s.get("codec_tag_string") in ("encv", "enca") for s in streams),
    )


def _duration(head: Probe, streams: Iterable[Probe]) -> float:
    known = _number(head.get("duration"))
    return known or max((_number(s.get("duration")) for s in streams), default=0.0)


def _of_kind(streams: Iterable[Probe], kind: str) -> list[Probe]:
    return [stream for stream in streams if stream.get("codec_type") == kind]


def _picture(streams: Iterable[Probe], total_bitrate: int) -> Picture | None:
    """The first real picture: cover art is a picture too, but not a film."""
    films = [s for s in _of_kind(streams, "video") if not _disposition(s, "attached_pic")]
    if not films:
        return None
    stream = films[0]
    width, height = int(stream.get("width", 0)), int(stream.get("height", 0))
    turned = _rotation(stream) % 180 == 90  # noqa: PLR2004  a quarter turn
    shown = (round(width * _pixel_aspect(stream)), height)
    return Picture(
        index=int(stream.get("index", 0)),
        codec=str(stream.get("codec_name", "")),
        profile=str(stream.get("profile", "")),
        level=int(_number(stream.get("level"))),
        pix_fmt=str(stream.get("pix_fmt", "")),
        width=shown[1] if turned else shown[0],
        height=shown[0] if turned else shown[1],
        coded_width=width,
        coded_height=height,
        fps=_fps(stream),
        rotated=_rotation(stream) % 360 != 0,
        interlaced=stream.get("field_order", "progressive") not in ("progressive", "unknown"),
        hdr=stream.get("color_transfer") in ("smpte2084", "arib-std-b67"),
        bitrate=int(_number(stream.get("bit_rate"))) or total_bitrate,
    )


def _sounds(streams: Iterable[Probe]) -> Iterable[Sound]:
    for position, stream in enumerate(_of_kind(streams, "audio")):
        codec = str(stream.get("codec_name", ""))
        if codec in ("", "none", "unknown") or not int(stream.get("channels", 0)):
            continue
        language, title = _tags(stream)
        default = _disposition(stream, "default")
        yield Sound(position, codec, int(stream["channels"]), language, title, default)


def _texts(streams: Iterable[Probe]) -> Iterable[Text]:
    for position, stream in enumerate(_of_kind(streams, "subtitle")):
        if stream.get("codec_name") in TEXT_SUBTITLES:
            yield Text(position, *_tags(stream), _disposition(stream, "forced"))


def _tags(stream: Probe) -> tuple[str, str]:
    tags = {str(k).lower(): str(v) for k, v in stream.get("tags", {}).items()}
    language = tags.get("language", "").lower()
    return "" if language == "und" else language[:16], tags.get("title", "")[:100]


def _disposition(stream: Probe, name: str) -> bool:
    return bool(stream.get("disposition", {}).get(name))


def _rotation(stream: Probe) -> int:
    for side in stream.get("side_data_list", ()):
        if "rotation" in side:
            return int(_number(side["rotation"]))
    return int(_number(stream.get("tags", {}).get("rotate")))


def _pixel_aspect(stream: Probe) -> float:
    aspect = ratio(str(stream.get("sample_aspect_ratio", "1:1")).replace(":", "/"))
    return float(aspect) if Fraction(1, 8) <= aspect <= Fraction(8) else 1.0


def _fps(stream: Probe) -> Fraction:
    """The average rate, or the nominal one where the average is a little below it (VFR)."""
    average = ratio(str(stream.get("avg_frame_rate", "")))
    nominal = ratio(str(stream.get("r_frame_rate", "")))
    if not average:
        return nominal
    return nominal if average <= nominal <= average * Fraction(5, 4) else average


def ratio(text: str) -> Fraction:
    """`30000/1001` as a fraction; zero for what is none."""
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return Fraction(0)


def _number(value: object) -> float:
    try:
        number = float(str(value))
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0
