"""Writes of the room service: invitations."""

import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext, gettext_lazy

from accounts import friend_access
from accounts.models import User
from rooms import entry, rules
from rooms.memberships import REMOVED, REMOVED_WORDS, place_take
from rooms.models import Invite, Measure, Membership, Role, Room
from rooms.policy import role_words
from rooms.rules import InviteState
from rooms.selectors import state_of
from rooms.signals import door_shut
from syncwatch.lib import clock
from syncwatch.lib.errors import ApiError, Forbidden, NotFound, register

INVITE_EXPIRED = register(
    "invite_expired", status=410, when="The invitation's time is over.",
    recover="Ask for a new link.",
)  # fmt: skip
INVITE_USED_UP = register(
    "invite_used_up", status=410, when="As many people came by this link as it allows.",
    recover="Ask for a new link.",
)  # fmt: skip
INVITE_REVOKED = register(
    "invite_revoked", status=410, when="The invitation was taken back, or its room is closed.",
    recover="Ask for a new link.",
)  # fmt: skip
INVITE_FOR_ANOTHER = register(
    "invite_for_another", status=403, when="The invitation was made for one person, not this one.",
    recover="Sign in as that person, or ask for a link of your own.",
)  # fmt: skip
_REFUSALS = {
    InviteState.EXPIRED: (
        INVITE_EXPIRED,
        gettext_lazy("This invitation has expired. Ask for a new link."),
    ),
    InviteState.USED_UP: (
        INVITE_USED_UP,
        gettext_lazy("This invitation is used up. Ask for a new link."),
    ),
    InviteState.REVOKED: (
        INVITE_REVOKED,
        gettext_lazy("This invitation was taken back. Ask for a new link."),
    ),
}


def invite_create(
    *,
    room: Room,
    by: Membership,
    role: str | None = None,
    expires_at: datetime.datetime | None = None,
    max_uses: int | None = None,
    for_user: User | None = None,
) -> Invite:
    role = role or (Role.GUEST if by.role == Role.GUEST else Role.MEMBER)
    if not rules.may_give(by.role, role):
        raise Forbidden(
            message=gettext("A {mine} cannot invite somebody as {role}.").format(
                mine=role_words(by.role), role=role_words(role)
            )
        )
    return Invite.objects.create(
        room=room,
        created_by=by.user,
        by_moderator=by.role in {Role.OWNER, Role.MODERATOR},
        role=role,
        expires_at=expires_at,
        max_uses=max_uses,
        for_user=for_user,
    )


@transaction.atomic
def invite_revoke(*, invite: Invite) -> None:
    held = Invite.objects.filter(pk=invite.pk, revoked_at=None)
    if held.update(revoked_at=clock.now()) and invite.for_user_id is not None:
        door_shut.send(sender=Room, room_code=invite.room.code, user_id=str(invite.for_user_id))


def require_for(invite: Invite, user: User | None) -> None:
    """An invitation for one person opens to nobody else, and not through a block."""
    if invite.for_user_id is None:
        return
    if user is None or invite.for_user_id != user.pk:
        words = gettext("This invitation is for one person. Ask for a link of your own.")
        raise Forbidden(INVITE_FOR_ANOTHER, words)
    if friend_access.blocked_between(invite.created_by, user):
        raise ApiError(*_REFUSALS[InviteState.REVOKED])


def require_open(invite: Invite) -> None:
    """Raise what is wrong with an invitation, in words."""
    state = state_of(invite)
    if state is not InviteState.OK:
        code, words = _REFUSALS[state]
        raise ApiError(code, words)


@transaction.atomic
def invite_accept(*, user: User, invite: Invite) -> Membership:
    """Come in by an invitation. Counted once a person; a person sent out needs a newer one."""
    require_for(invite, user)
    membership = (
        Membership.objects.filter(room=invite.room, user=user).select_related("user").first()
    )
    if membership is not None and membership.active:
        return _raised(membership, invite)
    require_open(invite)
    entry.require_not_banned(user, invite.room)
    if membership is not None and membership.barred_at and not _forgives(invite, membership):
        raise Forbidden(REMOVED, REMOVED_WORDS)
    _count_use(invite)
    role = _role_by(invite, user) if membership is not None else invite.role
    return place_take(user=user, room=invite.room, role=role)


def _role_by(invite: Invite, user: User) -> str:
    """What the link makes of somebody who was here: no more than they were made since it exists."""
    decided = Measure.objects.filter(
        room=invite.room, person=user, action="role", created_at__gt=invite.created_at
    ).first()
    return rules.lesser_role(invite.role, decided.facts["role"]) if decided else invite.role


def _raised(membership: Membership, invite: Invite) -> Membership:
    """Who is in already gains the invitation's role where it is the better one."""
    if rules.better_role(membership.role, invite.role) == membership.role:
        return membership
    require_open(invite)
    role = _role_by(invite, membership.user)
    if rules.better_role(membership.role, role) == membership.role:
        return membership
    _count_use(invite)
    return place_take(user=membership.user, room=invite.room, role=role)


def lets_back(invite: Invite, membership: Membership | None) -> bool:
    """Does an invitation that is open bring this person in, who is outside?"""
    if membership is None:
        return True
    return not membership.active and (not membership.barred_at or _forgives(invite, membership))


def _forgives(invite: Invite, membership: Membership) -> bool:
    """Only a moderator's invitation made after the kick lets somebody back in."""
    barred_at = membership.barred_at
    return invite.by_moderator and barred_at is not None and invite.created_at > barred_at


def _count_use(invite: Invite) -> None:
    counted = Invite.objects.filter(
        Q(max_uses=None) | Q(uses__lt=F("max_uses")), pk=invite.pk, revoked_at=None
    ).update(uses=F("uses") + 1)
    if counted != 1:  # the last place went to somebody else a moment ago
        if not Invite.objects.filter(pk=invite.pk).exists():
            raise NotFound
        raise ApiError(*_REFUSALS[InviteState.USED_UP])
