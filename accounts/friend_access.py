"""Reads of friends: who a person may find, who their friends are, who is hidden from whom."""

import datetime
import uuid
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from accounts.models import Block, Friendship, User
from accounts.selectors import person
from syncwatch.lib import ids
from syncwatch.lib.errors import NotFound

ASKS_SHOWN_MAX = 200


def _living() -> QuerySet[User]:
    """Closed and suspended accounts look as if they did not exist."""
    return User.objects.filter(is_active=True, deleted_at=None)


def person_named(username: str) -> User:
    """Somebody with an account, whatever the case of their name."""
    found = _living().filter(username__iexact=username).first() if username.isascii() else None
    if found is None:
        raise NotFound(gettext("There is nobody by this name. Check the spelling."))
    return found


def person_with(user_id: object) -> User:
    wanted = ids.uuid_or_none(user_id)
    found = _living().filter(pk=wanted).first() if wanted else None
    if found is None:
        raise NotFound(gettext("There is no such person any more."))
    return found


def ordered(one: User, other: User) -> tuple[User, User]:
    return (one, other) if one.pk < other.pk else (other, one)


def between(one: User, other: User) -> Friendship | None:
    low, high = ordered(one, other)
    return _standing().filter(low=low, high=high).first()


def put_aside_at(asker: User, asked: User) -> datetime.datetime | None:
    """When an ask was put aside that its asker took back since."""
    low, high = ordered(asker, asked)
    withdrawn = Friendship.objects.filter(
        low=low, high=high, asked_by=asker, state=Friendship.State.WITHDRAWN
    )
    return withdrawn.values_list("declined_at", flat=True).first()


def _standing() -> QuerySet[Friendship]:
    return Friendship.objects.exclude(state=Friendship.State.WITHDRAWN)


def _rows_of(user: User) -> QuerySet[Friendship]:
    return _standing().filter(Q(low=user) | Q(high=user))


def friend_ids(user: User) -> set[uuid.UUID]:
    rows = _rows_of(user).filter(state=Friendship.State.ACCEPTED).values_list("low_id", "high_id")
    return {each for row in rows for each in row} - {user.pk}


def shown_to(user: User) -> set[uuid.UUID]:
    """Whose lists show this person: friends, whom they asked, and who asked them."""
    unseen = Q(asked_by=user) & (
        Q(declined_at__isnull=False)
        | Q(low=user, high__in=Block.objects.filter(blocked=user).values("blocker"))
        | Q(high=user, low__in=Block.objects.filter(blocked=user).values("blocker"))
    )
    rows = _rows_of(user).exclude(unseen & Q(state=Friendship.State.ASKED))
    return {each for row in rows.values_list("low_id", "high_id") for each in row} - {user.pk}


def friends_of(user: User) -> list[User]:
    return list(_living().filter(pk__in=friend_ids(user)).order_by("display_name", "pk"))


def are_friends(one: User, other: User) -> bool:
    row = between(one, other)
    return row is not None and row.state == Friendship.State.ACCEPTED


def friends_count(user: User) -> int:
    return _rows_of(user).filter(state=Friendship.State.ACCEPTED).count()


def asks_made_count(user: User) -> int:
    return Friendship.objects.filter(asked_by=user, state=Friendship.State.ASKED).count()


def asks_to(user: User) -> list[Friendship]:
    """Asks that wait for this person: not those they put aside, nor of those they blocked."""
    blocked = Block.objects.filter(blocker=user).values("blocked")
    rows = _open_asks(user).filter(declined_at=None).exclude(asked_by=user)
    return _shown(rows.exclude(asked_by__in=blocked), user)


def asks_by(user: User) -> list[Friendship]:
    """Asks of this person that have no answer, for whatever reason that may be."""
    return _shown(_open_asks(user).filter(asked_by=user), user)


def _open_asks(user: User) -> QuerySet[Friendship]:
    rows = _rows_of(user).filter(state=Friendship.State.ASKED)
    return rows.select_related("low", "high").order_by("-created_at")


def _shown(rows: QuerySet[Friendship], user: User) -> list[Friendship]:
    return [row for row in rows[:ASKS_SHOWN_MAX] if row.other(user).can_sign_in]


def has_blocked(blocker: User, blocked: User) -> bool:
    return Block.objects.filter(blocker=blocker, blocked=blocked).exists()


def blocked_between(one: User, other: User) -> bool:
    return has_blocked(one, other) or has_blocked(other, one)


def blocks_of(user: User) -> list[Block]:
    return list(user.blocks.select_related("blocked"))


def hidden_from(user_ids: set[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """For each of these people, those they blocked or who blocked them, without saying which."""
    rows = Block.objects.filter(Q(blocker__in=user_ids) | Q(blocked__in=user_ids))
    hidden: dict[uuid.UUID, set[uuid.UUID]] = {each: set() for each in user_ids}
    for blocker, blocked in rows.values_list("blocker_id", "blocked_id"):
        if blocker in hidden:
            hidden[blocker].add(blocked)
        if blocked in hidden:
            hidden[blocked].add(blocker)
    return hidden


def ask_wire(row: Friendship, viewer: User) -> dict[str, Any]:
    """An ask as one of the two sees it."""
    return {"user": person(row.other(viewer)), "at": row.created_at.isoformat()}
