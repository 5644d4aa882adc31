"""Taking back many messages at once."""

import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from accounts.models import User
from chat import pins, store
from chat.models import Edit, Kind, Mention, Message, Pin, Poll, Reaction
from chat.protocol import CLEAR_MAX, Cleared
from chat.selectors import message_text, quoting_any
from chat.telling import with_tail
from rooms import measures
from rooms.deeds import Deed, about, done
from rooms.gateway.wire import body_of, kind_of
from rooms.models import Room
from syncwatch.lib import clock
from syncwatch.lib.errors import Invalid
from syncwatch.lib.ids import uuid_or_none

BACK = datetime.timedelta(hours=24)


def clear(*, room_id: str, by: str, count: int | None = None, user_id: str | None = None) -> int:
    """Take back the last `count` messages, or what one person wrote of late; answers how many. What
    the room tells of what was done stays.
    """
    if (count is None) == (user_id is None):
        words = gettext("Say how many messages, or whose; one of the two.")
        raise Invalid(words, {"count": [words]})
    person = uuid_or_none(user_id) if user_id is not None else None
    if user_id is not None and person is None:
        return 0
    room = Room.objects.get(pk=room_id)
    with transaction.atomic():
        gone = _take(room, person, count or CLEAR_MAX)
        if gone:
            _write_down(room, by, person, len(gone))
    if gone:
        _tell(room, gone, by)
    return len(gone)


def _wanted(room: Room, person: UUID | None) -> QuerySet[Message]:
    said = Message.objects.filter(
        room=room, kind=Kind.TEXT, rank__isnull=False, deleted_at=None
    ).order_by("-rank")
    if person is None:
        return said
    return said.filter(author_id=person, created_at__gt=clock.now() - BACK)


def _take(room: Room, person: UUID | None, most: int) -> list[UUID]:
    """Held meanwhile, so that nobody changes what is about to go."""
    wanted = _wanted(room, person).select_for_update().values_list("pk", flat=True)
    ids = list(wanted[:most])
    Message.objects.filter(pk__in=ids, deleted_at=None).update(body="", deleted_at=clock.now())
    for what in (Reaction, Mention, Edit, Pin, Poll):
        what.objects.filter(message_id__in=ids).delete()
    return ids


def _write_down(room: Room, by: str, person: UUID | None, count: int) -> None:
    facts = {"count": count}
    measures.taken(room_id=room.pk, by=by, action="clear", person=person, facts=facts)
    whose = about(User.objects.get(pk=person)) if person else {}
    done(Deed(str(room.pk), "cleared", by, {**facts, **whose}))


def _tell(room: Room, ids: list[UUID], by: str) -> None:
    """One event for all of them, and the answers that quote them without their words."""
    gone = [str(each) for each in ids]
    with transaction.atomic():
        list(Message.objects.select_for_update().filter(pk__in=ids).values_list("pk", flat=True))
        event = Cleared(ids=gone, by=by, pins=pins.pin_count(room.pk))
        lines = [(str(each.pk), message_text(each)) for each in quoting_any(room, ids)]
        lines += [(each, "") for each in gone]
        kind, body = kind_of(event), body_of(event)
        with_tail(room.code, lambda: store.amend(room.code, kind=kind, body=body, lines=lines))
