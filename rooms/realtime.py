"""Rooms on their own socket: the room and who is in it, as part of the snapshot."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from channels.db import database_sync_to_async

from rooms import policy, protocol, rights, standing_in, store
from rooms.gateway.events import Caller, RoomEvents, RoomRef, handles, on_deadline
from rooms.models import Control, Room
from rooms.places import temporary
from rooms.selectors import room_wire, standing_wire


@database_sync_to_async
def _room(room_id: str) -> dict[str, Any]:
    return room_wire(Room.objects.select_related("owner").get(pk=room_id))


class RoomOwnEvents(RoomEvents):
    prefix = "room"

    async def common(self, room: RoomRef) -> Mapping[str, Any]:
        members, count = await store.people(room.code)
        now = await _room(room.id)
        return {
            "room": now,
            "members": _with_rights(members, now["control"]),
            "member_count": count,
            "away": await store.who_is_away(room.code),
        }

    @handles(protocol.Away, limit="react")
    async def away(self, caller: Caller, frame: protocol.Away) -> None:
        await store.away(caller.code, caller.user_id, on=frame.away)

    async def joined(self, caller: Caller) -> None:
        if caller.control != Control.EVERYONE and "control" in caller.capabilities:
            await database_sync_to_async(standing_in.settle)(caller.code)

    async def left(self, code: str, user_id: str) -> None:
        await temporary.last_one_gone(code)
        await store.stand_in_due(code, standing_in.AFTER_MS)

    @on_deadline(store.STAND_IN)
    async def somebody_is_gone(self, code: str, token: str) -> None:
        """Some time ago, and perhaps the last one who could play and pause; or the room changed."""
        await database_sync_to_async(standing_in.settle)(code)

    @on_deadline("room.rights")
    async def rights_over(self, code: str, token: str) -> None:
        """Some right of somebody has run out; `token` is when."""
        await database_sync_to_async(rights.rights_end)(code)
        await database_sync_to_async(standing_in.settle)(code)


class _Member(msgspec.Struct):
    user: msgspec.Raw
    role: str
    presence: str
    rights: list[dict[str, Any]] = []


def _with_rights(kept: Iterable[msgspec.Raw], control: str) -> list[dict[str, Any]]:
    """What people may do follows the room and the time; what is kept of them may be older."""
    members = [msgspec.json.decode(each, type=_Member) for each in kept]
    return [
        {
            "user": member.user,
            **standing_wire(member.role, control, map(policy.right_of, member.rights)),
            "presence": member.presence,
        }
        for member in members
    ]
