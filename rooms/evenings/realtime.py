"""Evenings on the room socket: the date, who comes, who is ready."""

from collections.abc import Mapping
from typing import Any

from channels.db import database_sync_to_async

from rooms.evenings import protocol, services, store
from rooms.evenings.selectors import evening_wire, upcoming
from rooms.evenings.upkeep import remind
from rooms.gateway.events import Caller, RoomEvents, RoomRef, handles
from rooms.models import Room


class EveningEvents(RoomEvents):
    """`evening:*`: being ready before it begins. Planning and answers go by HTTP."""

    prefix = "evening"

    async def common(self, room: RoomRef) -> Mapping[str, Any]:
        evening = await database_sync_to_async(_evening)(room.id)
        ready = await store.who_is_ready(room.code) if evening else []
        return {"evening": evening, "evening_ready": ready}

    @handles(protocol.Ready, limit="react")
    async def ready(self, caller: Caller, frame: protocol.Ready) -> None:
        await database_sync_to_async(services.require_lobby)(caller.room_id)
        await store.ready(caller.code, caller.user_id, on=frame.ready)

    async def left(self, code: str, user_id: str) -> None:
        await store.ready(code, user_id, on=False)


def _evening(room_id: str) -> dict[str, Any] | None:
    """The date to come. Whoever comes in makes sure that somebody is woken up for it."""
    evening = upcoming(Room(pk=room_id))
    if evening is None:
        return None
    remind(evening)
    return evening_wire(evening)
