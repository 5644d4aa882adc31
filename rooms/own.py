"""What a person owns here: how it is exported, and how it is erased."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from accounts.models import User
from rooms import memberships, rules, services, store
from rooms.evenings.models import Evening, EveningAnswer
from rooms.live import on_commit
from rooms.models import Ban, Invite, Measure, Membership, Right, Role, Room
from rooms.places.archive import room_delete
from rooms.places.models import Knock
from syncwatch.lib import clock

ABOUT = gettext_lazy(
    "Your rooms, your places in other rooms, your invitations and asks, and bans that concern you."
)


def export(user: User) -> dict[str, Any]:
    """The rooms of a person, the places they have or had in others, and their invitations."""
    places = Membership.objects.filter(user=user).select_related("room").prefetch_related("rights")
    invites = Invite.objects.filter(created_by=user).select_related("room")
    return {
        "owned": [_room(room) for room in Room.objects.filter(owner=user)],
        "places": [_place(place) for place in places],
        "invites": [_invite(invite) for invite in invites],
        "asks_to_come_in": [_knock(each) for each in user.knocks.select_related("room")],
        "evenings_planned": [_evening(each) for each in user.evenings.select_related("room")],
        "evening_answers": [
            _evening(each.evening) | {"answer": each.answer}
            for each in user.evening_answers.select_related("evening__room")
        ],
        "bans": [_ban(ban) for ban in Ban.objects.filter(user=user).select_related("room")],
    }


def _room(room: Room) -> dict[str, Any]:
    return {
        "code": room.code,
        "name": room.name,
        "visibility": room.visibility,
        "control": room.control,
        "created_at": room.created_at.isoformat(),
        "closed_at": room.closed_at.isoformat() if room.closed_at else None,
    }


def _place(place: Membership) -> dict[str, Any]:
    return {
        "room": place.room.name,
        "role": place.role,
        "joined_at": place.joined_at.isoformat(),
        "ended_at": place.ended_at.isoformat() if place.ended_at else None,
        "rights": [_right(right) for right in place.rights.all()],
    }


def _right(right: Right) -> dict[str, Any]:
    return {
        "capability": right.capability,
        "allowed": right.allowed,
        "until": right.until.isoformat() if right.until else None,
        "given_at": right.given_at.isoformat(),
    }


def _ban(ban: Ban) -> dict[str, Any]:
    return {
        "room": ban.room.name,
        "reason": ban.reason,
        "created_at": ban.created_at.isoformat(),
        "until": ban.until.isoformat() if ban.until else None,
        "lifted_at": ban.lifted_at.isoformat() if ban.lifted_at else None,
    }


def _evening(evening: Evening) -> dict[str, Any]:
    return {
        "room": evening.room.name,
        "title": evening.title,
        "note": evening.note,
        "starts_at": evening.starts_at.isoformat(),
        "state": evening.state,
    }


def _knock(knock: Knock) -> dict[str, Any]:
    return {
        "room": knock.room.name,
        "state": knock.state,
        "asked_at": knock.asked_at.isoformat(),
    }


def _invite(invite: Invite) -> dict[str, Any]:
    return {
        "room": invite.room.name,
        "role": invite.role,
        "created_at": invite.created_at.isoformat(),
        "uses": invite.uses,
    }


def forget(user: User) -> Callable[[], None]:
    """The rooms they have or had a place in keep nothing of what was told there last."""
    codes = list(Membership.objects.filter(user=user).values_list("room__code", flat=True))
    return lambda: on_commit(lambda: store.forget_told_sync(codes))


@transaction.atomic
def erase(user: User) -> None:
    """Their rooms go to whoever has most to do with them, or for good; their places end."""
    for room in Room.objects.filter(owner=user):
        _give_up(room, user)
    Invite.objects.filter(created_by=user).delete()
    for place in Membership.objects.filter(user=user, ended_at=None).select_related("room"):
        memberships.room_leave(membership=place)
    Membership.objects.filter(user=user).delete()
    EveningAnswer.objects.filter(user=user).delete()
    Evening.objects.filter(planned_by=user).update(planned_by=None)
    Knock.objects.filter(user=user).delete()
    Knock.objects.filter(answered_by=user).update(answered_by=None)
    Ban.objects.filter(user=user).delete()
    Measure.objects.filter(person=user).delete()
    Ban.objects.filter(by=user).update(by=None)
    Ban.objects.filter(lifted_by=user).update(lifted_by=None)
    Measure.objects.filter(by=user).update(by=None)


def _give_up(room: Room, user: User) -> None:
    heir = None if room.closed_at else heir_of(room)
    if heir is None:
        services.room_close(room=room, by=None)
        room_delete(room)
    else:
        services.ownership_transfer(room=room, by=user, to=heir)


def heir_of(room: Room) -> Membership | None:
    """Who has the room after its owner; see `rules.successor`."""
    places = room.memberships.filter(ended_at=None).exclude(role=Role.OWNER).select_related("user")
    known = {place.pk: place for place in places}
    heir = rules.successor(
        rules.Candidate(place.pk, place.role, place.joined_at, _has_account(place.user))
        for place in places
    )
    return known[heir.key] if heir else None


def _has_account(user: User) -> bool:
    return not user.is_guest and user.is_active and user.deleted_at is None


@transaction.atomic
def suspended(user: User, until: datetime.datetime | None) -> None:
    """A host who is shut out for long does not take the rooms along: somebody there has them now.
    Where nobody can, the room waits for its host.
    """
    if not rules.gives_up(until=until, now=clock.now()):
        return
    for room in Room.objects.filter(owner=user, closed_at=None):
        heir = heir_of(room)
        if heir is not None:
            services.ownership_transfer(room=room, by=user, to=heir)
