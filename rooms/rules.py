"""Pure decisions of the room service: ranks, who may manage whom, whether an invitation holds."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

HEIRS = frozenset({"moderator", "member"})
LONG_AWAY = datetime.timedelta(days=7)
RANK = {"guest": 1, "member": 2, "moderator": 3, "owner": 4}


class InviteState(StrEnum):
    OK = "ok"
    EXPIRED = "expired"
    USED_UP = "used_up"
    REVOKED = "revoked"


def outranks(actor_role: str, target_role: str) -> bool:
    """Whoever manages people manages those below them, never their equals."""
    return RANK[actor_role] > RANK[target_role]


def may_give(actor_role: str, role: str) -> bool:
    """Roles below one's own can be given away; ownership only by transfer.

    Members may invite members, and guests who were given that right guests: an invitation brings
    people to where the inviter stands.
    """
    like_oneself = actor_role == role and role in {"member", "guest"}
    return role != "owner" and (RANK[actor_role] > RANK[role] or like_oneself)


@dataclass(frozen=True)
class Candidate:
    """Somebody who belongs to a room that loses its host. `key` says who, to whoever asked."""

    key: UUID
    role: str
    joined_at: datetime.datetime
    has_account: bool


def successor(candidates: Iterable[Candidate]) -> Candidate | None:
    """Who has the room next: the highest in rank who has an account, the longest there first.
    Whoever is a guest of the room, or of the site, never has it.
    """
    able = [each for each in candidates if each.has_account and each.role in HEIRS]
    return min(able, key=lambda each: (-RANK[each.role], each.joined_at), default=None)


@dataclass(frozen=True)
class Present:
    """Somebody who is in the room. `by_right`: what a right of their own says of the remote."""

    user_id: str
    role: str
    by_right: bool | None
    stands_in: bool = False


def standing_in(present: Iterable[Present], *, holders: frozenset[str], public: bool) -> str | None:
    """Who has the remote in the place of those who are gone; None: nobody has to.

    `present` came in this order; roles in `holders` have the remote anyway. Whoever stands in goes
    on; else it is the highest in rank. Strangers of a public room never do.
    """
    here = list(present)
    if any(each.by_right or (each.role in holders and each.by_right is None) for each in here):
        return None
    able = [each for each in here if each.by_right is None or each.stands_in]
    able = [each for each in able if not (public and each.role == "guest")]
    ranked = sorted(able, key=lambda each: (not each.stands_in, -RANK[each.role]))
    return ranked[0].user_id if ranked else None


def gives_up(*, until: datetime.datetime | None, now: datetime.datetime) -> bool:
    """Whether a host who is shut out for so long loses their rooms; None: for good."""
    return until is None or until - now >= LONG_AWAY


def seats_for(role: str, seats: int | None) -> int | None:
    """What counts for this person of a room's seats: whoever looks after it always has one."""
    return None if role in {"owner", "moderator"} else seats


class Withheld(StrEnum):
    """Why somebody may not give a right, or take one."""

    NO_MODERATE = "no_moderate"  # managing people is not theirs
    NOT_BELOW = "not_below"  # the other one stands where they do, or above
    OWNER_ONLY = "owner_only"  # that one is the owner's to give
    NOT_HELD = "not_held"  # nobody gives what they do not have


OWNERS_TO_GIVE = frozenset({"moderate", "settings"})
MODERATORS_TO_GIVE = frozenset({"control"})  # also in a room that keeps the remote from them


def right_withheld(
    *, actor_role: str, actor_holds: frozenset[str], target_role: str, capability: str, gives: bool
) -> Withheld | None:
    """What keeps `actor` from giving a capability (or, not `gives`, taking it); None: nothing."""
    if "moderate" not in actor_holds:
        return Withheld.NO_MODERATE
    if not outranks(actor_role, target_role):
        return Withheld.NOT_BELOW
    if capability in OWNERS_TO_GIVE and actor_role != "owner":
        return Withheld.OWNER_ONLY
    if gives and capability not in actor_holds | MODERATORS_TO_GIVE:
        return Withheld.NOT_HELD
    return None


def better_role(held: str, offered: str) -> str:
    """An invitation never makes anybody less than they are."""
    return offered if RANK[offered] > RANK[held] else held


def lesser_role(one: str, other: str) -> str:
    return min(one, other, key=lambda role: RANK[role])


def invite_state(
    *,
    now: datetime.datetime,
    expires_at: datetime.datetime | None,
    max_uses: int | None,
    uses: int,
    revoked: bool,
) -> InviteState:
    if revoked:
        return InviteState.REVOKED
    if expires_at is not None and expires_at <= now:
        return InviteState.EXPIRED
    if max_uses is not None and uses >= max_uses:
        return InviteState.USED_UP
    return InviteState.OK
