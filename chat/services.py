"""Writes of chat. A message is committed first, then published; only then is it acked."""

import datetime
import logging
import secrets
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext

from chat import mentions, order, pins, protocol, store
from chat.access import NO_MESSAGE
from chat.models import BODY_MAX, Edit, Kind, Mention, Message, Pin, Poll, Style
from chat.rules import dice_of, roll_words
from chat.selectors import letter, message_wire, names_in, with_parts
from chat.telling import locked, retell, told_aside, with_tail
from rooms import measures
from rooms.models import Room
from syncwatch.lib import clock
from syncwatch.lib.errors import Invalid, NotFound
from syncwatch.lib.ids import uuid_or_none
from syncwatch.lib.text import clean_text

log = logging.getLogger(__name__)

SWEEP_AFTER = datetime.timedelta(seconds=10)
SWEEP_AT_ONCE = 500
EDITS_KEPT = 50


def _body(raw: str) -> str:
    body = clean_text(raw, BODY_MAX, what="body")
    if not body:
        raise Invalid(
            gettext("Write something first."), {"body": [gettext("Write something first.")]}
        )
    return body


def _mentioned(room_id: UUID | str, body: str, *, everybody: bool) -> list[mentions.Mention]:
    """Whom the words mean. Many at once is for `@all`, which moderators have."""
    if "@" not in body:
        return []
    found = mentions.mentions_in(body, names_in(room_id), everybody=everybody)
    if len({mention.user_id for mention in found}) > mentions.MENTIONED_MAX:
        words = gettext("This names more than {most} people. Name fewer of them.")
        words = words.format(most=mentions.MENTIONED_MAX)
        raise Invalid(words, {"body": [words]})
    return found


def _mentions_keep(message: Message, found: list[mentions.Mention]) -> None:
    if message.edited_at:  # a new one names nobody yet
        Mention.objects.filter(message=message).delete()
    Mention.objects.bulk_create(
        Mention(message=message, user_id=UUID(user_id) if user_id else None, name=name)
        for user_id, name in found
    )


def message_send(
    *,
    room_id: str,
    author_id: str,
    body: str,
    nonce: str,
    reply_to: str | None = None,
    media_time_s: float | None = None,
    everybody: bool = False,
    style: str | None = None,
) -> Message:
    """Say something in a room. With `everybody`, as moderators have it, `@all` means the whole of
    it, and nothing holds the message up. Dice of style roll fall here, once: the same nonce again
    tells what fell first.

    1. Commit the row; the same nonce again finds the first one.
    2. Publish it, once, and write down where that put it.
    A process that dies in between leaves a row without a rank: the retry or the sweep publishes it.
    """
    message = _first(room_id, author_id, nonce)
    if message is None:
        desk = order.desk_of(room_id, author_id, moderates=everybody)
        raw, roll = _thrown(body) if style == Style.ROLL else (_body(body), None)
        words = desk.admitted(raw, nonce=nonce) if desk else raw
        named = _mentioned(room_id, words, everybody=everybody)
        answered = _answered(room_id, reply_to, author_id)
        if desk is not None:
            desk.take_turn(raw, nonce=nonce)
        message = message_put(
            room_id=room_id, author_id=author_id, body=words, nonce=nonce, desk=desk,
            media_time_s=media_time_s, attach=lambda fresh: _mentions_keep(fresh, named),
            reply_to=answered, style=style or "", roll=roll,
        )  # fmt: skip
    return message_told(message)


def _thrown(body: str) -> tuple[str, dict[str, Any]]:
    """Throws the dice that `body` names: what it says then, and what fell."""
    dice = dice_of(body)
    if dice is None:
        words = gettext("Dice are written like 2d6: up to 20 of them, with up to 1000 sides.")
        raise Invalid(words, {"body": [words]})
    count, sides = dice
    results = [1 + secrets.randbelow(sides) for _ in range(count)]
    name = f"{count}d{sides}"
    return roll_words(name, results), {"dice": name, "results": results}


def message_put(
    *,
    room_id: str,
    author_id: str,
    body: str,
    nonce: str,
    desk: order.Desk | None,
    media_time_s: float | None,
    attach: Callable[[Message], None],
    reply_to: Message | None = None,
    **more: Any,
) -> Message:
    """Commit a message with what `attach` hangs on it; the same nonce again finds the first one.
    Here it is decided whether the room gets it, and what the room does not get is not quoted to it.
    """
    unheard = desk is not None and desk.unheard
    if reply_to is not None and reply_to.unheard and not unheard:
        reply_to = None
    fresh = Message(
        room_id=room_id, author_id=author_id, body=body, nonce=nonce, media_time_s=media_time_s,
        unheard=unheard, reply_to=reply_to,
        item_id=_item_on(room_id) if media_time_s is not None else None,
        created_at=clock.now(), **more,
    )  # fmt: skip
    message = _commit(fresh, attach)
    return with_parts(Message.objects.filter(pk=message.pk)).get()


def message_told(message: Message) -> Message:
    """Publish it unless that was done; what is unheard goes to its author's pages alone."""
    if message.deleted_at is not None:
        return message
    if message.unheard and message.seq is None:
        told_aside(message)
        _catch_up(message)
    elif not message.unheard and message.rank is None:
        message_publish(message)
        _catch_up(message)
    return message


