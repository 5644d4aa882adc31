"""Reading ffmpeg's growing playlists and writing our own."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

HEAD = ("#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS")
# Without it a player starts a growing film at its end.
FROM_THE_START = "#EXT-X-START:TIME-OFFSET=0,PRECISE=YES"
FIRST_CHOICE_SIDE = 720  # the quality that players begin with
_QUOTED = re.compile(r'["\r\n]')


@dataclass(frozen=True)
class Segment:
    """One piece of a rendition, with the init section that it needs."""

    uri: str
    duration_s: float
    init_uri: str


@dataclass(frozen=True)
class Listed:
    """One line of a local playlist of ffmpeg."""

    name: str
    duration_s: float


@dataclass(frozen=True)
class Variant:
    """A picture rendition as the master playlist tells it."""

    uri: str
    width: int
    height: int
    fps: Fraction
    codec: str
    peak_bps: int
    average_bps: int | None


@dataclass(frozen=True)
class Choice:
    """A sound or subtitle track as the master playlist tells it."""

    uri: str
    name: str
    language: str
    default: bool
    forced: bool = False


def listed(text: str) -> tuple[list[Listed], bool]:
    """The complete segments of a local playlist, and whether ffmpeg has ended it."""
    found, duration_s = [], 0.0
    for line in text.splitlines():
        if line.startswith("#EXTINF:"):
            duration_s = float(line.removeprefix("#EXTINF:").rstrip(","))
        elif line and not line.startswith("#"):
            found.append(Listed(line.rpartition("/")[2], duration_s))
    return found, "#EXT-X-ENDLIST" in text


def media(segments: Sequence[Segment], *, target_s: float, done: bool) -> str:
    """A media playlist: an EVENT that grows until `done`. The kind may not change at the end."""
    longest_s = max([target_s, *(segment.duration_s for segment in segments)])
    lines = [
        *HEAD,
        f"#EXT-X-TARGETDURATION:{math.floor(longest_s + 0.5)}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:EVENT",
        FROM_THE_START,
        *_body(segments),
    ]
    return "\n".join([*lines, "#EXT-X-ENDLIST"] if done else lines) + "\n"


def _body(segments: Iterable[Segment]) -> Iterable[str]:
    init_uri = ""
    for segment in segments:
        if segment.init_uri and segment.init_uri != init_uri:
            init_uri = segment.init_uri
            yield f'#EXT-X-MAP:URI="{init_uri}"'
        yield f"#EXTINF:{segment.duration_s:.6f},"
        yield segment.uri


def read_media(text: str) -> tuple[list[Segment], bool]:
    """One of our own media playlists, back into segments; and whether it is done."""
    segments, duration_s, init_uri = [], 0.0, ""
    for line in text.splitlines():
        if line.startswith("#EXT-X-MAP:"):
            init_uri = line.split('"')[1]
        elif line.startswith("#EXTINF:"):
            duration_s = float(line.removeprefix("#EXTINF:").rstrip(","))
        elif line and not line.startswith("#"):
            segments.append(Segment(line, duration_s, init_uri))
    return segments, "#EXT-X-ENDLIST" in text


def master(
    variants: Sequence[Variant], sounds: Sequence[Choice], subtitles: Sequence[Choice]
) -> str:
    """The playlist of playlists: what there is to choose from."""
    groups = ('AUDIO="audio",' if sounds else "") + ('SUBTITLES="subtitles",' if subtitles else "")
    sound_codec = ",mp4a.40.2" if sounds else ""
    lines = [*HEAD, FROM_THE_START]
    lines += [_choice("AUDIO", "audio", choice) for choice in _named(sounds)]
    lines += [_choice("SUBTITLES", "subtitles", choice) for choice in _named(subtitles)]
    for variant in sorted(variants, key=_distance_from_first_choice):
        average = f"AVERAGE-BANDWIDTH={variant.average_bps}," if variant.average_bps else ""
        lines += [
            (
                f"#EXT-X-STREAM-INF:BANDWIDTH={variant.peak_bps},{average}"
                f'CODECS="{variant.codec}{sound_codec}",'
                f"RESOLUTION={variant.width}x{variant.height},"
                f"FRAME-RATE={float(variant.fps):.3f},{groups}CLOSED-CAPTIONS=NONE"
            ),
            variant.uri,
        ]
    return "\n".join(lines) + "\n"


def _distance_from_first_choice(variant: Variant) -> int:
    return abs(min(variant.width, variant.height) - FIRST_CHOICE_SIDE)


def _named(choices: Sequence[Choice]) -> Iterable[tuple[str, Choice]]:
    """Names must differ within a group."""
    taken: set[str] = set()
    for number, choice in enumerate(choices, 1):
        name = _QUOTED.sub(" ", choice.name).strip() or f"Track {number}"
        name = name if name not in taken else f"{name} ({number})"
        taken.add(name)
        yield name, choice


def _choice(kind: str, group: str, named: tuple[str, Choice]) -> str:
    name, choice = named
    language = f'LANGUAGE="{_QUOTED.sub("", choice.language)}",' if choice.language else ""
    sound = kind == "AUDIO"
    chosen = "YES" if choice.default else "NO"
    automatic = "YES" if sound or choice.default else "NO"
    extra = ',CHANNELS="2"' if sound else f",FORCED={'YES' if choice.forced else 'NO'}"
    return (
        f'#EXT-X-MEDIA:TYPE={kind},GROUP-ID="{group}",NAME="{name}",{language}'
        f'DEFAULT={chosen},AUTOSELECT={automatic}{extra},URI="{choice.uri}"'
    )


def codec_of(init: bytes) -> str:
    """The RFC 6381 name of the H.264 stream that an init section describes."""
    at = init.find(b"avcC")
    return f"avc1.{init[at + 5 : at + 8].hex()}" if at >= 0 else "avc1.640028"
