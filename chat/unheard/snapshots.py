"""What one person's snapshot has that nobody else's has."""

from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from chat.models import Message
from chat.polls import open_polls, open_wire
from chat.selectors import message_text, with_parts
from chat.store import TAIL_LENGTH
from chat.unheard.selectors import with_unheard, written_unheard
from chat.unheard.weaving import woven


class Own(NamedTuple):
    """The last messages that only their author was told of, the oldest first, and open polls."""

    messages: tuple[Message, ...] = ()
    polls: tuple[dict[str, Any], ...] = ()

    def among(self, tail: bytes) -> msgspec.Raw:
        lines = [(message.created_at, message_text(message)) for message in self.messages]
        return woven(tail, lines, most=TAIL_LENGTH)


def own_of(asked: set[tuple[str, str]]) -> dict[tuple[str, str], Own]:
    """By (room id, user id). One statement, where nobody of them is shadow-muted."""
    some = with_unheard(asked)
    return {each: _own(*each) if each in some else Own() for each in asked}


def _own(room_id: str, user_id: str) -> Own:
    messages = list(with_parts(written_unheard(room_id, UUID(user_id)))[:TAIL_LENGTH])
    polls = open_polls(room_id, user_id).filter(message__unheard=True).select_related("message")
    return Own(tuple(messages[::-1]), tuple(open_wire(each) for each in polls))