def _catch_up(message: Message) -> None:
    """What it answers may have been changed, or taken back, while it was on its way."""
    quoted = message.reply_to
    if quoted is None:
        return
    as_was = Message.objects.filter(pk=quoted.pk, edited_at=quoted.edited_at, deleted_at=None)
    if not as_was.exists():
        message_rewritten(message)


def _first(room_id: str, author_id: str, nonce: str) -> Message | None:
    sent = Message.objects.filter(room_id=room_id, author=UUID(author_id), nonce=nonce)
    return sent.select_related("author", "room").first()


def _commit(fresh: Message, attach: Callable[[Message], None]) -> Message:
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
            attach(fresh)
    except IntegrityError:
        first = _first(str(fresh.room_id), str(fresh.author_id), fresh.nonce)
        if first is None:
            raise
        return first  # the same message, sent twice at once; the other one won
    return fresh


def _answered(room_id: str, reply_to: str | None, author_id: str) -> Message | None:
    if reply_to is None:
        return None
    found = uuid_or_none(reply_to)
    known = Q(unheard=False) | Q(author_id=author_id)
    messages = Message.objects.filter(known, room_id=room_id, kind=Kind.TEXT, deleted_at=None)
    message = messages.filter(id=found).select_related("author").first() if found else None
    if message is None:
        raise Invalid(
            gettext("The message you answer is not here any more."),
            {"reply_to": [gettext("Not here.")]},
        )
    return message


def _item_on(room_id: str) -> UUID | None:
    playing = Room.objects.values_list("now_playing", flat=True).get(pk=room_id) or {}
    return uuid_or_none(playing.get("item_id"))


def message_publish(message: Message) -> None:
    """Tell the room a committed message and write down its place. Safe to repeat."""
    code, ready = message.room.code, letter(message)
    place = with_tail(code, lambda: store.publish(code, ready))
    Message.objects.filter(pk=message.pk, rank=None).update(seq=place.seq, rank=place.rank)
    message.seq, message.rank = place.seq, place.rank


def message_edit(*, message: Message, body: str, everybody: bool = False) -> Message:
    """Other words for a message; the room hears of it when they are written. What it read before is
    kept for moderators. The same words again change nothing.
    """
    fresh = _body(body)
    desk = order.desk_of(message.room_id, message.author_id, moderates=everybody)
    fresh = desk.admitted(fresh) if desk else fresh
    mentioned = _mentioned(message.room_id, fresh, everybody=everybody)
    with transaction.atomic():
        before = locked(message.pk)
        if before is None or before.deleted_at is not None:
            raise NotFound(NO_MESSAGE)  # taken back a moment ago
        if before.body == fresh:
            return message
        message.body, message.edited_at = fresh, clock.now()
        message.save(update_fields=["body", "edited_at"])
        _edit_keep(before, message.edited_at)
        _mentions_keep(message, mentioned)
    message_rewritten(message)
    return message


def _edit_keep(before: Message, edited_at: datetime.datetime) -> None:
    """The newest of them: nobody reads a hundred versions of one message."""
    Edit.objects.create(message=before, body=before.body, edited_at=edited_at)
    older = before.edits.values_list("pk", flat=True)[EDITS_KEPT:]
    Edit.objects.filter(pk__in=list(older)).delete()


def message_rewritten(message: Message) -> None:
    """Tell the room that a message reads otherwise now."""
    retell(message, lambda now: protocol.Edited(message=message_wire(now)))


def message_delete(*, message: Message, by: str, reason: str = "") -> bool:
    """Take a message back: its words are gone from the database too, and all that hung on them.
    False where it was taken back before.
    """
    if Pin.objects.filter(message=message).exists():
        pins.pin(message=message, by=by, on=False)
    with transaction.atomic():
        deleted = Message.objects.filter(pk=message.pk, deleted_at=None).update(
            body="", deleted_at=clock.now()
        )
        if deleted and message.kind == Kind.TEXT and str(message.author_id) != by:
            _moderated(message, by, reason)
        message.reactions.all().delete()
        message.mentions.all().delete()
        message.edits.all().delete()
        Poll.objects.filter(message=message).delete()
    if deleted:
        retell(message, lambda _: protocol.Deleted(id=str(message.id), by=by))
    return bool(deleted)


def _moderated(message: Message, by: str, reason: str) -> None:
    facts = {"message": str(message.pk)}
    measures.taken(
        room_id=message.room_id, by=by, action="delete", person=message.author_id, facts=facts,
        reason=reason,
    )  # fmt: skip


def unpublished_publish() -> int:
    """Publish what was committed and then forgotten by a process that died; answers how many."""
    forgotten = (
        Message.objects.filter(
            rank=None, unheard=False, deleted_at=None, created_at__lt=clock.now() - SWEEP_AFTER
        )
        .select_related("author", "room")
        .order_by("created_at", "id")[:SWEEP_AT_ONCE]
    )
    for message in forgotten:
        message_publish(message)
    if forgotten:
        log.warning("published %d messages that had been left behind", len(forgotten))
    return len(forgotten)
