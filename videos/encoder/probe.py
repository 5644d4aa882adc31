"""Asking ffprobe about an upload, under limits, and judging the answer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.conf import settings

from syncwatch.lib import parts
from videos.encoder import commands
from videos.encoder.process import PROBE_LIMITS, Outcome, run
from videos.rules import admission
from videos.rules.admission import Refusal
from videos.rules.source import Source, read_probe

PROBE_TIMEOUT_S = 20
TAIL_S = 15
HEAD_BYTES = 512
LATE_START_S = 0.5  # a picture copied as it is would begin too early against its sound
SAMPLE_S = 40
SAMPLES = (0.0, 0.3, 0.6)  # where in the film the distance of key frames is measured
# ffmpeg's own `av1` only drives hardware; one of these libraries decodes it anywhere.
_AV1_LIBRARIES = ("libdav1d", "libaom", "libgav1")


class Refused(Exception):
    """The file is no film that we can show; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


@dataclass(frozen=True)
class Probed:
    """An admitted film: how far apart its key frames are at most (0: not known, or no picture to
    copy), and where its picture ends (the sound may go on).
    """

    source: Source
    longest_gop_s: float
    picture_s: float


@cache
def decodable() -> frozenset[str]:
    """The codecs that this ffmpeg decodes in software, by the names ffprobe uses."""
    argv = [parts.path("ffmpeg"), "-hide_banner", "-v", "error", "-codecs"]
    listing = run(argv, cwd=Path("/"), limits=PROBE_LIMITS, timeout_s=PROBE_TIMEOUT_S)
    found = set()
    for line in listing.output.decode(errors="replace").splitlines():
        flags, _, rest = line.strip().partition(" ")
        name, _, about = rest.partition(" ")
        if flags.startswith("D") and (name != "av1" or any(lib in about for lib in _AV1_LIBRARIES)):
            found.add(name)
    if not found:
        raise ChildProcessError(f"ffmpeg does not list its codecs: {listing.complaint[-300:]}")
    return frozenset(found)


def probe(folder: Path) -> Probed:
    """Judge `folder/film`. Raises Refused with words for the person who uploaded it."""
    head = _first_bytes(folder / commands.SOURCE_FILE)
    if refusal := admission.by_first_bytes(head):
        raise Refused(refusal)
    source = _read(folder)
    if not source.duration_s:
        source = replace(source, duration_s=_last_packet_s(folder))
    refusal = admission.by_contents(
        source, decodable=decodable(), longest_s=settings.MAX_DURATION_S
    )
    if refusal:
        raise Refused(refusal)
    picture_s = _picture_end_s(folder, source)
    return Probed(source, _longest_gop_s(folder, source), picture_s)


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _ask(folder: Path, questions: Sequence[str]) -> Outcome:
    return run(
        commands.probe(*questions), cwd=folder, limits=PROBE_LIMITS, timeout_s=PROBE_TIMEOUT_S
    )


def _read(folder: Path) -> Source:
    answer = _ask(folder, ("-show_format", "-show_streams", "-of", "json"))
    if answer.code is None:
        raise Refused(admission.SLOW_PROBE)
    if answer.code != 0 or admission.too_many_tracks(answer.complaint):
        raise Refused(admission.by_complaint(answer.complaint))
    return read_probe(json.loads(answer.output))


def _packet_times(
    folder: Path, *questions: str, stream: str = commands.PICTURE
) -> list[tuple[float, bool]]:
    """(time, is a key frame) of the packets that `questions` choose, from the film's start."""
    shape = ("-show_entries", "packet=pts_time,dts_time,flags", "-of", "csv=p=0")
    which = ("-select_streams", stream) if stream else ()
    times = []
    answer = _ask(folder, (*questions, *which, *shape))
    for line in answer.output.decode(errors="replace").splitlines():
        shown, decoded, flags = (*line.split(","), "", "")[:3]
        try:
            # AVI knows no more than the time of decoding.
            times.append((float(decoded if shown == "N/A" else shown), "K" in flags))
        except ValueError:
            continue  # a packet without a time
    return times


def _last_packet_s(folder: Path, *questions: str, stream: str = commands.PICTURE) -> float:
    return max((time for time, _ in _packet_times(folder, *questions, stream=stream)), default=0.0)


def _picture_end_s(folder: Path, source: Source) -> float:
    """Where the picture ends. Half a download keeps the whole length in its index, so we look
    whether there is anything near the promised end: a picture may end long before its sound.
    """
    promised_s = source.start_s + source.duration_s
    tail = ("-read_intervals", f"{max(0.0, promised_s - TAIL_S):.3f}%")
    end_s = _last_packet_s(folder, *tail) or _last_packet_s(folder)
    if end_s <= 0:
        raise Refused(admission.DAMAGED)
    picture_s = end_s - source.start_s
    if admission.ends_early(got_s=picture_s, promised_s=source.duration_s):
        anything_s = _last_packet_s(folder, *tail, stream="") - source.start_s
        got_s = max(picture_s, anything_s)
        if refusal := admission.ends_early(got_s=got_s, promised_s=source.duration_s):
            raise Refused(refusal)
    return picture_s


def _longest_gop_s(folder: Path, source: Source) -> float:
    """The longest distance of key frames in a few samples; 0 where it cannot be told, and for a
    picture that begins later than the film.
    """
    if source.picture is None or source.picture.codec != "h264":
        return 0.0
    longest_s = 0.0
    for share in SAMPLES:
        from_s = source.start_s + source.duration_s * share
        packets = _packet_times(folder, "-read_intervals", f"{from_s:.3f}%+{SAMPLE_S}")
        keys = [time for time, is_key in packets if is_key]
        if not keys or (share == 0 and packets[0][0] - source.start_s > LATE_START_S):
            return 0.0
        ends = [*keys[1:], max(time for time, _ in packets)]
        longest_s = max(longest_s, *(end - at for at, end in zip(keys, ends, strict=True)))
        if source.duration_s <= SAMPLE_S:
            break
    return longest_s
