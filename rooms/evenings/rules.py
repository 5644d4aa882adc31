"""Pure decisions about evenings: which dates can be, when the lobby opens, who may plan."""

import datetime
from collections.abc import Collection
from enum import StrEnum

LOBBY = datetime.timedelta(minutes=30)  # before the start, people gather
GRACE = datetime.timedelta(minutes=30)  # after it, the film still begins by itself
LATER = datetime.timedelta(minutes=10)
FAR = datetime.timedelta(days=366)
# Whoever picks the minute that has just begun means now.
SLACK = datetime.timedelta(minutes=1)


class Flaw(StrEnum):
    """What is wrong with a date."""

    PAST = "past"
    FAR = "far"


def flaw_of(starts_at: datetime.datetime, *, now: datetime.datetime) -> Flaw | None:
    if starts_at < now - SLACK:
        return Flaw.PAST
    return Flaw.FAR if starts_at > now + FAR else None


def lobby_open(starts_at: datetime.datetime, *, now: datetime.datetime) -> bool:
    """From half an hour before the start until the evening begins, or nobody waits any more."""
    return starts_at - LOBBY <= now


def over(starts_at: datetime.datetime, *, now: datetime.datetime) -> bool:
    """Too late for it to begin by itself: whoever is there now may be there for something else."""
    return now > starts_at + GRACE


def needed_to_change(*, mine: bool, capabilities: Collection[str]) -> str:
    """The capability somebody lacks to plan (`mine`: or to change a date they planned), or ''.

    Whoever may invite may name a date; only who may change the room changes that of another one.
    """
    if "settings" in capabilities:
        return ""
    if not mine:
        return "settings"
    return "" if "invite" in capabilities else "invite"
