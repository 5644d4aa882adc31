"""From what every page recorded to how far apart the films were. Pure: lists in, numbers out.

A page records `(wall_ms, position_s, rate, playing)` every 50 ms. All pages share one machine, so
one wall clock; each record is put on a 20 ms grid and compared there.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations, pairwise
from math import inf
from statistics import median

GRID_MS = 20.0
TICK_GAP_MS = 120.0  # a page that recorded nothing for longer was starved by the machine
STEP_MS = 100.0  # more than a clock that moves in steps is ever wrong by
JUMP_MS = 15.0  # the media clock left its own line between two looks: an underrun or a seek
HALF_STEP_S = 0.02  # a clock that moves in steps says where the film has been
LINE_FROM_MS, LINE_TO_MS = 150.0, 600.0  # after a start: it runs, and nothing is corrected yet
HELD_MS = 1000.0  # "in step" counts when it lasts so long


@dataclass(frozen=True)
class Look:
    """One look at a player."""

    wall_ms: float
    position_s: float
    rate: float
    playing: bool


def evened(looks: Sequence[Look], over_ms: float) -> list[Look]:
    """The line behind a clock that moves in steps, as Firefox' does by 40 ms: each place is half a
    step beyond the mean of those around it, `over_ms` in all, as long as the film ran on.
    """
    found: list[Look] = []
    for run in _runs(sorted(looks, key=lambda look: look.wall_ms)):
        walls = [look.wall_ms for look in run]
        sums = [0.0, *accumulate(look.position_s - look.wall_ms / 1000 for look in run)]
        for look in run:
            begin = bisect_left(walls, look.wall_ms - over_ms / 2)
            end = bisect_right(walls, look.wall_ms + over_ms / 2)
            mean_s = (sums[end] - sums[begin]) / (end - begin)
            place_s = look.wall_ms / 1000 + mean_s + HALF_STEP_S * look.playing
            found.append(replace(look, position_s=place_s))
    return found


def _runs(looks: Sequence[Look]) -> Iterable[list[Look]]:
    """Cut where the film stood, or was elsewhere a moment later."""
    run: list[Look] = []
    for look in looks:
        if run:
            before = run[-1]
            gone_ms = look.wall_ms - before.wall_ms
            moved_ms = (look.position_s - before.position_s) * 1000
            if look.playing != before.playing or abs(moved_ms - gone_ms) > STEP_MS:
                yield run
                run = []
        run.append(look)
    if run:
        yield run


class Track:
    """Everything one page recorded, in order."""

    def __init__(self, looks: Iterable[Look]) -> None:
        self.looks = sorted(looks, key=lambda look: look.wall_ms)
        self._walls = [look.wall_ms for look in self.looks]

    def at(self, wall_ms: float) -> float | None:
        """Seconds into the film; None where it did not play or was not looked at."""
        index = bisect_right(self._walls, wall_ms)
        if index == 0 or index == len(self.looks):
            return None
        before, after = self.looks[index - 1], self.looks[index]
        if not before.playing or not after.playing:
            return None
        share = (wall_ms - before.wall_ms) / max(1e-9, after.wall_ms - before.wall_ms)
        return before.position_s + share * (after.position_s - before.position_s)

    def spoiled(self, from_ms: float, to_ms: float) -> list[tuple[float, float]]:
        """Spans in which the machine, not the engine, was at fault: starved or underrun."""
        found = []
        for before, after in pairwise(self.looks):
            if after.wall_ms < from_ms or before.wall_ms > to_ms:
                continue
            gap_ms = after.wall_ms - before.wall_ms
            moved_ms = (after.position_s - before.position_s) * 1000
            jumped = (
                before.playing and after.playing and abs(moved_ms - gap_ms * after.rate) > JUMP_MS
            )
            if gap_ms > TICK_GAP_MS or jumped:
                found.append((before.wall_ms, after.wall_ms + HELD_MS))
        return found

    def turned_ms(self, after_ms: float, *, runs: bool) -> float:
        """When the film runs, or stands, next: where its clock says, between two looks or, as it
        begins, by the line it then runs on.
        """
        index = bisect_left(self._walls, after_ms)
        for before, after in pairwise(self.looks[max(0, index - 1) :]):
            moved_ms = (after.position_s - before.position_s) * 1000
            if runs and after.playing and moved_ms > 0:
                return self._left_ms(before.position_s, before.wall_ms)
            if not runs and not after.playing:
                return min(before.wall_ms + max(0.0, moved_ms), after.wall_ms)
        return inf

    def _left_ms(self, place_s: float, from_ms: float) -> float:
        """When it left that place, traced back along its line: the first step of a media clock
        comes up to 60 ms before any sound, and stands again (Chromium; measured).
        """
        looks = self.within(from_ms + LINE_FROM_MS, from_ms + LINE_TO_MS)
        left = [look.wall_ms - (look.position_s - place_s) * 1000 for look in looks if look.playing]
        return max(from_ms, median(left)) if left else inf

    def within(self, from_ms: float, to_ms: float) -> list[Look]:
        return self.looks[bisect_left(self._walls, from_ms) : bisect_right(self._walls, to_ms)]


def grid(from_ms: float, to_ms: float) -> list[float]:
    count = int(max(0.0, to_ms - from_ms) // GRID_MS)
    return [from_ms + step * GRID_MS for step in range(count)]


def pair_skews(tracks: Sequence[Track], moments: Iterable[float]) -> list[float]:
    """|skew| of every pair at every moment at which both play, ms."""
    found = []
    for moment in moments:
        places = [place for track in tracks if (place := track.at(moment)) is not None]
        found += [abs(one - other) * 1000 for one, other in combinations(places, 2)]
    return found


def group_skew(tracks: Sequence[Track], moment: float) -> float:
    """Largest minus smallest place, ms; infinite while somebody does not play."""
    places = [track.at(moment) for track in tracks]
    known = [place for place in places if place is not None]
    return (max(known) - min(known)) * 1000 if len(known) == len(places) else inf


def settled_ms(tracks: Sequence[Track], from_ms: float, to_ms: float, limit_ms: float) -> float:
    """From a moment until the group stays within `limit_ms` for a second; infinite for never."""
    since: float | None = None
    for moment in grid(from_ms, to_ms):
        if group_skew(tracks, moment) >= limit_ms:
            since = None
        elif since is None:
            since = moment
        if since is not None and moment - since >= HELD_MS:
            return since - from_ms
    return inf


def clean(tracks: Sequence[Track], from_ms: float, to_ms: float) -> tuple[list[float], int]:
    """The grid of a window without spoiled spans, and how many spans were left out."""
    spans = [span for track in tracks for span in track.spoiled(from_ms, to_ms)]
    kept = [
        moment
        for moment in grid(from_ms, to_ms)
        if not any(begin <= moment <= end for begin, end in spans)
    ]
    return kept, len(spans)


def still_share(tracks: Sequence[Track], moments: Sequence[float]) -> float:
    """How much of the time somebody's film does not play, of everybody's time together."""
    if not moments:
        return inf
    still = sum(track.at(moment) is None for track in tracks for moment in moments)
    return still / (len(tracks) * len(moments))


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    if not ordered:
        return inf
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
