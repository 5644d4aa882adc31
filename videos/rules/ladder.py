"""Which renditions a film gets: remux where it can be, then a ladder never taller than it."""

from dataclasses import dataclass
from fractions import Fraction

from videos.rules.source import Picture, Source

AUDIO_BPS = 128_000
FASTEST = 60
SOURCE_NAME = "source"
LONGEST_GOP_S = 10.5  # further apart, and every seek would wait for it
REMUX_MAX_BPS = 25_000_000
REMUX_PROFILES = frozenset({"Baseline", "Constrained Baseline", "Main", "High"})
REMUX_CONTAINERS = ("mov,mp4", "matroska")
# Rates of film and television; every one of them makes whole frames in 4 s (or 4.004 s).
RATES = tuple(
    Fraction(n, d)
    for n, d in ((10, 1), (12, 1), (15, 1), (20, 1), (24000, 1001), (24, 1), (25, 1),
                 (30000, 1001), (30, 1), (48, 1), (50, 1), (60000, 1001), (60, 1))
)  # fmt: skip


@dataclass(frozen=True)
class Cap:
    """What a rung may cost at most."""

    short_side: int
    max_bps: int
    buffer_bits: int
    crf: int


CAPS = (
    Cap(1080, 7_500_000, 11_000_000, 22),
    Cap(720, 4_200_000, 6_000_000, 22),
    Cap(480, 2_100_000, 3_000_000, 23),
    Cap(360, 1_200_000, 1_600_000, 23),
)


@dataclass(frozen=True)
class Rung:
    """One rendition to encode; `fps` is the output's, `short_side` gives the name."""

    name: str
    width: int
    height: int
    max_bps: int
    buffer_bits: int
    crf: int
    fps: Fraction

    @property
    def frames_per_segment(self) -> int:
        return round(self.fps) * 4

    @property
    def segment_s(self) -> Fraction:
        """4 s, or 4.004 s for the rates of television: always a whole number of frames."""
        return self.frames_per_segment / self.fps


def output_rate(picture: Picture) -> Fraction:
    """The standard rate nearest above the source's, at most 60; within 0.05 % counts as equal."""
    wanted = picture.fps or Fraction(25)
    for rate in RATES:
        if rate >= wanted * Fraction(9995, 10000):
            return rate
    return Fraction(FASTEST)


def _even(value: float) -> int:
    return max(2, 2 * round(value / 2))


def _rung(picture: Picture, cap: Cap, short_side: int) -> Rung:
    scale = short_side / min(picture.width, picture.height)
    return Rung(
        name=f"{short_side}p",
        width=_even(picture.width * scale),
        height=_even(picture.height * scale),
        max_bps=cap.max_bps,
        buffer_bits=cap.buffer_bits,
        crf=cap.crf,
        fps=output_rate(picture),
    )


def rungs(picture: Picture) -> list[Rung]:
    """Tallest first, never taller than the source; a tiny film gets one rung of its own size."""
    short_side = min(picture.width, picture.height)
    fitting = [cap for cap in CAPS if cap.short_side <= short_side]
    if not fitting:
        return [_rung(picture, CAPS[-1], max(2, short_side - short_side % 2))]
    return [_rung(picture, cap, cap.short_side) for cap in fitting]


def can_remux(source: Source, longest_gop_s: float) -> bool:
    """True where the picture can be shown in a browser as it is, only packed anew."""
    picture = source.picture
    return (
        picture is not None
        and source.container.startswith(REMUX_CONTAINERS)
        and picture.codec == "h264"
        and picture.pix_fmt == "yuv420p"
        and picture.profile in REMUX_PROFILES
        and not picture.rotated
        and not picture.interlaced
        and picture.fps <= FASTEST + 1
        and picture.bitrate <= REMUX_MAX_BPS
        and 0 < longest_gop_s <= LONGEST_GOP_S
    )


@dataclass(frozen=True)
class Plan:
    """First what makes the film playable soonest, then the rest in one command."""

    remux: bool
    first: Rung | None
    rest: tuple[Rung, ...]


def plan(source: Source, longest_gop_s: float) -> Plan:
    """Needs a source with a picture."""
    picture = source.picture
    if picture is None:
        raise ValueError("a film without a picture has no renditions")
    ladder = rungs(picture)
    if not can_remux(source, longest_gop_s):
        return Plan(remux=False, first=ladder[-1], rest=tuple(ladder[:-1]))
    # The source itself is the top rung, unless it is much heavier than a rung of its size.
    short_side = min(picture.width, picture.height)
    lighter = [
        rung
        for rung in ladder
        if min(rung.width, rung.height) < short_side or picture.bitrate > rung.max_bps * 3 // 2
    ]
    return Plan(remux=True, first=None, rest=tuple(lighter))
