"""Reads of chat: messages in their wire form, the history."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import QuerySet

from accounts.models import User
from accounts.selectors import person
from chat.models import Kind, Message, Poll, Reaction
from chat.store import TAIL_LENGTH, Letter, Line
from chat.unheard.selectors import written_unheard
from chat.unheard.weaving import edge_at, page_of
from rooms.models import Membership, Room

QUOTE_MAX = 120
REACTORS_TOLD = 20


def message_wire(message: Message) -> dict[str, Any]:
    """A message as the room sees it."""
    return {
        "id": str(message.id),
        "seq": message.seq,
        "kind": message.kind,
        "body": message.body,
        "style": message.style or None,
        "roll": message.roll,
        "deed": message.deed,
        "author": person(message.author) if message.author else None,
        "created_at": message.created_at.isoformat(),
        "edited_at": message.edited_at.isoformat() if message.edited_at else None,
        "item_id": str(message.item_id) if message.item_id else None,
        "media_time": message.media_time_s,
        "reply_to": str(message.reply_to_id) if message.reply_to_id else None,
        "reply": _quote(message.reply_to) if message.reply_to else None,
        **(_BARE if message.kind == Kind.SYSTEM else _attached(message)),
        "nonce": message.nonce,
    }


# Nothing hangs on a line of what happened: nobody has to look.
_BARE: dict[str, Any] = {"reactions": [], "mentions": [], "pinned": False, "poll": None}


def _attached(message: Message) -> dict[str, Any]:
    """What people hang on what somebody said."""
    return {
        "reactions": reactions_wire(message),
        "mentions": [
            {"user_id": str(each.user_id) if each.user_id else None, "name": each.name}
            for each in message.mentions.all()
        ],
        "pinned": hasattr(message, "pin"),
        "poll": poll_wire(message.poll) if hasattr(message, "poll") else None,
    }


def poll_wire(poll: Poll) -> dict[str, Any]:
    return {
        "options": poll.options,
        "multiple": poll.multiple,
        "counts": poll.counts,
        "voters": poll.voters,
        "closes_at": poll.closes_at.isoformat() if poll.closes_at else None,
        "closed_at": poll.closed_at.isoformat() if poll.closed_at else None,
    }


def _quote(message: Message) -> dict[str, Any]:
    """What an answer shows of the message it answers, and where in which film that was said: it
    may lie further on than the answer.
    """
    return {
        "id": str(message.id),
        "author": person(message.author) if message.author else None,
        "text": message.body[:QUOTE_MAX],
        "deleted": message.deleted_at is not None,
        "item_id": str(message.item_id) if message.item_id else None,
        "media_time": message.media_time_s,
    }


def reactions_wire(message: Message) -> list[dict[str, Any]]:
    """Each emoji once, in an order that does not change with who came first; `by` are the first
    of those who reacted.
    """
    by: dict[str, list[str]] = {}
    for reaction in message.reactions.all():
        by.setdefault(reaction.emoji, []).append(str(reaction.user_id))
    return [
        {"emoji": emoji, "count": len(ids), "by": ids[:REACTORS_TOLD]}
        for emoji, ids in sorted(by.items())
    ]


def reacted_wire(reaction: Reaction) -> dict[str, Any]:
    return {
        "emoji": reaction.emoji,
        "user": person(reaction.user),
        "created_at": reaction.created_at.isoformat(),
    }


def edits_wire(message: Message) -> list[dict[str, Any]]:
    """What a message read before, the newest first."""
    return [
        {"body": edit.body, "edited_at": edit.edited_at.isoformat()} for edit in message.edits.all()
    ]


def with_parts(messages: QuerySet[Message]) -> QuerySet[Message]:
    """With all that their wire form needs, whatever their number."""
    return messages.select_related(
        "author", "room", "reply_to__author", "pin", "poll"
    ).prefetch_related("reactions", "mentions")


def message_text(message: Message) -> str:
    return msgspec.json.encode(message_wire(message)).decode()


def letter(message: Message) -> Letter:
    """A message to publish. Its seq comes first in the JSON, because it is known last."""
    fields = message_wire(message)
    fields.pop("seq")
    rest = msgspec.json.encode(fields).decode()
    nonce = msgspec.json.encode(message.nonce).decode()
    return Letter(str(message.id), '{"seq":', f",{rest[1:]}", nonce)


def names_in(room_id: UUID | str) -> list[tuple[str, tuple[str, ...]]]:
    """What the people of a room answer to, by user id."""
    here = Membership.objects.filter(room_id=room_id, ended_at=None)
    rows = here.values_list("user_id", "user__display_name", "user__username")
    return [(str(user_id), tuple(filter(None, names))) for user_id, *names in rows]


def history(room: Room) -> QuerySet[Message]:
    """Everything published and not taken back, the newest first."""
    told = Message.objects.filter(room=room, rank__isnull=False, deleted_at=None)
    return with_parts(told).order_by("-rank")


def quoting(message: Message) -> QuerySet[Message]:
    """The newest answers to a message: those that the live tail can hold."""
    answers = Message.objects.filter(reply_to=message, rank__isnull=False, deleted_at=None)
    return with_parts(answers).order_by("-rank")[:TAIL_LENGTH]


def quoting_any(room: Room, ids: Collection[UUID]) -> QuerySet[Message]:
    """As `quoting`, of several messages."""
    told = Message.objects.filter(room=room, reply_to__in=ids)
    told = told.filter(rank__isnull=False, deleted_at=None)
    return with_parts(told).order_by("-rank")[:TAIL_LENGTH]


Narrowed = Callable[[QuerySet[Message]], QuerySet[Message]]


def read_before(
    room: Room, message_id: str | None, limit: int, *, reader: User,
    narrowed: Narrowed = lambda messages: messages,
) -> tuple[list[Message], bool]:  # fmt: skip
    """A page of what one person may read, the newest first, and whether there is more before it."""
    edge = edge_at(room, message_id, reader.pk) if message_id is not None else None
    if message_id is not None and edge is None:
        return [], False
    own = with_parts(narrowed(written_unheard(room, reader.pk)))
    return page_of(narrowed(history(room)), own, edge=edge, limit=limit)


def history_before(
    room: Room, message_id: str | None, limit: int, *, reader: User
) -> tuple[list[Message], bool]:
    """A page of the history, newest last, and whether there is more before it."""
    page, more = read_before(room, message_id, limit, reader=reader)
    return page[::-1], more


def tail_lines(code: str) -> list[Line]:
    """The last messages for the live tail, oldest first."""
    room = Room.objects.get(code=code)
    newest = list(history(room)[:TAIL_LENGTH])
    return [Line(str(each.id), each.rank or 0, message_text(each)) for each in newest[::-1]]


def letters_around(message: Message, each_way: int) -> list[Message]:
    """A message with its neighbours in the room, as they were said; for whoever judges it."""
    said = Message.objects.filter(room_id=message.room_id).select_related("author")
    if message.rank is None:
        return [message]
    before = list(said.filter(rank__lt=message.rank).order_by("-rank")[:each_way])
    after = list(said.filter(rank__gt=message.rank).order_by("rank")[:each_way])
    return [*reversed(before), message, *after]
