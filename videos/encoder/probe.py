"""Asking ffprobe about an upload, under limits, and judging the answer."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.conf import settings

from syncwatch.lib import parts
from videos.encoder import commands
from videos.encoder.packets import QUESTION, Packets
from videos.encoder.process import PROBE_LIMITS, Child, Outcome, run
from videos.rules import admission
from videos.rules.admission import Refusal
from videos.rules.source import Source, read_probe

PROBE_TIMEOUT_S = 20
SCAN_BYTES_PER_S = 20_000_000  # a slow disk that others read from, too
TAIL_S = 15
HEAD_BYTES = 512
LATE_START_S = 0.5  # a picture copied as it is would begin too early against its sound
SAMPLE_S = 40
SAMPLES = (0.0, 0.3, 0.6)  # where in the film the distance of key frames is measured
# ffmpeg's own `av1` only drives hardware; one of these libraries decodes it anywhere.
_AV1_LIBRARIES = ("libdav1d", "libaom", "libgav1")
NOT_MEASURED = Refusal(
    "not_measured",
    "Reading this film to its end took too long. Try again when the server has less to do.",
    retryable=True,
)


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


@dataclass(frozen=True)
class Film:
    """`folder/film`, and what to call a few times a second while it is being read."""

    folder: Path
    meanwhile: Callable[[], object] = lambda: None

    @property
    def path(self) -> Path:
        return self.folder / commands.SOURCE_FILE

    @property
    def scan_timeout_s(self) -> float:
        """For a look that may read it from its beginning to its end."""
        return PROBE_TIMEOUT_S + self.path.stat().st_size / SCAN_BYTES_PER_S

    def ask(
        self,
        *questions: str,
        timeout_s: float | None = None,
        eat: Callable[[Child], object] = lambda child: None,
    ) -> Outcome:
        def each(child: Child) -> None:
            eat(child)
            self.meanwhile()

        argv = commands.probe(*questions)
        wait_s = PROBE_TIMEOUT_S if timeout_s is None else timeout_s
        return run(argv, cwd=self.folder, limits=PROBE_LIMITS, timeout_s=wait_s, each=each)


@cache
def decodable() -> frozenset[str]:
    """The codecs that this ffmpeg decodes in software, by the names ffprobe uses."""
    argv = [parts.path("ffmpeg"), "-hide_banner", "-v", "error", "-codecs"]
    with tempfile.TemporaryDirectory(prefix="syncwatch-") as folder:
        listing = run(argv, cwd=Path(folder), limits=PROBE_LIMITS, timeout_s=PROBE_TIMEOUT_S)
    found = set()
    for line in listing.output.decode(errors="replace").splitlines():
        flags, _, rest = line.strip().partition(" ")
        name, _, about = rest.partition(" ")
        if flags.startswith("D") and (name != "av1" or any(lib in about for lib in _AV1_LIBRARIES)):
            found.add(name)
    if not found:
        raise ChildProcessError(f"ffmpeg does not list its codecs: {listing.complaint[-300:]}")
    return frozenset(found)


def probe(folder: Path, meanwhile: Callable[[], object] = lambda: None) -> Probed:
    """Judge `folder/film`. Raises Refused with words for the person who uploaded it."""
    film = Film(folder, meanwhile)
    if refusal := admission.by_first_bytes(_first_bytes(film.path)):
        raise Refused(refusal)
    source = _read(film)
    if not source.duration_s:
        source = replace(source, duration_s=_last_packet_s(film))
    refusal = admission.by_contents(
        source, decodable=decodable(), longest_s=settings.MAX_DURATION_S
    )
    if refusal:
        raise Refused(refusal)
    picture_s = _picture_end_s(film, source)
    return Probed(source, _longest_gop_s(film, source), picture_s)


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _read(film: Film) -> Source:
    answer = film.ask("-show_format", "-show_streams", "-of", "json")
    if answer.code is None:
        raise Refused(admission.SLOW_PROBE)
    if answer.code != 0 or admission.too_many_tracks(answer.complaint):
        raise Refused(admission.by_complaint(answer.complaint))
    return read_probe(json.loads(answer.output))


def _packets(
    film: Film, *questions: str, timeout_s: float, stream: str = commands.PICTURE
) -> Packets:
    """The packets that `questions` choose. Raises Refused when the time was too short: half an
    answer would be half a film.
    """
    found = Packets()
    which = ("-select_streams", stream) if stream else ()
    answer = film.ask(*questions, *which, *QUESTION, timeout_s=timeout_s, eat=found.eat)
    if answer.code is None:
        raise Refused(NOT_MEASURED)
    return found


def _last_packet_s(film: Film, *questions: str, stream: str = commands.PICTURE) -> float:
    found = _packets(film, *questions, timeout_s=film.scan_timeout_s, stream=stream)
    return found.last_s or 0.0


def _picture_end_s(film: Film, source: Source) -> float:
    """Where the picture ends. Half a download keeps the whole length in its index, so we look
    whether there is anything near the promised end: a picture may end long before its sound.
    """
    promised_s = source.start_s + source.duration_s
    tail = ("-read_intervals", f"{max(0.0, promised_s - TAIL_S):.3f}%")
    end_s = _last_packet_s(film, *tail) or _last_packet_s(film)
    if end_s <= 0:
        raise Refused(admission.DAMAGED)
    picture_s = end_s - source.start_s
    if admission.ends_early(got_s=picture_s, promised_s=source.duration_s):
        anything_s = _last_packet_s(film, *tail, stream="") - source.start_s
        got_s = max(picture_s, anything_s)
        if refusal := admission.ends_early(got_s=got_s, promised_s=source.duration_s):
            raise Refused(refusal)
    return picture_s


def _longest_gop_s(film: Film, source: Source) -> float:
    """The longest distance of key frames in a few samples; 0 where it cannot be told, and for a
    picture that begins later than the film.
    """
    if source.picture is None or source.picture.codec != "h264":
        return 0.0
    longest_s = 0.0
    for share in SAMPLES:
        found = _sample(film, source.start_s + source.duration_s * share)
        if found.first_s is None or found.last_s is None or found.key_s is None:
            return 0.0
        if share == 0 and found.first_s - source.start_s > LATE_START_S:
            return 0.0
        longest_s = max(longest_s, found.longest_gop_s(found.last_s))
        if source.duration_s <= SAMPLE_S:
            break
    return longest_s


def _sample(film: Film, from_s: float) -> Packets:
    """Nothing where it takes long: the picture can be encoded as well."""
    interval = f"{from_s:.3f}%+{SAMPLE_S}"
    try:
        return _packets(film, "-read_intervals", interval, timeout_s=PROBE_TIMEOUT_S)
    except Refused:
        return Packets()
