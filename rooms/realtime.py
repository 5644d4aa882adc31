"""Rooms on their own socket: the room and who is in it, as part of the snapshot."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from channels.db import database_sync_to_async

from rooms import store
from rooms.gateway.events import Caller, RoomEvents
from rooms.models import Room
from rooms.selectors import room_wire


@database_sync_to_async
def _room(room_id: str) -> dict[str, Any]:
    return room_wire(Room.objects.select_related("owner").get(pk=room_id))


class RoomOwnEvents(RoomEvents):
    prefix = "room"

    async def snapshot(self, caller: Caller) -> Mapping[str, Any]:
        members, count = await store.people(caller.code)
        room = await _room(caller.room_id)
        shown = _with_rights(members, room["capabilities"])
        return {"room": room, "members": shown, "member_count": count}


class _Member(msgspec.Struct):
    user: msgspec.Raw
    role: str
    capabilities: list[str]
    presence: str


def _with_rights(kept: Iterable[msgspec.Raw], may: Mapping[str, list[str]]) -> list[_Member]:
    """What each role may do follows the room as it is now; what is kept of people may be older."""
    members = [msgspec.json.decode(each, type=_Member) for each in kept]
    for member in members:
        member.capabilities = may[member.role]
    return members
