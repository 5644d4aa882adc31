"""Who can help: a refusal names the people who can give what somebody lacks."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from accounts.models import User
from rooms import policy, rules
from rooms.models import Membership, Role
from syncwatch.lib.errors import Forbidden

NAMED_AT_MOST = 3


@dataclass(frozen=True)
class Granter:
    """Somebody who looks after the people of a room."""

    name: str
    role: str
    holds: frozenset[str]

    def can_give(self, capability: str, role: str) -> bool:
        return not rules.right_withheld(
            actor_role=self.role, actor_holds=self.holds, target_role=role,
            capability=capability, gives=True,
        )  # fmt: skip


def caring_for(room_id: str | uuid.UUID) -> list[User]:
    """Everybody who may manage the people of a room."""
    places = _caring(room_id)
    return [each.user for each in places if "moderate" in each.capabilities(each.room)]


def granters(room_id: str | uuid.UUID) -> list[Granter]:
    """Everybody in a room who can give somebody a right, the host first."""
    found = [
        Granter(place.user.display_name, place.role, place.capabilities(place.room))
        for place in _caring(room_id)
    ]
    return sorted(found, key=lambda one: -rules.RANK[one.role])


def _caring(room_id: str | uuid.UUID) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(room_id=room_id, ended_at=None)
        .filter(
            Q(role__in=[Role.OWNER, Role.MODERATOR])
            | Q(rights__capability="moderate", rights__allowed=True)
        )
        .select_related("user", "room")
        .prefetch_related("rights")
        .distinct()
    )


def refusal(capability: str, role: str, known: Iterable[Granter]) -> Forbidden:
    """What somebody hears who is `role` here and lacks `capability`."""
    can = [one for one in known if one.can_give(capability, role)]
    return policy.refusal(capability, _who(can))


def _who(people: list[Granter]) -> str:
    """“Mara (host) or Ana”; many, or nobody known, by what they are."""
    if not people or len(people) > NAMED_AT_MOST:
        return gettext("the host or a moderator")
    *before, last = [_named(one) for one in people]
    if not before:
        return last
    return gettext("{names} or {last}").format(names=", ".join(before), last=last)


def _named(one: Granter) -> str:
    if one.role == Role.OWNER:
        return gettext("{name} (host)").format(name=one.name)
    return one.name
