"""Writes of the room service: rooms themselves. See also memberships.py and invites.py."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext

from accounts.models import Notice, User
from accounts.notices import notice_give
from rooms import gateway, order, presence, protocol, store
from rooms.access import NO_ROOM
from rooms.deeds import Deed, about, done
from rooms.live import on_commit, tell_refresh
from rooms.models import Control, Membership, Role, Room, Visibility
from rooms.places.reopening import back_until
from rooms.places.welcome import insiders_know
from rooms.selectors import member_wire, room_wire
from rooms.signals import member_changed, room_closed, wait_changed
from syncwatch.lib import clock
from syncwatch.lib.errors import Forbidden, NotFound


@transaction.atomic
def room_create(
    *,
    owner: User,
    name: str,
    visibility: str = Visibility.UNLISTED,
    control: str = Control.EVERYONE,
    password: str = "",
    wait: dict[str, Any] | None = None,
    knocks: bool = False,
    temporary: bool = False,
) -> Room:
    """A new room with its owner in it."""
    room = Room(
        owner=owner,
        name=name,
        visibility=visibility,
        control=control,
        knocks=knocks,
        temporary=temporary,
        password=make_password(password) if password else "",
    )
    room.wait = room.wait | (wait or {})
    room.save()
    Membership.objects.create(room=room, user=owner, role=Role.OWNER)
    return room


@transaction.atomic
def room_update(*, room: Room, by: User, changes: dict[str, Any]) -> Room:
    """Change a room's settings; it hears of that.

    Only what is named is written: somebody else may change the rest, or close the room, at once.
    """
    fields = dict(changes)
    if "password" in fields:
        secret = fields["password"]
        fields["password"] = make_password(secret) if secret else ""
    room.refresh_from_db(from_queryset=Room.objects.select_for_update())
    if room.closed_at:
        raise NotFound(NO_ROOM)
    if "wait" in fields:
        fields["wait"] = room.wait | fields["wait"]
    order.told(room, str(by.pk), fields)
    if fields.get("welcome", room.welcome) != room.welcome:
        insiders_know(room)
    if fields.get("name", room.name) != room.name:
        done(Deed(str(room.pk), "renamed", str(by.pk), {"title": fields["name"]}))
    for field, value in fields.items():
        setattr(room, field, value)
    room.save(update_fields=list(fields))
    announce(room, by=by)
    if "wait" in fields:
        on_commit(lambda: _tell_wait(room))
    return room


def _tell_wait(room: Room) -> None:
    wait_changed.send(sender=Room, room_code=room.code, wait=room.wait)


def announce(room: Room, *, by: User | None) -> None:
    """After commit: the room hears what it is now, and so do the friends of those in it."""
    event = protocol.RoomUpdated(room=room_wire(room), by=str(by.id) if by else None)

    def publish() -> None:
        gateway.emit_sync(room.code, event)
        tell_refresh(room.code)
        presence.tell_room(room)
        store.stand_in_due_sync(room.code)

    on_commit(publish)


@transaction.atomic
def room_close(*, room: Room, by: User | None) -> bool:
    """Close a room: everybody hears it, then their sockets end. What its host closed they may open
    again for a while. False: it was closed.
    """
    closed = Room.objects.filter(pk=room.pk, closed_at=None).update(
        closed_at=clock.now(), back_until=back_until(room, by)
    )
    if closed != 1:
        return False  # another process got there first
    event = protocol.RoomClosed(by=str(by.id) if by else None)

    def publish() -> None:
        gateway.emit_sync(room.code, event)
        tell_refresh(room.code)
        presence.forget_room(room.code)
        room_closed.send(sender=Room, room_code=room.code)

    on_commit(publish)
    return True


@transaction.atomic
def ownership_transfer(*, room: Room, by: User, to: Membership) -> None:
    """The owner hands the room over and stays as a moderator.

    With the room's row held: whoever leaves or is sent out at this moment does not get it, and of
    two who hand it over at once the second one has it no more.
    """
    Room.objects.select_for_update(no_key=True).get(pk=room.pk)
    old = Membership.objects.get(room=room, role=Role.OWNER, ended_at=None)
    if old.user_id != by.pk:
        raise Forbidden(message=gettext("Only the host can hand this room over."))
    to.refresh_from_db()
    if not to.active:
        raise NotFound(gettext("This person is not in the room."))
    old.role = Role.MODERATOR
    old.save(update_fields=["role"])
    to.role = Role.OWNER
    to.save(update_fields=["role"])
    to.rights.all().delete()  # an owner has none of their own; old ones must not come back later
    room.owner = to.user
    room.save(update_fields=["owner"])
    announce(room, by=by)
    for membership in (old, to):
        tell_member(room, membership)
    role_told(to, by=str(by.pk))
    if not to.user.is_guest:  # guests have no bell
        data = {"code": room.code, "name": room.name}
        notice_give(user=to.user, kind=Notice.Kind.ROOM_GIVEN, from_user=by, data=data)


def role_told(membership: Membership, *, by: str) -> None:
    """The history keeps who gave somebody their role."""
    facts = about(membership.user) | {"role": membership.role}
    done(Deed(str(membership.room_id), "role", by, facts))


def tell_member(room: Room, membership: Membership) -> None:
    """After commit: the room hears of a member's new role, their sockets get the new rights."""
    wire = member_wire(membership, room, presence="online")
    on_commit(lambda: member_told(room.code, wire))


def member_told(code: str, member: dict[str, Any]) -> None:
    """Now: the room, whoever acts on what a person may do, and the end of their rights."""
    store.update_sync(code, member)
    member_changed.send(
        sender=Membership,
        room_code=code,
        user_id=member["user"]["id"],
        capabilities=member["capabilities"],
    )


def now_playing_set(*, room_id: str, now_playing: dict[str, Any] | None) -> None:
    """Playback writes down what is loaded, for lists, doors and "continue watching"."""
    Room.objects.filter(pk=room_id).update(now_playing=now_playing, active_at=clock.now())
    on_commit(lambda: presence.tell_room(Room.objects.get(pk=room_id)))
