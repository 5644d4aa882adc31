"""Writes of the auth service: accounts made, upgraded, changed, closed and erased."""

import datetime
import re
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import update_last_login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import audit, errors, own_data, presence, sessions, suspension
from accounts.models import USERNAME_PATTERN, PresenceShown, RefreshSession, Theme, User
from accounts.people import person_told
from syncwatch.lib import clock
from syncwatch.lib.errors import Invalid

GRACE_DAYS = 14
ERASED_NAME = "Erased person"


@dataclass(frozen=True)
class Closed:
    """A closed account: until `grace_until` signing in brings it back as it was."""

    deleted_at: datetime.datetime
    grace_until: datetime.datetime


def account_register(*, username: str, password: str, display_name: str, email: str) -> User:
    user = User(username=username, display_name=display_name or username, email=email)
    _set_good_password(user, password, field="password")
    _save_with_username(user)
    return user


def guest_create(*, display_name: str) -> User:
    return User.objects.create_guest(display_name)


@transaction.atomic
def guest_upgrade(
    *, access: sessions.Access, username: str, password: str, display_name: str, email: str
) -> User:
    """Make a guest an account. The id stays, so rooms, messages and films stay theirs."""
    user = User.objects.select_for_update().get(id=access.user.id)
    if not user.is_guest:
        raise errors.not_a_guest()
    user.username, user.is_guest = username, False
    user.display_name = display_name or user.display_name
    user.email = email
    _set_good_password(user, password, field="password")
    _save_with_username(user)
    audit.record(user, "account.upgrade", user.id)
    others_sign_out(access)
    return user


def _set_good_password(user: User, password: str, *, field: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(error.messages[0], {field: error.messages}) from error
    user.set_password(password)


def _save_with_username(user: User) -> None:
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise errors.username_taken() from error


def credentials_check(*, username: str, password: str, if_closed: str = "open") -> User:
    """The person, if both belong together. Unknown name and wrong password cost one hash each.

    Who is suspended is told so, but only with the right password.
    Signing in during the days of grace brings a closed account back, where it need not be asked.
    """
    # PostgreSQL finds "ADMIN" for "admın" too; such a variant would have its own count of tries.
    is_possible = re.match(USERNAME_PATTERN, username) is not None
    user = User.objects.filter(username__iexact=username).first() if is_possible else None
    if user is None:
        make_password(password)
        raise errors.wrong_credentials()
    if not user.check_password(password):
        raise errors.wrong_credentials()
    suspension.require_none(user)
    if user.deleted_at is not None:
        _account_reopen(user, ask=if_closed == "ask")
    update_last_login(User, user)
    return user


def _account_reopen(user: User, *, ask: bool) -> None:
    if user.deleted_at is None or clock.now() >= grace_until(user.deleted_at):
        raise errors.wrong_credentials()
    if ask:
        raise errors.account_closing(grace_until(user.deleted_at))
    user.deleted_at = None
    user.save(update_fields=["deleted_at"])
    audit.record(user, "account.reopen", user.id)


def password_confirm(*, user: User, password: str, field: str) -> None:
    """Ask again before something that cannot be taken back. A guest has nothing to be asked."""
    if not user.is_guest and not user.check_password(password):
        raise errors.wrong_password(field)


@transaction.atomic
def password_change(*, access: sessions.Access, new: str) -> int:
    """Set another password and end every other session. Says how many ended."""
    user = access.user
    if user.is_guest:
        raise errors.account_needed()
    _set_good_password(user, new, field="new_password")
    user.save(update_fields=["password"])
    audit.record(user, "account.password", user.id)
    return others_sign_out(access)


def others_sign_out(access: sessions.Access) -> int:
    return sessions.sessions_end(access.user.refresh_sessions.exclude(id=access.session.id))


def account_update(*, user: User, changes: dict[str, Any]) -> User:
    renamed = changes.get("display_name", user.display_name) != user.display_name
    for name, value in changes.items():
        setattr(user, name, value)
    if changes:
        user.save(update_fields=list(changes))
    if renamed:
        person_told(user)
    if "presence_shown" in changes:
        presence.tell_friends(user)
    return user


def grace_until(deleted_at: datetime.datetime) -> datetime.datetime:
    return deleted_at + datetime.timedelta(days=GRACE_DAYS)


@transaction.atomic
def account_close(*, user: User) -> Closed:
    """Sign out everywhere and mark for erasure. Nothing is erased before the grace is over."""
    user.deleted_at = clock.now()
    user.save(update_fields=["deleted_at"])
    sessions.sessions_end(RefreshSession.objects.filter(user=user))
    audit.record(user, "account.close", user.id)
    return Closed(user.deleted_at, grace_until(user.deleted_at))


def account_erase(*, user: User) -> None:
    """Take away everything a person owns, for good.

    1. Their sessions end.
    2. Every app erases its share: rows, files, names (`own_data`).
    3. The row itself stays as a nameless mark, so that an id is never reused or left dangling.
    """
    sessions.sessions_end(RefreshSession.objects.filter(user=user))
    own_data.erase_all(user)
    with transaction.atomic():
        LogEntry.objects.filter(object_id=str(user.id)).delete()
        user.refresh_sessions.all().delete()
        user.groups.clear()
        user.user_permissions.clear()
        _forget_the_person(user)
        audit.record(None, "account.erase", user.id)


def _forget_the_person(user: User) -> None:
    user.username, user.display_name, user.email = None, ERASED_NAME, ""
    user.is_guest = False  # nameless and no guest: the mark of an erased account
    user.language, user.theme = "", Theme.SYSTEM
    user.presence_shown = PresenceShown.NOBODY
    user.is_active = user.is_staff = user.is_superuser = False
    user.deleted_at = user.deleted_at or clock.now()
    user.suspended_until, user.suspended_reason = None, ""
    user.last_login = None
    user.set_unusable_password()
    user.save()


def accounts_due() -> list[User]:
    """Closed accounts whose grace is over and which still carry a name."""
    over = clock.now() - datetime.timedelta(days=GRACE_DAYS)
    closed = User.objects.filter(deleted_at__lte=over)
    return list(closed.exclude(is_guest=False, username=None))
