"""Keeping somebody out of a room, for a time or for good."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from accounts.models import User
from accounts.selectors import person
from rooms import measures, memberships, rules
from rooms.deeds import Deed, about, done
from rooms.entry import ban_on
from rooms.models import Ban, Ending, Membership, Role, Room
from rooms.policy import role_words
from rooms.signals import door_shut
from syncwatch.lib import clock, ids
from syncwatch.lib.errors import Conflict, Forbidden, Invalid, NotFound


@transaction.atomic
def member_ban(
    *,
    actor: Membership,
    user: User,
    reason: str = "",
    until: datetime.datetime | None = None,
) -> tuple[Ban, bool]:
    """Send somebody out, if they are in, and let them in no more until `until`.

    Answers whether it is a new ban. Said again it takes over the new reason and end; the room is
    told once.
    """
    room = Room.objects.select_for_update(no_key=True).get(pk=actor.room_id)
    target = Membership.objects.filter(room=room, user=user, ended_at=None).first()
    _check(actor, user, target, until)
    before = ban_on(user, room)
    if before is not None and (before.reason, before.until) == (reason, until):
        return before, False
    ban = before or _fresh(room, user)
    ban.by, ban.reason, ban.until = actor.user, reason, until
    ban.save()
    if target is not None:
        memberships.place_end(target, Ending.BANNED)
    else:
        door_shut.send(sender=Room, room_code=room.code, user_id=str(user.pk))
    _tell(actor, ban, again=before is not None)
    return ban, before is None


def _check(
    actor: Membership, user: User, target: Membership | None, until: datetime.datetime | None
) -> None:
    if actor.user_id == user.pk:
        raise Conflict(message=gettext("You cannot ban yourself. Leave the room instead."))
    role = target.role if target else Role.GUEST  # who is outside ranks as whoever comes in
    if not rules.outranks(actor.role, role):
        raise Forbidden(
            message=gettext("A {mine} cannot ban a {theirs}.").format(
                mine=role_words(actor.role), theirs=role_words(role)
            )
        )
    if until is not None and until <= clock.now():
        words = gettext("This end is over already. Choose a later one.")
        raise Invalid(words, {"until": [words]})


def _fresh(room: Room, user: User) -> Ban:
    """A ban that is over by itself makes place for another."""
    over = Ban.objects.filter(room=room, user=user, lifted_at=None)
    over.update(lifted_at=clock.now())
    return Ban(room=room, user=user)


def _tell(actor: Membership, ban: Ban, *, again: bool) -> None:
    until = ban.until.isoformat() if ban.until else None
    measures.taken(
        room_id=ban.room_id, by=actor.user_id, action="ban", person=ban.user_id,
        reason=ban.reason, facts={"until": until},
    )  # fmt: skip
    if not again:
        done(Deed(str(ban.room_id), "banned", str(actor.user_id), about(ban.user)))


@transaction.atomic
def ban_lift(*, actor: Membership, user_id: str) -> None:
    """Let somebody come in again, also whose account is closed or suspended just now."""
    room = Room.objects.select_for_update(no_key=True).get(pk=actor.room_id)
    ban = bans_of(room).filter(user=ids.uuid_or_none(user_id)).first()
    if ban is None:
        raise NotFound(gettext("This person is not banned here."))
    ban.lifted_at, ban.lifted_by = clock.now(), actor.user
    ban.save(update_fields=["lifted_at", "lifted_by"])
    measures.taken(room_id=room.pk, by=actor.user_id, action="unban", person=ban.user_id)
    done(Deed(str(room.pk), "unbanned", str(actor.user_id), about(ban.user)))


def holding() -> QuerySet[Ban]:
    """Bans that keep somebody out right now."""
    return Ban.objects.filter(Q(until=None) | Q(until__gt=clock.now()), lifted_at=None)


def bans_of(room: Room) -> QuerySet[Ban]:
    """Who is kept out right now, the newest first."""
    return holding().filter(room=room).select_related("user", "by")


def ban_wire(ban: Ban) -> dict[str, Any]:
    return {
        "id": str(ban.pk),
        "user": person(ban.user),
        "by": person(ban.by) if ban.by else None,
        "reason": ban.reason,
        "until": ban.until.isoformat() if ban.until else None,
        "created_at": ban.created_at.isoformat(),
    }
