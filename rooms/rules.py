"""Pure decisions of the room service: ranks, who may manage whom, whether an invitation holds."""

import datetime
from enum import StrEnum

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

    Members may invite members: an invitation brings people to where the inviter stands.
    """
    return role != "owner" and (RANK[actor_role] > RANK[role] or (actor_role == role == "member"))


def better_role(held: str, offered: str) -> str:
    """An invitation never makes anybody less than they are."""
    return offered if RANK[offered] > RANK[held] else held


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
