"""Polls: what a message asks the room, and how it answers. Who chose what is nobody's business."""

import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from chat import order, protocol, store
from chat.access import NO_MESSAGE, message_in
from chat.models import Message, Poll, Vote
from chat.rules import OPTION_CHARS, OPTIONS_MAX, OPTIONS_MIN, POLLS_OPEN_MAX, QUESTION_CHARS
from chat.selectors import poll_wire, with_parts
from chat.services import message_put, message_told
from chat.telling import retell
from chat.unheard.selectors import readable
from rooms import gateway
from rooms.models import Room
from syncwatch.lib import clock
from syncwatch.lib.errors import Conflict, Forbidden, Invalid, NotFound, register
from syncwatch.lib.text import clean_text

POLL_CLOSED = register(
    "poll_closed", status=409, when="The poll takes no votes any more.",
    recover="Read its result in the message.",
)  # fmt: skip
CLOSE_AT_ONCE = 200


def _refused(field: str, words: str) -> Invalid:
    return Invalid(words, {field: [words]})


def _options(raw: list[str]) -> list[str]:
    options = [clean_text(each, OPTION_CHARS, what="option") for each in raw]
    if not all(options):
        raise _refused("options", gettext("Every option needs words."))
    if len(options) < OPTIONS_MIN:
        raise _refused("options", gettext("A poll needs two options at least."))
    if len(options) > OPTIONS_MAX:
        words = gettext("A poll has {most} options at most.").format(most=OPTIONS_MAX)
        raise _refused("options", words)
    if len({option.casefold() for option in options}) < len(options):
        raise _refused("options", gettext("Two options say the same."))
    return options


def poll_open(*, room_id: str, by: str, frame: protocol.OpenPoll, moderates: bool) -> Message:
    """Ask the room, in words and at a time it lets them. The same nonce again finds the first."""
    question = clean_text(frame.question, QUESTION_CHARS, what="question")
    if not question:
        raise _refused("question", gettext("A poll needs a question."))
    options = _options(frame.options)
    desk = order.desk_of(room_id, by, moderates=moderates)
    if desk is not None:
        asked = question
        question = desk.admitted(question, nonce=frame.nonce)
        options = [desk.admitted(option) for option in options]
        desk.take_turn(asked, nonce=frame.nonce)

    def ask(message: Message) -> None:
        # The open polls of a room are counted; its key stays free for others who write here.
        Room.objects.select_for_update(no_key=True).get(pk=room_id)
        if open_polls(room_id, by).count() >= POLLS_OPEN_MAX:
            words = gettext("{most} polls are open. Close one of them first.")
            raise Invalid(words.format(most=POLLS_OPEN_MAX))
        ends = clock.now() + datetime.timedelta(seconds=frame.for_s) if frame.for_s else None
        Poll.objects.create(
            message=message, options=options, multiple=frame.multiple,
            counts=[0] * len(options), closes_at=ends,
        )  # fmt: skip

    message = message_put(
        room_id=room_id, author_id=by, body=question, nonce=frame.nonce, desk=desk,
        media_time_s=frame.media_time, attach=ask,
    )  # fmt: skip
    poll = getattr(message, "poll", None)
    if poll and poll.closes_at and not poll.closed_at:
        ends_ms = poll.closes_at.timestamp() * 1000
        store.poll_ends(message.room.code, str(message.pk), ends_ms)
    return message_told(message)


def open_polls(room_id: UUID | str, reader: UUID | str | None = None) -> QuerySet[Poll]:
    """The oldest first; with a reader also what only they were asked."""
    known = Q(message__unheard=False)
    if reader is not None:
        known |= Q(message__author_id=reader)
    standing = Poll.objects.filter(
        known, message__room_id=room_id, message__deleted_at=None, closed_at=None
    )
    return standing.order_by("message__created_at", "message_id")


def open_in(room_id: str) -> list[dict[str, Any]]:
    """The open polls, for a snapshot."""
    told = open_polls(room_id).filter(message__rank__isnull=False)
    return [open_wire(row) for row in told.select_related("message")]


def chosen(room_id: str, user_id: str) -> dict[str, list[int]]:
    """What somebody chose in the open polls, by poll."""
    options: dict[str, list[int]] = {}
    known = open_polls(room_id, user_id).filter(readable(user_id, "message__"))
    mine = Vote.objects.filter(poll__in=known, user_id=UUID(user_id)).order_by("option")
    for poll_id, option in mine.values_list("poll_id", "option"):
        options.setdefault(str(poll_id), []).append(option)
    return options


def open_wire(poll: Poll) -> dict[str, Any]:
    """With where it stands in which film, and by whom: it may lie further on than somebody is."""
    message = poll.message
    return {
        "id": str(poll.pk),
        "question": message.body,
        "author_id": str(message.author_id) if message.author_id else None,
        "item_id": str(message.item_id) if message.item_id else None,
        "media_time": message.media_time_s,
        **poll_wire(poll),
    }


