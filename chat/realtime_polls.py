"""Polls on the room socket."""

from collections.abc import Mapping
from typing import Any

from channels.db import database_sync_to_async

from chat import polls, protocol
from chat.realtime import own_unheard
from chat.selectors import message_wire
from rooms.gateway.events import Caller, RoomEvents, RoomRef, handles, on_deadline


class PollEvents(RoomEvents):
    """`poll:*`: asking the room, answering, ending it. A poll is a message of the chat."""

    prefix = "poll"

    async def common(self, room: RoomRef) -> Mapping[str, Any]:
        return {"polls": await database_sync_to_async(polls.open_in)(room.id)}

    async def personal(self, caller: Caller, common: Mapping[str, Any]) -> Mapping[str, Any]:
        own = await own_unheard.get((caller.room_id, caller.user_id))
        asked = [*common["polls"], *own.polls]
        if not asked:
            return {"votes": {}}
        votes = await database_sync_to_async(polls.chosen)(caller.room_id, caller.user_id)
        return {"votes": votes, "polls": asked} if own.polls else {"votes": votes}

    @handles(protocol.OpenPoll, limit="poll_open")
    async def open(self, caller: Caller, frame: protocol.OpenPoll) -> Mapping[str, Any]:
        return await database_sync_to_async(_open)(caller, frame)

    @handles(protocol.VoteFor, limit="react")
    async def vote(self, caller: Caller, frame: protocol.VoteFor) -> Mapping[str, Any]:
        return await database_sync_to_async(_vote)(caller, frame)

    @handles(protocol.ClosePoll, limit="react")
    async def close(self, caller: Caller, frame: protocol.ClosePoll) -> Mapping[str, Any]:
        return await database_sync_to_async(_close)(caller, frame)

    @on_deadline("poll.count")
    async def votes_came(self, code: str, token: str) -> None:
        await database_sync_to_async(_count)(token)

    @on_deadline("poll.close")
    async def time_is_over(self, code: str, token: str) -> None:
        await database_sync_to_async(_end)(token)


def _open(caller: Caller, frame: protocol.OpenPoll) -> dict[str, Any]:
    message = polls.poll_open(
        room_id=caller.room_id, by=caller.user_id, frame=frame,
        moderates="moderate" in caller.capabilities,
    )  # fmt: skip
    return {"message": message_wire(message)}


def _vote(caller: Caller, frame: protocol.VoteFor) -> dict[str, Any]:
    poll = polls.poll_in(caller.room_id, frame.id, reader=caller.user_id)
    return {"options": polls.vote(poll=poll, user_id=caller.user_id, options=frame.options)}


def _close(caller: Caller, frame: protocol.ClosePoll) -> dict[str, Any]:
    poll = polls.poll_in(caller.room_id, frame.id, reader=caller.user_id)
    moderates = "moderate" in caller.capabilities
    return {"changed": polls.poll_close(poll=poll, by=caller.user_id, moderates=moderates)}


def _count(poll_id: str) -> None:
    poll = polls.poll_due(poll_id)
    if poll and not poll.closed_at:
        polls.counts_told(poll.message, forced=True)


def _end(poll_id: str) -> None:
    poll = polls.poll_due(poll_id)
    if poll:
        polls.poll_close(poll=poll, by=None)
