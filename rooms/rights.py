"""Writes of the room service: what one person may do, whatever their role says, and until when."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from rooms import measures, policy, rules
from rooms.deeds import Deed, about, done
from rooms.memberships import place_held, role_set
from rooms.models import Membership, Right, Room
from rooms.rules import Withheld
from rooms.selectors import member_wire
from rooms.services import member_told, tell_member
from syncwatch.lib import clock
from syncwatch.lib.errors import Forbidden, Invalid

_WITHHELD = {
    Withheld.NO_MODERATE: gettext_noop("Only the host and moderators may change rights."),
    Withheld.NOT_BELOW: gettext_noop("You may change the rights of people below yourself only."),
    Withheld.OWNER_ONLY: gettext_noop("Only the host may give or take this."),
    Withheld.NOT_HELD: gettext_noop("You cannot give what you do not have yourself."),
}


@dataclass(frozen=True)
class Change:
    """What becomes of one capability. `allowed` None: back to what the role says."""

    capability: str
    allowed: bool | None
    until: datetime.datetime | None = None


@transaction.atomic
def member_change(
    *,
    actor: Membership,
    target: Membership,
    role: str | None,
    changes: Sequence[Change],
    reason: str = "",
) -> Membership:
    """All of one call, or none of it. The reason is for the moderators' log."""
    if role is not None:
        target = role_set(actor=actor, target=target, role=role, reason=reason)
    if changes:
        target = rights_set(actor=actor, target=target, changes=changes, reason=reason)
    return target


@transaction.atomic
def rights_set(
    *, actor: Membership, target: Membership, changes: Sequence[Change], reason: str = ""
) -> Membership:
    """Give a person rights of their own, take some, or end both. The same again changes nothing."""
    target = place_held(target)
    _check(actor, target, changes)
    changed = [change for change in changes if _write(actor, target, change)]
    for change in changed:
        _note(actor, target, change, reason)
    if changed:
        target = _fresh(target)
        tell_member(target.room, target)
    return target


def _fresh(target: Membership) -> Membership:
    places = Membership.objects.select_related("user", "room").prefetch_related("rights")
    return places.get(pk=target.pk)


def _check(actor: Membership, target: Membership, changes: Sequence[Change]) -> None:
    now = clock.now()
    for change in changes:
        gives = change.allowed is True
        require_above(actor, target.role, target.room, change.capability, gives=gives)
        if change.until is not None and change.until <= now:
            words = gettext("This end is over already. Choose a later one.")
            raise Invalid(words, {"grants": [words]})


def require_above(
    actor: Membership, target_role: str, room: Room, capability: str, *, gives: bool
) -> None:
    """Raise the refusal where `actor` may not give (or, not `gives`, take) this there."""
    withheld = rules.right_withheld(
        actor_role=actor.role, actor_holds=actor.capabilities(room), target_role=target_role,
        capability=capability, gives=gives,
    )  # fmt: skip
    if withheld:
        raise Forbidden(message=gettext(_WITHHELD[withheld]))


def _write(actor: Membership, target: Membership, change: Change) -> bool:
    """One row; False where it says what holds already."""
    until = _whole_ms(change.until)
    before = target.rights.filter(capability=change.capability).first()
    held = before is not None and before.plain.holds(clock.server_ms())
    by_role = change.capability in policy.role_capabilities(target.role, target.room.control)
    if change.allowed is None or (change.allowed == by_role and change.until is None):
        if before is not None:
            before.delete()
        if before is not None and held:
            _told(actor, target, change.capability, allowed=by_role, back=True)
        return held
    same = (change.allowed, until, False)
    if before is not None and (before.allowed, before.until, before.stands_in) == same:
        return False
    target.rights.update_or_create(
        capability=change.capability,
        defaults={
            "allowed": change.allowed, "until": until,
            "given_by": actor.user, "given_at": clock.now(), "stands_in": False,
        },
    )  # fmt: skip
    _told(actor, target, change.capability, allowed=change.allowed, until=until)
    return True


def _note(actor: Membership, target: Membership, change: Change, reason: str) -> None:
    until = change.until.isoformat() if change.until else None
    facts = {"capability": change.capability, "allowed": change.allowed, "until": until}
    measures.taken(
        room_id=target.room_id, by=actor.user_id, action="right", person=target.user_id,
        reason=reason, facts=facts,
    )  # fmt: skip


def _whole_ms(until: datetime.datetime | None) -> datetime.datetime | None:
    """The wire and the deadlines count in milliseconds; so does the row."""
    return until and until.replace(microsecond=until.microsecond // 1000 * 1000)


def _told(
    actor: Membership,
    target: Membership,
    capability: str,
    *,
    allowed: bool,
    until: datetime.datetime | None = None,
    back: bool = False,
) -> None:
    """The history keeps who gave somebody a right, or took one, and for how long. `back`: now the
    role decides again.
    """
    facts = about(target.user) | {
        "capability": capability,
        "allowed": allowed,
        "back": back,
        "until": round(until.timestamp() * 1000) if until else None,
        "for_s": round((until - clock.now()).total_seconds()) if until else None,
    }
    done(Deed(str(target.room_id), "right", str(actor.user_id), facts))


def rights_end(code: str) -> int:
    """Tell a room whose rights have run out, then take the rows away; answers how many there were.

    Told first: whoever dies in between is followed by another, and hearing it twice does no harm.
    """
    over = Right.objects.filter(membership__room__code=code, until__lte=clock.now())
    ended = list(over.values_list("pk", "membership_id"))
    places = Membership.objects.filter(pk__in={place for _, place in ended}, ended_at=None)
    for place in places.select_related("user", "room").prefetch_related("rights"):
        member_told(place.room.code, member_wire(place, place.room, presence="online"))
    Right.objects.filter(pk__in=[pk for pk, _ in ended], until__lte=clock.now()).delete()
    return len(ended)
