"""Telling a room that a message changed, so that what is told last is what is so.

Whoever tells holds the message's row meanwhile and reads it anew: of two changes at once, the one
told last is told with both of them in it.
"""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from chat import protocol, store
from chat.models import Kind, Message
from chat.selectors import letter, message_text, quoting, tail_lines, with_parts
from chat.store import TailMissingError
from rooms import gateway
from rooms.gateway.wire import body_of, kind_of

T = TypeVar("T")
Event = (
    protocol.Edited | protocol.Deleted | protocol.Reacted | protocol.Pinned
    | protocol.Voted | protocol.Closed
)  # fmt: skip


def with_tail(code: str, tell: Callable[[], T]) -> T:
    """Tell the room; when Redis lost its last messages, put those back first."""
    try:
        return tell()
    except TailMissingError:
        store.fill(code, tail_lines(code))
        return tell()


def locked(message_id: UUID) -> Message | None:
    """A message that nobody else changes until this transaction ends."""
    messages = Message.objects.select_for_update(of=("self",)).select_related("author")
    return messages.filter(pk=message_id).first()


def told_aside(message: Message) -> None:
    """Tell a message to its author's pages alone, and write down its number. Safe to repeat."""
    seq = store.aside(message.room.code, letter(message), str(message.author_id))
    Message.objects.filter(pk=message.pk, seq=None).update(seq=seq)
    message.seq = seq


def retell(message: Message, event: Callable[[Message], Event]) -> None:
    """Tell the room what became of a message, and of the answers that quote it. Of what nobody
    else got only its author hears.
    """
    code = message.room.code
    with transaction.atomic():
        now = locked(message.pk)
        if now is None:
            return  # erased meanwhile; that was told
        quotes: list[Message] = []
        if now.kind != Kind.SYSTEM:  # of what happened there is no more, and nobody answers it
            now = with_parts(Message.objects.filter(pk=message.pk)).get()
            quotes = list(quoting(now))
        told = event(now)
        if now.unheard:
            gateway.pass_sync(code, told, f"user:{now.author_id}")
            return
        lines = [(str(one.pk), message_text(one)) for one in quotes]
        lines.append((str(now.pk), "" if now.deleted_at else message_text(now)))
        kind, body = kind_of(told), body_of(told)
        with_tail(code, lambda: store.amend(code, kind=kind, body=body, lines=lines))
