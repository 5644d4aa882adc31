"""What the close codes of a socket ask for, and how long to wait before the next try. Pure."""

from dataclasses import dataclass

FIRST_S = 0.5
CEILING_S = 30.0
AFTER_FLOOD_S = 10.0  # quick tries would only be refused again
TRY_LATER_S = 5.0
NOT_SIGNED_IN = 4401
OVERRUN = 4999  # our own: whoever listens does not keep up
FLOOD_STATUSES = (403, 408, 429)  # 403: how servers without a word for 429 refuse a handshake


@dataclass(frozen=True)
class Meaning:
    """`final`: do not come back. `renew`: get a fresh sign-in first. `floor_s`: not before."""

    final: bool = False
    renew: bool = False
    floor_s: float = 0.0


MEANINGS = {
    1013: Meaning(floor_s=TRY_LATER_S),
    4400: Meaning(final=True),
    NOT_SIGNED_IN: Meaning(renew=True),
    4403: Meaning(final=True),
    4404: Meaning(final=True),
    4409: Meaning(final=True),
    4423: Meaning(final=True),
    4429: Meaning(floor_s=AFTER_FLOOD_S),
    OVERRUN: Meaning(final=True),
}


def meaning_of(code: int) -> Meaning:
    return MEANINGS.get(code, Meaning())


def meaning_of_status(status: int) -> Meaning:
    """Of a handshake that was answered by plain HTTP."""
    if status in FLOOD_STATUSES:
        return Meaning(floor_s=AFTER_FLOOD_S)
    return Meaning(final=400 <= status < 500)  # noqa: PLR2004  a fault of ours


@dataclass(frozen=True)
class Ending:
    """Of one connection; left out: the line broke."""

    code: int = 1006
    reason: str = ""
    meaning: Meaning = Meaning()


def backoff_s(attempt: int, chance: float, floor_s: float = 0.0) -> float:
    """Before try number `attempt`, from 0: doubled each time, with chance over its upper half."""
    full = min(CEILING_S, FIRST_S * 2 ** min(attempt, 10))
    return max(floor_s, full / 2 + full / 2 * chance)