def poll_in(room_id: str, message_id: str, *, reader: str) -> Poll:
    message = message_in(room_id, message_id, reader=reader)
    poll = Poll.objects.filter(message=message).first()
    if poll is None:
        raise NotFound(gettext("There is no such poll in this room."))
    poll.message = message
    return poll


def vote(*, poll: Poll, user_id: str, options: list[int]) -> list[int]:
    """Choose; answers what counts now. The same again, nobody is told."""
    chosen = sorted(set(options))
    if chosen and chosen[-1] >= len(poll.options):
        raise _refused("options", gettext("The poll has no such option."))
    if len(chosen) > 1 and not poll.multiple:
        raise _refused("options", gettext("Choose one option of this poll."))
    with transaction.atomic():
        fresh = _locked(poll)
        if fresh.closed_at or (fresh.closes_at and fresh.closes_at <= clock.now()):
            raise Conflict(POLL_CLOSED, gettext("This poll is closed."))
        mine = fresh.votes.filter(user_id=UUID(user_id))
        if chosen == sorted(mine.values_list("option", flat=True)):
            return chosen
        mine.exclude(option__in=chosen).delete()
        there = set(mine.values_list("option", flat=True))
        fresh.votes.bulk_create(
            Vote(poll=fresh, user_id=UUID(user_id), option=option)
            for option in chosen if option not in there
        )  # fmt: skip
        _count(fresh)
    counts_told(poll.message)
    own = protocol.Chosen(id=str(poll.pk), options=chosen)
    gateway.pass_sync(poll.message.room.code, own, f"user:{user_id}")
    return chosen


def _locked(poll: Poll) -> Poll:
    fresh = Poll.objects.select_for_update().filter(pk=poll.pk).first()
    if fresh is None:
        raise NotFound(NO_MESSAGE)  # taken back a moment ago
    return fresh


def _count(poll: Poll) -> None:
    counted = poll.votes.order_by().values_list("option").annotate(Count("id"))
    numbers = {int(option): int(count) for option, count in counted}
    poll.counts = [numbers.get(option, 0) for option in range(len(poll.options))]
    poll.voters = poll.votes.order_by().values("user").distinct().count()
    poll.save(update_fields=["counts", "voters"])


def counts_told(message: Message, *, forced: bool = False) -> None:
    """Tell the room the counts: at once, or in half a second with those who vote meanwhile."""
    if store.counts_due(message.room.code, str(message.pk), forced=forced):
        retell(message, _voted)


def _voted(now: Message) -> protocol.Voted:
    return protocol.Voted(id=str(now.pk), counts=now.poll.counts, voters=now.poll.voters)


def poll_close(*, poll: Poll, by: str | None, moderates: bool = True) -> bool:
    """End it; answers whether it was open. `by` nobody: its time is over."""
    if not moderates and str(poll.message.author_id) != by:
        words = gettext("Only who opened this poll and moderators can close it.")
        raise Forbidden(message=words)
    with transaction.atomic():
        fresh = _locked(poll)
        if fresh.closed_at:
            return False
        fresh.closed_at = clock.now()
        fresh.save(update_fields=["closed_at"])
    retell(poll.message, lambda now: _closed(now, by))
    return True


def _closed(now: Message, by: str | None) -> protocol.Closed:
    poll = now.poll
    return protocol.Closed(
        id=str(now.pk), by=by, closed_at=(poll.closed_at or clock.now()).isoformat(),
        counts=poll.counts, voters=poll.voters,
    )  # fmt: skip


def _asked() -> Q:
    """Of a poll: that somebody was asked, be it its author alone."""
    return Q(message__rank__isnull=False) | Q(message__unheard=True)


def poll_due(poll_id: str) -> Poll | None:
    """For a deadline: a poll that stands."""
    return (
        Poll.objects.select_related("message__room")
        .filter(_asked(), pk=UUID(poll_id), message__deleted_at=None)
        .first()
    )


def overdue_close() -> int:
    """Close those whose deadline was lost with Redis; answers how many."""
    late = Poll.objects.filter(
        _asked(), closed_at=None, closes_at__lt=clock.now(), message__deleted_at=None
    ).select_related("message__room")[:CLOSE_AT_ONCE]  # fmt: skip
    return sum(poll_close(poll=poll, by=None) for poll in late)


def votes_erase(user_id: UUID) -> None:
    """A person's choices, for good; rooms hear of other counts."""
    for poll in Poll.objects.filter(votes__user_id=user_id).distinct():
        with transaction.atomic():
            fresh = _locked(poll)
            fresh.votes.filter(user_id=user_id).delete()
            _count(fresh)
        message = with_parts(Message.objects.filter(pk=poll.pk)).get()
        if message.rank is not None and message.deleted_at is None:
            counts_told(message, forced=True)
