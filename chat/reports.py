"""Reports: somebody asks the moderators of a room to look."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from accounts.models import User
from accounts.selectors import person
from chat import protocol
from chat.access import words_in
from chat.models import Message, Report
from rooms import gateway, measures
from rooms.access import Place
from rooms.live import on_commit
from rooms.models import Membership, Room
from rooms.refusals import caring_for
from syncwatch.lib import clock
from syncwatch.lib.errors import Conflict, Invalid, NotFound
from syncwatch.lib.ids import uuid_or_none

UNSETTLED = (Report.State.OPEN, Report.State.TAKEN)
WAITING = "waiting"  # either of them


def report_file(
    *,
    place: Place,
    kind: str,
    note: str = "",
    message_id: UUID | None = None,
    user_id: UUID | None = None,
    media_time_s: float | None = None,
) -> tuple[Report, bool]:
    """Ask for a look at a message or at a person. The place in the film is the message's own, else
    `media_time_s` of what is on. Answers whether it is new: as long as one is not settled, the
    same person has only that one about the same subject.
    """
    reporter, room = place.membership.user, place.room
    if user_id is not None:
        report = Report(person=_met(room, user_id), subject=user_id)
    else:
        report = _about_message(words_in(str(room.pk), message_id, reader=str(reporter.pk)))
    if report.person == reporter:
        raise Conflict(message=gettext("This is about yourself. You can delete what you wrote."))
    if report.media_time_s is None and media_time_s is not None:
        report.item_id, report.media_time_s = _item_on(room), media_time_s
    report.room, report.reporter, report.kind, report.note = room, reporter, kind, note
    return _kept(report)


def _about_message(message: Message) -> Report:
    return Report(
        message=message, person=message.author, subject=message.pk, excerpt=message.body,
        item_id=message.item_id, media_time_s=message.media_time_s,
    )  # fmt: skip


def _met(room: Room, user_id: UUID) -> User:
    """Somebody who is in the room, or was."""
    places = Membership.objects.filter(room=room, user_id=user_id).select_related("user")
    found = places.first()
    if found is None:
        raise NotFound(gettext("This person was never in the room."))
    return found.user


def _item_on(room: Room) -> UUID | None:
    return uuid_or_none((room.now_playing or {}).get("item_id"))


def _kept(report: Report) -> tuple[Report, bool]:
    same = Report.objects.filter(
        room=report.room, reporter=report.reporter, subject=report.subject, state__in=UNSETTLED
    )
    before = same.first()
    if before is not None:
        return before, False
    try:
        with transaction.atomic():
            report.save(force_insert=True)
            tell_count(report)
    except IntegrityError:  # sent twice at once; the other one won
        return same.get(), False
    return report, True


def tell_count(report: Report) -> None:
    """To each moderator as many as they may look at; whom this one is about hears nothing."""
    room = report.room

    def publish() -> None:
        for user in caring_for(room.pk):
            if user.pk == report.person_id:
                continue
            tell_one(room.code, str(user.pk))

    on_commit(publish)


def tell_one(room_code: str, user_id: str) -> None:
    room_id = Room.objects.values_list("pk", flat=True).get(code=room_code)
    event = protocol.Reports(count=open_count(room_id, user_id))
    gateway.pass_sync(room_code, event, f"user:{user_id}")


def open_count(room_id: UUID | str, user_id: UUID | str) -> int:
    """How many wait that are not about this person."""
    waiting = Report.objects.filter(room_id=room_id, state=Report.State.OPEN)
    return waiting.exclude(person_id=UUID(str(user_id))).count()


def reports_for(place: Place, state: str | None) -> QuerySet[Report]:
    """What the moderators of a room have to look at, without what is about the one who asks."""
    found = Report.objects.filter(room=place.room).exclude(person=place.membership.user)
    if state:
        found = found.filter(state__in=UNSETTLED if state == WAITING else [state])
    return found.select_related("reporter", "person", "handled_by", "message")


def report_in(place: Place, report_id: str) -> Report:
    wanted = uuid_or_none(report_id)
    report = reports_for(place, None).filter(pk=wanted).first() if wanted else None
    if report is None:
        raise NotFound(gettext("There is no such report."))
    return report


def report_settle(*, place: Place, report: Report, state: str) -> Report:
    """A room's moderator takes a report on, or settles it. Said again it changes nothing."""
    report_handle(report=report, by=place.membership.user, state=state)
    return report


@transaction.atomic
def report_handle(*, report: Report, by: User, state: str) -> bool:
    """Take a report on, or settle it, as moderators and staff do. Said again: nothing, False."""
    fresh = Report.objects.select_for_update().get(pk=report.pk)
    if fresh.state == state:
        return False
    if state in UNSETTLED and fresh.state not in UNSETTLED:
        raise Invalid(gettext("This report is settled."), {"state": [gettext("It is settled.")]})
    report.state, report.handled_by, report.handled_at = state, by, clock.now()
    report.save(update_fields=["state", "handled_by", "handled_at"])
    measures.taken(
        room_id=report.room_id, by=by.pk, action="report",
        person=report.person_id, facts={"report": str(report.pk), "kind": report.kind,
                                        "state": state},
    )  # fmt: skip
    tell_count(report)
    return True


def report_wire(report: Report) -> dict[str, Any]:
    """As moderators see it."""
    message = report.message
    return report_receipt(report) | {
        "reporter": person(report.reporter) if report.reporter else None,
        "person": person(report.person) if report.person else None,
        "message_deleted": message is not None and message.deleted_at is not None,
        "excerpt": report.excerpt,
        "handled_by": person(report.handled_by) if report.handled_by else None,
        "handled_at": report.handled_at.isoformat() if report.handled_at else None,
    }


def report_receipt(report: Report) -> dict[str, Any]:
    """As whoever filed it sees it: not who looks at it."""
    return {
        "id": str(report.pk),
        "kind": report.kind,
        "note": report.note,
        "state": report.state,
        "message_id": str(report.message_id) if report.message_id else None,
        "user_id": str(report.person_id) if report.person_id else None,
        "item_id": str(report.item_id) if report.item_id else None,
        "media_time": report.media_time_s,
        "created_at": report.created_at.isoformat(),
    }
