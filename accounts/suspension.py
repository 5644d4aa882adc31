"""Shutting people out and letting them in again."""

import datetime
from collections.abc import Callable

from django.db import transaction

from accounts import audit, errors, sessions
from accounts.models import RefreshSession, User
from syncwatch.lib import clock

Suspended = Callable[[User, datetime.datetime | None], None]
_hearers: list[Suspended] = []


def register(hearer: Suspended) -> None:
    """Call it from the `ready()` of the app that hears of it: who, until when (None: for good)."""
    _hearers.append(hearer)


@transaction.atomic
def account_suspend(
    *,
    actor: User | None,
    user: User,
    reason: str = "",
    until: datetime.datetime | None = None,
) -> bool:
    """Staff shut a person out: no sign-in, and every open session ends now.

    `until` None is for good. They read the reason when they sign in. Said again with the same
    reason and end it changes nothing and answers False.
    """
    now = User.objects.select_for_update().get(id=user.id)
    if stands(now, reason, until):
        return False
    User.objects.filter(id=user.id).update(
        is_active=False, suspended_until=until, suspended_reason=reason
    )
    sessions.sessions_end(RefreshSession.objects.filter(user=user))
    for hearer in _hearers:
        hearer(user, until)
    detail = {"until": until.isoformat()} if until else {}
    audit.record(actor, "account.suspend", user.id, detail)
    return True


def stands(user: User, reason: str, until: datetime.datetime | None) -> bool:
    """Whether they are shut out in just these words until just then."""
    return not user.is_active and (user.suspended_reason, user.suspended_until) == (reason, until)


@transaction.atomic
def account_restore(*, actor: User | None, user: User) -> bool:
    """Let a suspended person sign in again; False for who is not suspended, or erased."""
    suspended = User.objects.filter(id=user.id, is_active=False)
    restored = suspended.exclude(is_guest=False, username=None).update(
        is_active=True, suspended_until=None, suspended_reason=""
    )
    if not restored:
        return False
    audit.record(actor, "account.restore", user.id)
    return True


@transaction.atomic
def account_sign_out(*, actor: User | None, user: User) -> bool:
    """End every sign-in of a person, who may sign in again; False where there was none."""
    ended = sessions.sessions_end(RefreshSession.objects.filter(user=user))
    if not ended:
        return False
    audit.record(actor, "account.sign_out", user.id, {"sessions": ended})
    return True


def require_none(user: User) -> None:
    """Refuse who is suspended, with what they were told; let in whose time is over."""
    if user.is_active:
        return
    if user.suspended_until is None or user.suspended_until > clock.now():
        raise errors.account_suspended(user.suspended_reason, user.suspended_until)
    account_restore(actor=None, user=user)
    user.refresh_from_db()


def over() -> list[User]:
    """Those whose suspension has run out."""
    return list(User.objects.filter(is_active=False, suspended_until__lte=clock.now()))
