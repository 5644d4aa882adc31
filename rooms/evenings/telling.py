"""Who hears of an evening: the room at once, its people and invited friends under their bell."""

import datetime
from collections.abc import Iterator
from typing import Literal

from accounts import notices
from accounts.models import Notice, User
from rooms import gateway
from rooms.deeds import Deed, done
from rooms.evenings import asked, protocol, store
from rooms.evenings.models import Evening, EveningState
from rooms.evenings.selectors import evening_wire
from rooms.live import on_commit
from rooms.models import Invite, Membership

Told = protocol.What | Literal["struck"]  # called off by whoever runs the server
TOLD_MOST = 200  # of a room with thousands, those who came last


def room_told(evening: Evening, what: protocol.What, *, by: User | None) -> None:
    """After the commit: everybody in the room sees it, and whoever wakes us up knows when."""
    code, evening_id = evening.room.code, str(evening.pk)
    event = protocol.Changed(
        evening=evening_wire(evening), what=what, by=str(by.pk) if by else None
    )
    comes, due_ms = evening.state == EveningState.PLANNED, evening.starts_at.timestamp() * 1000

    def publish() -> None:
        if what in {"planned", "moved"}:
            store.due_sync(code, evening_id, round(due_ms))
        if not comes:
            store.nobody_ready_sync(code)
        gateway.emit_sync(code, event)

    on_commit(publish)


def line_left(evening: Evening, what: protocol.What, *, by: User | None) -> None:
    """In the room's history, with the moment itself: each reader has it in their own time zone.
    `by` None: whoever runs the server.
    """
    moment = evening.starts_at.astimezone(datetime.UTC).isoformat()
    facts = {"evening": str(evening.pk), "starts_at": moment}
    done(Deed(str(evening.room_id), f"evening_{what}", str(by.pk) if by else None, facts))


def people_told(evening: Evening, what: protocol.What, *, by: User) -> None:
    """A line in each one's list; what they were told of it before goes."""
    taken_back(evening)
    for user, path in _people(evening, besides=by):
        _give(evening, what, to=user, by=by, path=path)


def struck_told(evening: Evening) -> None:
    """Its people and invited friends, and whoever planned it, by whoever runs the server. The line
    stands beside the face of the one who planned it, as all the server says of it.
    """
    taken_back(evening)
    planner = evening.planned_by or evening.room.owner
    for user, path in _people(evening, besides=None):
        _give(evening, "struck", to=user, by=planner, path=path)


def planner_told(evening: Evening, what: protocol.What) -> None:
    """Who planned it hears what the server could not do, wherever they are."""
    planner = evening.planned_by
    if planner is not None and not planner.is_guest:
        _give(evening, what, to=planner, by=planner, path=_own(evening))


def taken_back(evening: Evening) -> None:
    told = Notice.objects.filter(
        kind=Notice.Kind.ROOM_EVENING, data__evening=str(evening.pk)
    ).select_related("user")
    readers = {notice.user_id: notice.user for notice in told}
    told.delete()
    for reader in readers.values():
        notices.tell_count(reader)


def _give(evening: Evening, what: Told, *, to: User, by: User, path: str) -> None:
    data = {
        "code": evening.room.code,
        "name": evening.room.name,
        "path": path,
        "evening": str(evening.pk),
        "what": what,
        "waiting": evening.waiting or None,
        "title": evening.title,
        "starts_at": evening.starts_at.isoformat(),
    }
    notices.notice_give(user=to, kind=Notice.Kind.ROOM_EVENING, from_user=by, data=data)


def _own(evening: Evening) -> str:
    return f"/r/{evening.room.code}"


def _people(evening: Evening, *, besides: User | None) -> Iterator[tuple[User, str]]:
    """Whoever belongs to the room and has an account, then friends who were invited to it."""
    places = Membership.objects.filter(room=evening.room, ended_at=None).select_related("user")
    inside = {place.user_id for place in places}
    newest = places.filter(user__is_guest=False).order_by("-joined_at")[:TOLD_MOST]
    for place in newest:
        if besides is None or place.user_id != besides.pk:
            yield place.user, _own(evening)
    for invite in asked.opening(Invite.objects.filter(room=evening.room, for_user__isnull=False)):
        friend = invite.for_user
        if friend is not None and friend.pk not in inside:
            inside.add(friend.pk)
            yield friend, f"/i/{invite.token}"
