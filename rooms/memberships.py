"""Writes of the room service: coming in, leaving, being sent away, getting another role."""

from django.contrib.auth.hashers import check_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext, gettext_lazy

from accounts.errors import WRONG_PASSWORD
from accounts.models import User
from rooms import entry, measures, presence, rules, store
from rooms.deeds import Deed, about, done
from rooms.live import on_commit
from rooms.models import Ending, Membership, Role, Room
from rooms.policy import role_words
from rooms.services import role_told, tell_member
from rooms.signals import member_removed
from syncwatch.lib import clock, rate
from syncwatch.lib.errors import ApiError, Conflict, Forbidden, NotFound, register

REMOVED = register(
    "removed", status=403, when="The person was sent out of this room.",
    recover="A moderator must invite them again.",
)  # fmt: skip
OWNER_STAYS = register(
    "owner_stays", status=409, when="The owner tries to leave, or somebody to remove them.",
    recover="Transfer the room first, or close it.",
)  # fmt: skip
ASK_FIRST = register(
    "ask_first", status=403, when="The room lets in whom somebody inside has let in.",
    recover="Ask: POST /api/rooms/{code}/knocks/.",
)  # fmt: skip
REMOVED_WORDS = gettext_lazy("You were sent out of this room. A moderator has to invite you again.")


def room_join(*, user: User, room: Room, password: str = "") -> Membership:
    """Come in by the code. Who belongs already just keeps their place."""
    membership = Membership.objects.filter(room=room, user=user).select_related("user").first()
    if membership is not None and membership.active:
        return membership
    if membership is not None or not room.hidden:
        entry.require_not_banned(user, room)
    if room.hidden:
        raise NotFound(gettext("There is no such room, or it is not open to you."))
    if membership is not None and membership.barred_at:
        raise Forbidden(REMOVED, REMOVED_WORDS)
    if room.asks:
        words = gettext("Somebody inside has to let you in. Ask at the door.")
        raise Forbidden(ASK_FIRST, words)
    entry.require_unlocked(room)
    if room.locked:
        _check_password(user, room, password)
    entry.require_seat(user, room, Role.GUEST)
    return place_take(user=user, room=room, role=Role.GUEST)


def _check_password(user: User, room: Room, password: str) -> None:
    rate.check_sync("room_password", f"{room.code}:{user.pk}")
    if not check_password(password, room.password):
        wrong, none = (
            gettext("This is not the room's password."),
            gettext("This room has a password."),
        )
        words = wrong if password else none
        raise ApiError(WRONG_PASSWORD, words, fields={"password": [words]})


@transaction.atomic
def place_take(*, user: User, room: Room, role: str) -> Membership:
    """Give a person a place, or their old one back; never a lesser role than they hold.

    With the room's row held, so that whoever is banned at this moment is not in a moment later.
    """
    now = Room.objects.select_for_update(no_key=True).get(pk=room.pk)
    if not Membership.objects.filter(room=room, user=user, ended_at=None).exists():
        entry.require_not_banned(user, now)
        entry.require_unlocked(now)
    try:
        with transaction.atomic():
            membership, fresh = Membership.objects.select_related("user").get_or_create(
                room=room, user=user, defaults={"role": role}
            )
    except IntegrityError:  # two tabs joined at once; the other one won
        membership, fresh = (
            Membership.objects.select_related("user").get(room=room, user=user),
            False,
        )
    before = (membership.role, membership.ended_at)
    membership.role = rules.better_role(membership.role, role) if membership.active else role
    membership.ended_at, membership.ending, membership.barred_at = None, "", None
    if before != (membership.role, None):
        membership.save()
        tell_member(room, membership)
    if fresh or before[1]:
        done(Deed(str(room.pk), "joined", str(user.pk)))
        presence.tell_insider(user, room.code)
    return membership


@transaction.atomic
def room_leave(*, membership: Membership) -> None:
    """Give up one's place. The owner cannot: a room is never without one."""
    if membership.role == Role.OWNER:
        raise Conflict(
            OWNER_STAYS,
            gettext("This room is yours. Give it to somebody, or close it, before you leave."),
        )
    if place_end(membership, Ending.LEFT):
        done(Deed(str(membership.room_id), "left", str(membership.user_id)))


@transaction.atomic
def member_kick(*, actor: Membership, target: Membership, reason: str = "") -> None:
    """Send somebody out. The code and all earlier invitations are void for them from now on."""
    if actor.pk == target.pk:
        raise Conflict(message=gettext("You cannot send yourself out. Leave the room instead."))
    if not rules.outranks(actor.role, target.role):
        raise Forbidden(
            message=gettext("A {mine} cannot send out a {theirs}.").format(
                mine=role_words(actor.role), theirs=role_words(target.role)
            )
        )
    target.barred_at = clock.now()
    if place_end(target, Ending.KICKED):
        measures.taken(
            room_id=target.room_id, by=actor.user_id, action="kick", person=target.user_id,
            reason=reason,
        )  # fmt: skip
        done(Deed(str(target.room_id), "kicked", str(actor.user_id), about(target.user)))


def place_end(membership: Membership, ending: str) -> bool:
    """End a place, and tell the room; False when another process got there first. An owner's place
    never ends: it may have become theirs a moment ago.

    What they were given is over with it. What was taken from them is not: nobody is rid of a mute
    by going out and coming in again.
    """
    places = Membership.objects.filter(pk=membership.pk, ended_at=None).exclude(role=Role.OWNER)
    ended = places.update(ended_at=clock.now(), ending=ending, barred_at=membership.barred_at)
    if ended != 1:
        return False
    membership.rights.filter(allowed=True).delete()
    code, user_id = membership.room.code, str(membership.user_id)
    presence.tell_insider(membership.user, code)
    on_commit(lambda: store.remove_sync(code, user_id=user_id, reason=ending))
    transaction.on_commit(
        lambda: member_removed.send(
            sender=Membership, room_code=code, user_id=user_id, reason=ending
        )
    )
    return True


def place_held(place: Membership) -> Membership:
    """The place as it is now: nobody is sent out, or changed by somebody else, meanwhile."""
    places = Membership.objects.select_for_update(of=("self",)).filter(ended_at=None)
    found = places.select_related("user", "room").filter(pk=place.pk).first()
    if found is None:
        raise NotFound(gettext("This person is not in the room."))
    return found


@transaction.atomic
def role_set(*, actor: Membership, target: Membership, role: str, reason: str = "") -> Membership:
    """Give a member another role. Only to people below oneself, and only roles below one's own."""
    target = place_held(target)
    if not rules.outranks(actor.role, target.role) or not rules.may_give(actor.role, role):
        raise Forbidden(
            message=gettext("A {mine} cannot make a {theirs} a {role}.").format(
                mine=role_words(actor.role), theirs=role_words(target.role), role=role_words(role)
            )
        )
    if target.role != role:
        target.role = role
        target.save(update_fields=["role"])
        tell_member(target.room, target)
        measures.taken(
            room_id=target.room_id, by=actor.user_id, action="role", person=target.user_id,
            reason=reason, facts={"role": role},
        )  # fmt: skip
        role_told(target, by=str(actor.user_id))
    return target
