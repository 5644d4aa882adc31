"""Reactions, polls, dice, and whether somebody may say something now. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from chat import filters

# Few, so that one knows them at a glance and a hundred of them are drawn as a handful of counts.
REACTIONS = ("😂", "❤️", "😮", "😭", "👏", "🔥", "🎉", "🍿")
TEXT_OR_PICTURE = "\ufe0f"  # asks for the coloured form; many programs leave it out

QUESTION_CHARS = 200
OPTION_CHARS = 100
OPTIONS_MIN, OPTIONS_MAX = 2, 10
POLLS_OPEN_MAX = 5  # what is asked at once, somebody can answer

_BY_SIGN = {emoji.replace(TEXT_OR_PICTURE, ""): emoji for emoji in REACTIONS}


DICE_MAX, SIDES_MAX = 20, 1000
_DICE = re.compile(r"([0-9]{0,2})[dDwW]([0-9]{1,4})")


def dice_of(words: str) -> tuple[int, int] | None:
    """`2d6` as (2, 6), `d20` as (1, 20); None: no dice that can be thrown here."""
    found = _DICE.fullmatch(words.strip())
    if found is None:
        return None
    count, sides = int(found[1] or 1), int(found[2])
    return (count, sides) if 1 <= count <= DICE_MAX and 2 <= sides <= SIDES_MAX else None  # noqa: PLR2004


def roll_words(dice: str, results: list[int]) -> str:
    """What fell, in English."""
    fell = " + ".join(str(each) for each in results)
    return f"{dice}: {fell}" + (f" = {sum(results)}" if len(results) > 1 else "")


def reaction(sign: str) -> str | None:
    """The reaction that `sign` means, in the form everybody is sent; None: there is no such."""
    known = _BY_SIGN.get(sign.removesuffix(TEXT_OR_PICTURE))
    return known if known in (sign, sign + TEXT_OR_PICTURE) else None


class Barrier(StrEnum):
    """Why something is not said."""

    TOO_NEW = "too_new"
    SLOW_MODE = "slow_mode"
    WORD = "word_refused"
    LINK = "link_refused"


@dataclass(frozen=True)
class Order:
    """What a room asks of whoever writes in it."""

    slow_mode_s: int = 0
    new_guest_delay_s: int = 0
    words: tuple[str, ...] = ()
    links: Literal["allow", "members", "moderators"] = "allow"
    action: Literal["refuse", "mask"] = "refuse"


@dataclass(frozen=True)
class Speaker:
    """Who writes: since when they are here (server ms), and whether they keep order themselves."""

    role: str
    moderates: bool
    joined_ms: float


@dataclass(frozen=True)
class Verdict:
    """`body` is what may be said; with a barrier it may not, for `wait_s` or as it is. `found` are
    the person's own words that stand in the way.
    """

    body: str
    barrier: Barrier | None = None
    wait_s: float = 0
    found: str = ""


def judge(
    body: str, speaker: Speaker, order: Order, *, now_ms: float, last_ms: float | None = None
) -> Verdict:
    """What becomes of a message. `last_ms` is when the person spoke last, where that counts: not
    for other words in an old message. Whoever keeps order is never held up.
    """
    if speaker.moderates:
        return Verdict(body)
    new_s = newcomer_wait_s(speaker, order, now_ms)
    if new_s > 0:
        return Verdict(body, Barrier.TOO_NEW, new_s)
    slow_s = slow_wait_s(last_ms, order.slow_mode_s, now_ms)
    if slow_s > 0:
        return Verdict(body, Barrier.SLOW_MODE, slow_s)
    return _filtered(body, speaker, order)


def newcomer_wait_s(speaker: Speaker, order: Order, now_ms: float) -> float:
    since_s = (now_ms - speaker.joined_ms) / 1000
    return max(0.0, order.new_guest_delay_s - since_s) if speaker.role == "guest" else 0.0


def slow_wait_s(last_ms: float | None, slow_mode_s: int, now_ms: float) -> float:
    if last_ms is None:
        return 0.0
    return max(0.0, slow_mode_s - (now_ms - last_ms) / 1000)


def _filtered(body: str, speaker: Speaker, order: Order) -> Verdict:
    words = filters.words_found(body, order.words)
    links = [] if _may_link(speaker, order) else filters.links_found(body)
    if order.action == "mask":
        return Verdict(filters.masked(body, [*words, *links]))
    if words:
        return Verdict(body, Barrier.WORD, found=words[0].text)
    if links:
        return Verdict(body, Barrier.LINK, found=links[0].text)
    return Verdict(body)


def _may_link(speaker: Speaker, order: Order) -> bool:
    return order.links == "allow" or (order.links == "members" and speaker.role != "guest")
