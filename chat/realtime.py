"""Chat's part of the room socket."""

from collections.abc import Mapping
from typing import Any

import msgspec
from channels.db import database_sync_to_async

from chat import bursts, clearing, pins, protocol, reactions, reads, reports, rules, services, store
from chat.access import message_seen, message_to_delete, message_to_edit, words_in
from chat.emotes.services import emote_wire, emotes_of
from chat.selectors import message_wire, tail_lines
from chat.store import TailMissingError
from chat.unheard.selectors import shadow_muted_among
from chat.unheard.snapshots import Own, own_of
from rooms import gateway
from rooms.gateway.events import Caller, RoomEvents, RoomRef, handles
from syncwatch.lib.together import Gathered

_read_positions: Gathered[tuple[str, str], dict[str, Any] | None] = Gathered(
    database_sync_to_async(reads.read_positions)
)
own_unheard: Gathered[tuple[str, str], Own] = Gathered(database_sync_to_async(own_of))
_shadow_muted: Gathered[tuple[str, str], bool] = Gathered(
    database_sync_to_async(shadow_muted_among)
)


class ChatEvents(RoomEvents):
    """`chat:*`: saying, changing and taking back messages. `react:*`: what floats over the film."""

    prefix = "chat"

    async def common(self, room: RoomRef) -> Mapping[str, Any]:
        try:
            messages = await store.tail(room.code)
        except TailMissingError:
            await database_sync_to_async(_fill)(room.code)
            messages = await store.tail(room.code)
        return {
            **await database_sync_to_async(_kept)(room.id),
            "messages": msgspec.Raw(b"[" + b",".join(messages) + b"]"),
            "reactions": rules.REACTIONS,
        }

    async def personal(self, caller: Caller, common: Mapping[str, Any]) -> Mapping[str, Any]:
        read = await _read_positions.get((caller.room_id, caller.user_id))
        waiting = 0
        if "moderate" in caller.capabilities:
            count = database_sync_to_async(reports.open_count)
            waiting = await count(caller.room_id, caller.user_id)
        own = await own_unheard.get((caller.room_id, caller.user_id))
        messages = {"messages": own.among(bytes(common["messages"]))} if own.messages else {}
        return {"chat_read": read, "reports": waiting, **messages}

    @handles(protocol.Send)
    async def send(self, caller: Caller, frame: protocol.Send) -> Mapping[str, Any]:
        return await database_sync_to_async(_send)(caller, frame)

    @handles(protocol.Edit)
    async def edit(self, caller: Caller, frame: protocol.Edit) -> Mapping[str, Any]:
        return await database_sync_to_async(_edit)(caller, frame)

    @handles(protocol.Delete)
    async def delete(self, caller: Caller, frame: protocol.Delete) -> None:
        await database_sync_to_async(_delete)(caller, frame)

    @handles(protocol.Clear, limit="clear")
    async def clear(self, caller: Caller, frame: protocol.Clear) -> Mapping[str, Any]:
        return await database_sync_to_async(_clear)(caller, frame)

    @handles(protocol.ReactTo, limit="react")
    async def react_to(self, caller: Caller, frame: protocol.ReactTo) -> Mapping[str, Any]:
        return await database_sync_to_async(_react)(caller, frame)

    @handles(protocol.PinTo, limit="react")
    async def pin(self, caller: Caller, frame: protocol.PinTo) -> Mapping[str, Any]:
        return await database_sync_to_async(_pin)(caller, frame)

    @handles(protocol.Read, limit="read")
    async def read(self, caller: Caller, frame: protocol.Read) -> None:
        await database_sync_to_async(_read)(caller, frame)

    @handles(protocol.Typing, limit="typing")
    async def typing(self, caller: Caller, frame: protocol.Typing) -> None:
        moderates = "moderate" in caller.capabilities
        if not moderates and await _shadow_muted.get((caller.room_id, caller.user_id)):
            return  # nobody is told that something comes which they will not get
        await gateway.pass_(caller.code, protocol.Writing(user_id=caller.user_id))

    @handles(protocol.React)
    async def react(self, caller: Caller, frame: protocol.React) -> None:
        await bursts.burst(code=caller.code, by=caller.user_id, sign=frame.emoji, count=frame.count)


def _fill(code: str) -> None:
    store.fill(code, tail_lines(code))


def _kept(room_id: str) -> dict[str, Any]:
    """What the live tail does not hold."""
    return {
        "pins": pins.pin_count(room_id),
        "emotes": [emote_wire(each) for each in emotes_of(room_id)],
    }


def _send(caller: Caller, frame: protocol.Send) -> dict[str, Any]:
    message = services.message_send(
        room_id=caller.room_id,
        author_id=caller.user_id,
        body=frame.body,
        nonce=frame.nonce,
        reply_to=frame.reply_to,
        media_time_s=frame.media_time,
        style=frame.style,
        everybody="moderate" in caller.capabilities,
    )
    return {"message": message_wire(message)}


def _edit(caller: Caller, frame: protocol.Edit) -> dict[str, Any]:
    message = message_to_edit(room_id=caller.room_id, user_id=caller.user_id, message_id=frame.id)
    everybody = "moderate" in caller.capabilities
    edited = services.message_edit(message=message, body=frame.body, everybody=everybody)
    return {"message": message_wire(edited)}


def _delete(caller: Caller, frame: protocol.Delete) -> None:
    message = message_to_delete(
        room_id=caller.room_id,
        user_id=caller.user_id,
        message_id=frame.id,
        moderates="moderate" in caller.capabilities,
    )
    services.message_delete(message=message, by=caller.user_id)


def _clear(caller: Caller, frame: protocol.Clear) -> dict[str, Any]:
    count = clearing.clear(
        room_id=caller.room_id, by=caller.user_id, count=frame.count, user_id=frame.user_id
    )
    return {"count": count}


def _react(caller: Caller, frame: protocol.ReactTo) -> dict[str, Any]:
    message = words_in(caller.room_id, frame.id, reader=caller.user_id)
    changed = reactions.react(
        message=message, user_id=caller.user_id, emoji=frame.emoji, on=frame.on
    )
    return {"changed": changed}


def _read(caller: Caller, frame: protocol.Read) -> None:
    message = message_seen(caller.room_id, frame.id, reader=caller.user_id)
    reads.read_to(message=message, user_id=caller.user_id)


def _pin(caller: Caller, frame: protocol.PinTo) -> dict[str, Any]:
    message = words_in(caller.room_id, frame.id)
    return {"changed": pins.pin(message=message, by=caller.user_id, on=frame.on)}
