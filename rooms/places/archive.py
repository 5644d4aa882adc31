"""A room its host closed: read by its people while it may come back, and deleted for good."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from accounts import audit
from accounts.models import Notice, User
from accounts.notices import tell_count
from rooms import store
from rooms.access import NO_ROOM, Place, place_or_none
from rooms.live import on_commit
from rooms.models import Room
from rooms.places.names import is_code
from rooms.selectors import room_wire
from syncwatch.lib import clock
from syncwatch.lib.errors import Forbidden, Invalid, NotFound


def archived() -> QuerySet[Room]:
    """Rooms that are closed and may be opened again."""
    return Room.objects.filter(closed_at__isnull=False, back_until__gt=clock.now())


def archive_in(user: User, code: str) -> Place:
    """A member's place in a closed room; for everybody else there is no such room. By its code
    alone: an address may be another room's by now.
    """
    word = code.lower()
    room = archived().filter(code=word).select_related("owner").first() if is_code(word) else None
    membership = place_or_none(user, room) if room else None
    if room is None or membership is None:
        raise NotFound(NO_ROOM)
    return Place(room, membership)


def archive_wire(place: Place) -> dict[str, object]:
    """The room as its members know it, until when it may come back, and who one is in it."""
    room = place.room
    assert room.closed_at is not None  # noqa: S101  archived() says so
    assert room.back_until is not None  # noqa: S101
    return room_wire(room) | {
        "closed_at": room.closed_at.isoformat(),
        "back_until": room.back_until.isoformat(),
        "me": {"role": place.membership.role},
    }


@transaction.atomic
def archive_delete(*, place: Place, by: User, name: str) -> None:
    """Its host deletes it, at once and for good, having typed its name."""
    if place.room.owner_id != by.pk:
        raise Forbidden(message=gettext("Only the host can delete this room."))
    room = archived().select_for_update(of=("self",)).filter(pk=place.room.pk, owner=by).first()
    if room is None:  # opened again, or gone, a moment ago
        raise NotFound(NO_ROOM)
    if " ".join(name.split()) != " ".join(room.name.split()):
        words = gettext("This is not the room's name. Type it as it stands above.")
        raise Invalid(words, {"name": [words]})
    audit.record(by, "room.delete_for_good", room.pk)
    room_delete(room)


@transaction.atomic
def room_delete(room: Room) -> None:
    """Take away a closed room with everything in it: rows, what is in people's lists, live state.
    Films stay their owners'.
    """
    code = room.code
    told = Notice.objects.filter(data__code=code).select_related("user")
    for user in {notice.user for notice in told}:
        Notice.objects.filter(user=user, data__code=code).delete()
        tell_count(user)
    room.delete()
    on_commit(lambda: store.forget_sync(code))
