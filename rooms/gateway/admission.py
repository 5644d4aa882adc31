"""Who may come in: from a handshake to a Caller, with one read of the membership."""

import contextlib
import dataclasses
import itertools
import secrets
import uuid
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs

import msgspec
from channels.db import database_sync_to_async

from accounts import friend_access
from accounts.sockets import Identity
from rooms import policy, presence, store
from rooms.access import open_room
from rooms.gateway.closing import Close
from rooms.gateway.events import Caller, Link
from rooms.gateway.wire import PROTOCOL_VERSION
from rooms.models import Membership, Room
from rooms.rules import seats_for
from rooms.selectors import standing_wire
from syncwatch.lib import clock
from syncwatch.lib.errors import NotFound
from syncwatch.lib.together import Gathered

_opened = itertools.count()


def connection_id() -> str:
    """Sorts by when it was opened: of two sockets of one tab, the later one stays."""
    micros = int(clock.precise_ms() * 1000)
    return f"{micros:016d}{next(_opened):08d}{secrets.token_hex(4)}"


class Refused(Exception):
    """The socket is closed with this code right after it was accepted."""

    def __init__(self, code: Close) -> None:
        super().__init__(code.name)
        self.code = code


@dataclasses.dataclass(frozen=True)
class Query:
    """What the address of a handshake says."""

    version: str
    tab: str

    @classmethod
    def of(cls, scope: dict[str, Any]) -> "Query":
        fields = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        return cls(fields.get("v", [""])[0], fields.get("tab", [""])[0])

    def check(self) -> None:
        """This protocol version, and a tab id that is a UUID."""
        self.check_version()
        try:
            uuid.UUID(self.tab)
        except ValueError:
            raise Refused(Close.PROTOCOL) from None

    def check_version(self) -> None:
        if self.version != str(PROTOCOL_VERSION):
            raise Refused(Close.PROTOCOL)


def _place(code: str, user_id: uuid.UUID) -> Membership:
    try:
        room = open_room(code)
    except NotFound:
        raise Refused(Close.NO_ROOM) from None
    membership = (
        Membership.objects.filter(room=room, user_id=user_id, ended_at=None)
        .select_related("user")
        .prefetch_related("rights")
        .first()
    )
    if membership is None:
        hidden = room.hidden and not _belonged(room, user_id)
        raise Refused(Close.NO_ROOM if hidden else Close.NOT_ALLOWED)
    membership.room = room
    return membership


def _belonged(room: Room, user_id: uuid.UUID) -> bool:
    """Whoever was inside once knows that the room exists; they are told that they are out."""
    return Membership.objects.filter(room=room, user_id=user_id).exists()


Way = tuple[Membership | None, frozenset[str]]
"""A person's place in a room, and whom a block stands between."""


def _ways_in(asked: set[tuple[str, str]]) -> dict[tuple[str, str], Way]:
    """For each (code, user id); several of one room cost hardly more than one."""
    users = {user_id for _, user_id in asked}
    known, hidden = _places_of({code for code, _ in asked}, users), hidden_from(users)
    return {
        (code, user_id): (known.get(code, {}).get(user_id), hidden[user_id])
        for code, user_id in asked
    }


_way_in: Gathered[tuple[str, str], Way] = Gathered(database_sync_to_async(_ways_in))


def hidden_from(user_ids: set[str]) -> dict[str, frozenset[str]]:
    """For each of these people, whom a block stands between."""
    found = friend_access.hidden_from({uuid.UUID(each) for each in user_ids})
    return {str(one): frozenset(str(each) for each in them) for one, them in found.items()}


async def admit(*, code: str, identity: Identity, tab: str, link: Link) -> Caller:
    """The caller of a fresh connection; raises Refused."""
    membership, hidden = await _way_in.get((code, str(identity.user_id)))
    if membership is None:  # under another name for the room, or not at all, for a reason
        membership = await database_sync_to_async(_place)(code, identity.user_id)
    return Caller(
        room_id=str(membership.room.id),
        code=membership.room.code,
        user_id=str(identity.user_id),
        display_name=identity.display_name,
        is_guest=identity.is_guest,
        avatar=identity.avatar,
        picture=identity.picture,
        role=membership.role,
        control=membership.room.control,
        rights=membership.given(),
        sid=str(identity.sid),
        tab=tab,
        conn_id=connection_id(),
        link=link,
        hidden=hidden,
        seats=seats_for(membership.role, membership.room.seats),
    )


def _places_of(codes: set[str], user_ids: set[str]) -> dict[str, dict[str, Membership]]:
    """Active memberships of these people by room code and user id; no entry for a closed room."""
    rooms = Room.objects.filter(code__in=codes, closed_at=None)
    places: dict[str, dict[str, Membership]] = {room.code: {} for room in rooms}
    found = Membership.objects.filter(room__in=rooms, user_id__in=user_ids, ended_at=None)
    for membership in found.select_related("room", "user").prefetch_related("rights"):
        places[membership.room.code][str(membership.user_id)] = membership
    return places


places = database_sync_to_async(_places_of)


def with_rights(caller: Caller, place: Membership, hidden: frozenset[str]) -> Caller:
    """The same caller with the rights, the name, the picture and the blocks they have now."""
    return dataclasses.replace(
        caller,
        role=place.role,
        control=place.room.control,
        rights=place.given(),
        display_name=place.user.display_name,
        picture=place.user.picture,
        is_guest=place.user.is_guest,
        hidden=hidden,
    )


class _Told(msgspec.Struct):
    role: str
    rights: list[dict[str, Any]]


def as_told(caller: Caller, member: str) -> Caller:
    """The same caller with what the room was just told of them, before any database is asked."""
    told = msgspec.json.decode(member, type=_Told)
    return dataclasses.replace(
        caller, role=told.role, rights=tuple(map(policy.right_of, told.rights))
    )


def member_of(caller: Caller) -> dict[str, Any]:
    """A caller in the form members have on the wire."""
    return {
        "user": caller.person,
        **standing_wire(caller.role, caller.control, caller.rights),
        "presence": "online",
    }


async def remind(callers: Iterable[Caller]) -> None:
    """See that these rooms are told when rights of these people end; over already, at once."""
    ends: dict[str, set[int]] = {}
    for caller in callers:
        mine = {right.until_ms for right in caller.rights if right.until_ms is not None}
        ends.setdefault(caller.code, set()).update(mine)
    for code, due in ends.items():
        await store.remind(code, due)


async def arrive(caller: Caller, *, back: bool = False) -> bool:
    """Take the lease that makes a person present; True for their first connection. `back`: they
    had one, and Redis lost it; nobody takes their seat meanwhile.

    Raises Refused for somebody who was sent away after their membership was read, or where no
    seat is left.
    """
    seats = None if back else caller.seats
    try:
        fresh = await store.arrive(
            caller.code, conn_id=caller.conn_id, member=member_of(caller), seats=seats
        )
    except store.RoomFullError:
        raise Refused(Close.FULL) from None
    if fresh is None:
        raise Refused(Close.NOT_ALLOWED)
    await remind([caller])
    await presence.arrive(caller)
    return fresh


async def take_back(callers: Iterable[Caller]) -> list[Caller]:
    """Take leases again that were lost with their sockets open; answers those whose person was
    missed meanwhile. Whoever was sent away stays outside: the drop that closes it is under way.
    """
    missed = []
    for caller in callers:
        with contextlib.suppress(Refused):
            if await arrive(caller, back=True):
                missed.append(caller)
    return missed
