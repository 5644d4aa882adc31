"""What staff do to rooms that are not theirs, written down with its reason."""

from django.db import transaction
from django.utils.translation import gettext

from accounts import audit
from accounts.live import SESSIONS_GROUP
from accounts.models import User
from rooms import gateway, measures, protocol, services
from rooms.gateway.wire import encode
from rooms.live import on_commit
from rooms.models import REASON_MAX, Room
from syncwatch.lib import bus
from syncwatch.lib.errors import Conflict
from syncwatch.lib.text import clean_line

ANNOUNCEMENT_MAX = REASON_MAX  # a room's log keeps it


@transaction.atomic
def room_shut(*, room: Room, by: User, reason: str = "") -> bool:
    """Close a room for good; False where it was closed already."""
    if not services.room_close(room=room, by=by):
        return False
    measures.taken(room_id=room.pk, by=by.pk, action="close", reason=reason)
    return True


@transaction.atomic
def announce(*, room: Room, by: User, text: str) -> None:
    """Say something to everybody who is in a room now."""
    words = clean_line(text, ANNOUNCEMENT_MAX, what="text")
    if not Room.objects.filter(pk=room.pk, closed_at=None).exists():
        raise Conflict(message=gettext("This room is closed."))
    measures.taken(room_id=room.pk, by=by.pk, action="announce", reason=words)
    on_commit(lambda: gateway.pass_sync(room.code, protocol.Announcement(text=words)))


@transaction.atomic
def announce_everywhere(*, by: User, text: str) -> None:
    """Say something to everybody in any room, however many there are: once to each process."""
    words = clean_line(text, ANNOUNCEMENT_MAX, what="text")
    event = protocol.Announcement(text=words)
    message = {"type": "rooms.event", "room": "", "text": encode(event)}
    audit.record(by, "room.announce", "", {"everywhere": True})
    on_commit(lambda: bus.publish_sync(SESSIONS_GROUP, message))
