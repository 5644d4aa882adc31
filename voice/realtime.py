"""Voice's part of the room socket: who is in the call, and how browsers find each other."""

from collections.abc import Mapping
from typing import Any

import msgspec
from channels.db import database_sync_to_async
from django.conf import settings
from django.utils.translation import gettext
from msgspec import UNSET

from rooms import gateway, rules
from rooms.access import member_in
from rooms.gateway.events import Caller, RoomEvents, RoomRef, handles, on_deadline
from rooms.models import Room
from rooms.policy import role_words
from syncwatch.lib.errors import ApiError, Conflict, Forbidden, Invalid, register
from voice import protocol, store

CALL_FULL = register(
    "voice_full", status=409, when="As many people talk in the room as the server allows.",
    recover="Wait until somebody leaves the call. The film and the chat go on.",
)  # fmt: skip
NOT_IN_CALL = register(
    "not_in_call", status=409, when="A frame of voice from somebody who is not in the call.",
    recover="Send `voice:join` first.",
)  # fmt: skip
PEER_GONE = register(
    "voice_peer_gone", status=404, when="A signal for somebody who is not in the call.",
    recover="Close the connection to them.",
)  # fmt: skip


class VoiceEvents(RoomEvents):
    """`voice:*`: coming, going, how one is, and signals between two."""

    prefix = "voice"

    async def common(self, room: RoomRef) -> Mapping[str, Any]:
        return {"voice": {"peers": await store.peers(room.code)}}

    @handles(protocol.Join)
    async def join(self, caller: Caller, frame: protocol.Join) -> Mapping[str, Any]:
        most = settings.VOICE_MAX_PEERS
        try:
            peers = await store.join(
                caller.code, session=frame.session, person=caller.person,
                conn_id=caller.conn_id, muted=frame.muted, most=most,
            )  # fmt: skip
        except store.CallFullError:
            words = gettext(
                "{most} people talk here already, the most. Try when one leaves."
            ).format(most=most)
            raise Conflict(CALL_FULL, words) from None
        except store.SessionTakenError:
            words = gettext("Another call has this name.")
            raise Invalid(words, {"session": [words]}) from None
        return {"peers": peers}

    @handles(protocol.Leave)
    async def leave(self, caller: Caller, frame: protocol.Leave) -> None:
        await store.leave(caller.code, conn_id=caller.conn_id)

    @handles(protocol.State)
    async def state(self, caller: Caller, frame: protocol.State) -> None:
        try:
            await store.set_state(
                caller.code, conn_id=caller.conn_id, muted=frame.muted,
                deafened=frame.deafened, speaking=frame.speaking,
            )  # fmt: skip
        except store.NotInCallError:
            raise _out() from None

    @handles(protocol.Signal, limit="signal")
    async def signal(self, caller: Caller, frame: protocol.Signal) -> None:
        given = {"description": frame.description, "candidate": frame.candidate}
        fields = {name: value for name, value in given.items() if value is not UNSET}
        if len(fields) != 1:
            raise Invalid(gettext("Send a description or a candidate."))
        try:
            await store.signal(
                caller.code, conn_id=caller.conn_id, to=frame.to,
                fields={"epoch": frame.epoch, **msgspec.to_builtins(fields)}, hidden=caller.hidden,
            )  # fmt: skip
        except store.NotInCallError:
            raise _out() from None
        except store.PeerGoneError:
            raise ApiError(PEER_GONE, gettext("This person is not in the call any more.")) from None

    @handles(protocol.Remove)
    async def remove(self, caller: Caller, frame: protocol.Remove) -> None:
        await database_sync_to_async(_require_below)(caller, frame.user_id)
        if not await store.remove(caller.code, user_id=frame.user_id, reason="removed"):
            raise ApiError(PEER_GONE, gettext("This person is not in the call any more."))

    @handles(protocol.Hush)
    async def hush(self, caller: Caller, frame: protocol.Hush) -> None:
        await gateway.pass_(caller.code, protocol.Hushed(by=caller.user_id))

    @on_deadline("voice.sweep")
    async def somebody_may_be_lost(self, code: str, token: str) -> None:
        await store.sweep(code)


def _out() -> Conflict:
    return Conflict(NOT_IN_CALL, gettext("You are not in the call. Join it first."))


def _require_below(caller: Caller, user_id: str) -> None:
    target = member_in(Room.objects.get(pk=caller.room_id), user_id)
    if not rules.outranks(caller.role, target.role):
        raise Forbidden(
            message=gettext("A {mine} cannot take a {theirs} out of the call.").format(
                mine=role_words(caller.role), theirs=role_words(target.role)
            )
        )
