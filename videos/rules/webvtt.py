"""Subtitles: SubRip or WebVTT in, clean WebVTT out; and the index of the small scrub pictures."""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEAD = "WEBVTT\n\n"
# Our media begins at 1 s of its own time, so that B-frames have room before it.
TIMESTAMP_MAP = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:90000,LOCAL:00:00:00.000\n\n"
MOST_CUES = 20_000
CUE_CHARS = 2_000
_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}(.*)$")
_TAG = re.compile(
    r"</?(?:[bicuv]|lang|ruby|rt)?(?:[ .][^<>]*)?>|<[\d:.]+>|\{[^{}]*\}|</?font[^<>]*>",
    re.IGNORECASE,
)
_KEPT = re.compile(r"^</?[biu]>$", re.IGNORECASE)
_SETTINGS = re.compile(r"\b(?:align|line|position|size|vertical):[\w%.,-]{1,20}")
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Cue:
    """One subtitle: text with nothing but b, i and u."""

    start_ms: int
    end_ms: int
    text: str
    settings: str = ""


def decode(raw: bytes) -> str:
    """Text of an uploaded file: a byte order mark tells, else UTF-8, else Western Windows."""
    for mark, name in (
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"\xef\xbb\xbf", "utf-8-sig"),
    ):
        if raw.startswith(mark):
            return raw.decode(name, errors="replace")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def cues_of(text: str) -> list[Cue]:
    """The cues of SubRip or WebVTT text, in order of time; what is no cue is left out."""
    cues = []
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        cue = _cue(block.split("\n"))
        if cue:
            cues.append(cue)
        if len(cues) == MOST_CUES:
            break
    return sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms))


def _cue(lines: Sequence[str]) -> Cue | None:
    for number, line in enumerate(lines[:3]):
        if found := _TIMING.match(line):
            groups = found.groups()
            start_ms, end_ms = _ms(groups[:4]), _ms(groups[4:8])
            text = _clean("\n".join(lines[number + 1 :]))
            settings = " ".join(_SETTINGS.findall(groups[8]))
            return Cue(start_ms, end_ms, text, settings) if text and end_ms > start_ms else None
    return None


def _ms(groups: Sequence[str | None]) -> int:
    hours, minutes, seconds, fraction = (group or "0" for group in groups)
    whole_s = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return whole_s * 1000 + int(fraction.ljust(3, "0"))


def _clean(text: str) -> str:
    """Bold, italic and underline stay; every other `<` becomes text."""
    # Cut before it is normalised: that takes ten minutes for two million combining marks.
    shown = html.unescape(text)[: 2 * CUE_CHARS]
    text = _HIDDEN.sub("", unicodedata.normalize("NFC", shown))[:CUE_CHARS]
    out, at = [], 0
    for tag in _TAG.finditer(text):
        out.append(_escape(text[at : tag.start()]))
        out.append(tag[0].lower() if _KEPT.match(tag[0]) else "")
        at = tag.end()
    out.append(_escape(text[at:]))
    return "\n".join(line.strip() for line in "".join(out).split("\n") if line.strip())


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "--&gt;")


def timestamp(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{ms:03}"


def render(cues: Iterable[Cue], *, head: str) -> str:
    blocks = []
    for cue in cues:
        timing = f"{timestamp(cue.start_ms)} --> {timestamp(cue.end_ms)} {cue.settings}".rstrip()
        blocks.append(f"{timing}\n{cue.text}\n")
    return head + "\n".join(blocks)


def files(name: str, cues: Sequence[Cue], duration_s: float) -> list[tuple[str, bytes]]:
    """The track as one HLS segment with its playlist; the playlist comes last."""
    playlist = (
        "#EXTM3U\n#EXT-X-VERSION:7\n"
        f"#EXT-X-TARGETDURATION:{int(duration_s) + 1}\n#EXT-X-MEDIA-SEQUENCE:0\n"
        f"#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:{duration_s:.3f},\n{name}.vtt\n#EXT-X-ENDLIST\n"
    )
    return [
        (f"{name}.vtt", render(cues, head=TIMESTAMP_MAP).encode()),
        (f"{name}.m3u8", playlist.encode()),
    ]


def storyboard(
    sheets: Sequence[str], every_s: float, duration_s: float, size: tuple[int, int], side: int
) -> str:
    """WebVTT whose cues point at parts of sheets: `sheet-000.jpg#xywh=0,0,160,90`."""
    width, height = size
    cues = []
    for number in range(min(len(sheets) * side * side, int(duration_s / every_s) + 1)):
        sheet, place = divmod(number, side * side)
        row, column = divmod(place, side)
        area = f"{column * width},{row * height},{width},{height}"
        start_ms, end_ms = (int(at * every_s * 1000) for at in (number, number + 1))
        end_ms = min(end_ms, int(duration_s * 1000))
        if end_ms > start_ms:
            cues.append(Cue(start_ms, end_ms, f"{sheets[sheet]}#xywh={area}"))
    return render(cues, head=HEAD)
