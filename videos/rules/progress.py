"""How far a film is: what can be watched already, and one number for the bar."""

from collections.abc import Sequence
from dataclasses import dataclass

EARLY_SEGMENTS = 2
FIRST_SHARE = 0.3  # of the bar: until every second can be watched in one quality


@dataclass(frozen=True)
class Track:
    """One growing playlist."""

    segments: int
    available_s: float
    done: bool


def is_playable(picture: Track, sounds: Sequence[Track]) -> bool:
    """Two segments of everything that must run together, or all there will ever be."""
    return all(track.done or track.segments >= EARLY_SEGMENTS for track in (picture, *sounds))


def available_until(picture: Track, sounds: Sequence[Track], duration_s: float) -> float:
    """Seconds that can be watched now: to the end once the picture and the sound are done."""
    growing = [track.available_s for track in (picture, *sounds) if not track.done]
    return round(min([*growing, duration_s]), 3)


def bar(*, first: float, rest: float | None) -> int:
    """0–99; only the state "ready" is 100. `rest` is None where nothing comes after."""
    whole = first if rest is None else first * FIRST_SHARE + rest * (1 - FIRST_SHARE)
    return max(0, min(99, int(whole * 100)))
