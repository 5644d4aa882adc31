"""Inviting a friend to a room: a link for them alone, and a line in their list."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from accounts import friend_access, notices
from accounts.models import Notice, User
from rooms import invites, rules
from rooms.access import Place, place_or_none
from rooms.models import Invite, Membership, Role, Room
from rooms.rules import InviteState
from rooms.selectors import state_of
from syncwatch.lib import clock
from syncwatch.lib.errors import Forbidden, register

NOT_FRIENDS = register(
    "not_friends", status=403, when="Only friends are invited by name.",
    recover="Ask them to be friends first, or send them a link.",
)  # fmt: skip
HOLDS_DAYS = 7


@transaction.atomic
def friend_invite(*, place: Place, friend: User) -> None:
    """One tap: it arrives in the friend's list. Said again while it waits there, it is still one.

    Who blocked somebody is not their friend any more, so nothing is said about blocks here.
    """
    by, room = place.membership, place.room
    if not friend_access.are_friends(by.user, friend):
        words = gettext("You can invite friends. Ask them to be one first, or send them a link.")
        raise Forbidden(NOT_FRIENDS, words)
    if not _waits(by.user, friend, room):
        data = {"code": room.code, "name": room.name, "path": _path(by, room, friend)}
        kind = Notice.Kind.ROOM_INVITED
        notices.notice_give(user=friend, kind=kind, from_user=by.user, data=data)


def _waits(by: User, friend: User, room: Room) -> bool:
    """Is it in their list already, and has it not been looked at?"""
    kind = Notice.Kind.ROOM_INVITED
    waiting = friend.notices.filter(kind=kind, from_user=by, read_at=None, data__code=room.code)
    paths: list[dict[str, Any]] = list(waiting.values_list("data", flat=True)[:1])
    return any(_opens(each["path"], room) for each in paths)


def _opens(path: str, room: Room) -> bool:
    token = path.removeprefix("/i/")
    invite = Invite.objects.filter(token=token).select_related("room").first()
    return path == _own(room) or (invite is not None and state_of(invite) is InviteState.OK)


def _own(room: Room) -> str:
    return f"/r/{room.code}"


def _path(by: Membership, room: Room, friend: User) -> str:
    """Where it leads: who belongs to the room already needs no key to it."""
    if place_or_none(friend, room) is not None:
        return _own(room)
    role = Role.MEMBER if rules.may_give(by.role, Role.MEMBER) else Role.GUEST
    until = clock.now() + datetime.timedelta(days=HOLDS_DAYS)
    made = invites.invite_create(
        room=room, by=by, role=role, expires_at=until, max_uses=1, for_user=friend
    )
    return f"/i/{made.token}"
