"""A picture of how far apart films played, over the evening: one SVG, drawn by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import combinations
from pathlib import Path

from bench.truth import Track, grid

WIDTH, HEIGHT = 1200, 432
LEFT, RIGHT, TOP, BOTTOM = 64, 20, 68, 44
REACH_MS = 60.0  # further apart than this is drawn at the edge
LINES_MS = (16.7, 50.0)  # a frame of a film at 60 Hz; what nobody hears as an echo any more
LETTER, LINE = 7.5, 16  # how wide and how high words are
INK = ("#4566e8", "#d0552f", "#1f8a5b")
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #333 }
  .axis { stroke: #999; fill: none } .goal { stroke: #bbb; stroke-dasharray: 4 4 }
  .steady { fill: #eef1fb } .mark { stroke: #888 } .skew { fill: none; stroke-width: 1.6 }
  .far { stroke-width: 5; stroke-linecap: round }
"""


Point = tuple[float, float]


@dataclass
class Picture:
    """What there is to draw; all moments are wall ms."""

    title: str
    tracks: dict[str, Track]
    marks: list[tuple[float, str]] = field(default_factory=list)
    steady: list[tuple[float, float]] = field(default_factory=list)


def draw(picture: Picture, to: Path) -> None:
    began = min(track.looks[0].wall_ms for track in picture.tracks.values() if track.looks)
    ended = max(track.looks[-1].wall_ms for track in picture.tracks.values() if track.looks)
    sheet = _Sheet(began, ended)
    sheet.frame(picture.title)
    for begin, end in picture.steady:
        sheet.steady(begin, end)
    for at, words in picture.marks:
        sheet.mark(at, words)
    pairs = list(combinations(picture.tracks.items(), 2))
    for number, ((one, a), (other, b)) in enumerate(pairs):
        sheet.skew(number, f"{one} – {other}", _skews(a, b, began, ended))
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(sheet.text(), encoding="utf-8")


def _skews(one: Track, other: Track, began: float, ended: float) -> list[tuple[float, float]]:
    found = []
    for moment in grid(began, ended):
        a, b = one.at(moment), other.at(moment)
        if a is not None and b is not None:
            found.append((moment, (a - b) * 1000))
    return found


class _Sheet:
    def __init__(self, began: float, ended: float) -> None:
        self._began, self._span = began, max(1.0, ended - began)
        self._parts: list[str] = []
        self._words_line, self._words_end = 0, 0.0  # of the last mark

    def _x(self, wall_ms: float) -> float:
        return LEFT + (wall_ms - self._began) / self._span * (WIDTH - LEFT - RIGHT)

    @staticmethod
    def _y(ms: float) -> float:
        within = max(-REACH_MS, min(REACH_MS, ms))
        return TOP + (1 - within / REACH_MS) / 2 * (HEIGHT - TOP - BOTTOM)

    def frame(self, title: str) -> None:
        self._parts.append(f'<text x="{LEFT}" y="20" font-weight="600">{escape(title)}</text>')
        for ms in (-50.0, -16.7, 0.0, 16.7, 50.0):
            kind, y = ("axis" if ms == 0 else "goal"), self._y(ms)
            self._line(kind, (LEFT, y), (WIDTH - RIGHT, y))
            words = f"{ms:+.0f} ms" if ms else "in step"
            self._parts.append(
                f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{words}</text>'
            )
        for second in range(0, int(self._span / 1000) + 1, 10):
            x = self._x(self._began + second * 1000)
            self._line("axis", (x, HEIGHT - BOTTOM), (x, HEIGHT - BOTTOM + 5))
            if second % 30 == 0:
                self._parts.append(
                    f'<text x="{x:.1f}" y="{HEIGHT - 16}" text-anchor="middle">{second} s</text>'
                )

    def steady(self, begin: float, end: float) -> None:
        x, width = self._x(begin), self._x(end) - self._x(begin)
        box = f'x="{x:.1f}" y="{TOP}" width="{width:.1f}" height="{HEIGHT - TOP - BOTTOM}"'
        self._parts.insert(0, f'<rect class="steady" {box}/>')

    def mark(self, at: float, words: str) -> None:
        """Its words stand in a line of their own where the last ones reach too far."""
        x = self._x(at)
        line = int(x < self._words_end and not self._words_line)
        self._words_line, self._words_end = line, x + LETTER * len(words)
        y = TOP - 2 - LINE * line
        self._line("mark", (x, y - 6), (x, HEIGHT - BOTTOM))
        self._parts.append(f'<text x="{x + 4:.1f}" y="{y}">{escape(words)}</text>')

    def skew(self, number: int, name: str, skews: Sequence[tuple[float, float]]) -> None:
        """Broken where one of the two did not play; thick along the edge where it is further."""
        ink, parts, before = INK[number % len(INK)], [], -1e9
        for moment, ms in skews:
            step = "L" if moment - before < 100 else "M"
            parts.append(f"{step}{self._x(moment):.1f} {self._y(ms):.1f}")
            if abs(ms) > REACH_MS:
                x, y = self._x(moment), self._y(ms)
                self._parts.append(f'<path class="far" stroke="{ink}" d="M{x:.1f} {y:.1f}h.1"/>')
            before = moment
        self._parts.append(f'<path class="skew" stroke="{ink}" d="{" ".join(parts)}"/>')
        x = WIDTH - RIGHT - 190 * (number + 1)
        self._line("skew", (x, 16), (x + 22, 16), f' stroke="{ink}"')
        self._parts.append(f'<text x="{x + 28}" y="20">{escape(name)}</text>')

    def _line(self, kind: str, begin: Point, end: Point, more: str = "") -> None:
        (x1, y1), (x2, y2) = begin, end
        at = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        self._parts.append(f'<line class="{kind}" {at}{more}/>')

    def text(self) -> str:
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        paper = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        return "\n".join([head, f"<style>{STYLE}</style>", paper, *self._parts, "</svg>\n"])
