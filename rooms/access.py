"""The only way to get a room, a member or an invitation that a person may see or touch."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from rooms import refusals
from rooms.models import Invite, Membership, Room
from rooms.places.names import is_code
from syncwatch.lib.errors import Forbidden, NotFound, register
from syncwatch.lib.ids import uuid_or_none

NOT_A_MEMBER = register(
    "not_a_member", status=403, when="The person sees the room's door but is not inside.",
    recover="Join first: POST /api/rooms/{code}/join/.",
)  # fmt: skip
NO_ROOM = gettext_lazy("There is no such room, or it is not open to you.")


@dataclass(frozen=True)
class Place:
    """A person in a room: what every later decision rests on."""

    room: Room
    membership: Membership

    @cached_property
    def capabilities(self) -> frozenset[str]:
        return self.membership.capabilities(self.room)

    def require(self, capability: str) -> None:
        """Raise the refusal that says who can give it, where the person lacks it."""
        if capability not in self.capabilities:
            role = self.membership.role
            raise refusals.refusal(capability, role, refusals.granters(self.room.pk))


def open_room(code: str) -> Room:
    """Any open room by its code or its address, for doors and joining; the code itself is the
    secret, an address is not one.
    """
    word = code.lower()
    named = {"code": word} if is_code(word) else {"address": word}
    rooms = Room.objects.filter(**named, closed_at=None).select_related("owner")
    room = rooms.first() if _could_be_stored(code) else None
    if room is None:
        raise NotFound(NO_ROOM)
    return room


def _could_be_stored(word: str) -> bool:
    """Codes and tokens are ASCII; PostgreSQL would fail over a NUL instead of finding nothing."""
    return word.isascii() and word.isprintable()


def place_or_none(user: User, room: Room) -> Membership | None:
    return (
        Membership.objects.filter(room=room, user=user, ended_at=None)
        .select_related("user")
        .first()
    )


def place_in(user: User, code: str) -> Place:
    """A member's place. Hidden rooms look absent to others; visible ones ask to join first."""
    room = open_room(code)
    membership = place_or_none(user, room)
    if membership is not None:
        return Place(room, membership)
    if room.hidden:
        raise NotFound(NO_ROOM)
    raise Forbidden(NOT_A_MEMBER, gettext("You are not in this room. Join it first."))


def room_for(user: User, code: str) -> tuple[Room, Membership]:
    """As `place_in`, for callers that want the two rows."""
    place = place_in(user, code)
    return place.room, place.membership


def member_in(room: Room, user_id: str) -> Membership:
    """An active member by user id."""
    found = uuid_or_none(user_id)
    membership = (
        room.memberships.filter(user_id=found, ended_at=None)
        .select_related("user")
        .prefetch_related("rights")
        .first()
        if found
        else None
    )
    if membership is None:
        raise NotFound(gettext("This person is not in the room."))
    return membership


def invite_in(room: Room, invite_id: str) -> Invite:
    found = uuid_or_none(invite_id)
    invite = room.invites.filter(id=found, revoked_at=None).first() if found else None
    if invite is None:
        raise NotFound(gettext("There is no such invitation."))
    return invite


def invite_by(token: str) -> Invite:
    """An invitation by its link, whatever its state; the door says what is wrong with it."""
    invites = Invite.objects.filter(token=token).select_related("room__owner", "created_by")
    invite = invites.first() if _could_be_stored(token) else None
    if invite is None:
        raise NotFound(gettext("This invitation does not exist. Check the link."))
    return invite
