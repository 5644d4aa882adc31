"""Writing down what moderators do: with the reason for the moderators, without for the audit.

The audit cannot be the moderators' log: it is append-only and outlives everybody in it, so that no
words may stand there. Here a reason does, and goes with the person it speaks of.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts import audit
from accounts.models import User
from rooms.models import Measure, Room

# What the moderator whom it is about is not told either.
UNTOLD = ("report", "shadow_mute", "shadow_unmute", "release")


def taken(
    *,
    room_id: UUID | str,
    by: UUID | str,
    action: str,
    person: UUID | str | None = None,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    subject: UUID | None = None,
) -> None:
    """Write one measure down, in the caller's transaction. Only ids, numbers and kinds in `facts`:
    they go into the audit too. What has a page of its own is the `subject` that is found there.
    """
    known = dict(facts or {})
    Measure.objects.create(
        room_id=room_id, by_id=by, action=action, person_id=person, reason=reason, facts=known
    )
    target = subject or person or room_id
    detail = known if target == room_id else {"room": str(room_id), **known}
    audit.record(_uuid(by), f"room.{action}", target, detail)


def taken_in(room: Room, *, reader: User) -> QuerySet[Measure]:
    """The moderators' log, as far as this one of them may read it."""
    return room.measures.exclude(untold(reader)).select_related("by", "person")


def untold(reader: User) -> Q:
    return Q(action__in=UNTOLD, person=reader)


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
