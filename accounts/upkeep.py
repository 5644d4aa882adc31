"""What operators must know before people are taken away: who is needed, and what goes with them.

The apps above know both; each registers how to ask it.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from accounts import services
from accounts.models import RefreshSession, User
from syncwatch.lib import ids

# The ids of people who are needed, or who did something since then.
Needed = Callable[[datetime.datetime], Iterable[UUID]]
# In words, line by line: what a person has there, and what becomes of it when they are erased.
Belongings = Callable[[User], list[str]]


@dataclass(frozen=True)
class Part:
    """One app's answers."""

    needed: Needed
    belongings: Belongings


_parts: dict[str, Part] = {}


def register(name: str, *, needed: Needed, belongings: Belongings) -> None:
    """Call it from the app's `ready()`."""
    _parts[name] = Part(needed, belongings)


def belongings(user: User) -> list[str]:
    """Everything that goes with a person; empty once all of it is gone."""
    sessions = user.refresh_sessions.count()
    own = [f"{sessions} sign-ins" if sessions != 1 else "1 sign-in"] if sessions else []
    return own + [line for part in _parts.values() for line in part.belongings(user)]


def idle_guests(*, since: datetime.datetime) -> list[User]:
    """Guests that nobody used since then and nobody needs, the oldest first.

    A guest has no password, so whoever lost the last sign-in never comes back.
    """
    seen = RefreshSession.objects.filter(rotated_at__gte=since, user__is_guest=True)
    kept = set(seen.values_list("user_id", flat=True))
    for part in _parts.values():
        kept |= set(part.needed(since))
    quiet = User.objects.filter(is_guest=True, deleted_at=None, created_at__lt=since)
    return [user for user in quiet.order_by("created_at") if user.pk not in kept]


def guest_prune(*, user: User, since: datetime.datetime) -> bool:
    """Erase a guest; False for one who came back or made an account meanwhile."""
    guest = User.objects.filter(pk=user.pk, is_guest=True, deleted_at=None)
    if not guest.exists() or user.refresh_sessions.filter(rotated_at__gte=since).exists():
        return False
    services.account_erase(user=user)
    return True


def person_named(word: str) -> User | None:
    """By username in whatever case, or by id, which is all that a guest has."""
    pk = ids.uuid_or_none(word)
    named = Q(pk=pk) if pk else Q(username__iexact=word)
    person = User.objects.filter(named).first()
    return None if person is None or is_erased(person) else person


def is_erased(user: User) -> bool:
    return user.username is None and not user.is_guest


def described(user: User) -> str:
    """One line that leaves no doubt who is meant."""
    name = f"{user.username} ({user.display_name})" if user.username else str(user)
    return f"{user.pk}  {name}, since {user.created_at:%Y-%m-%d}"
