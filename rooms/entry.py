"""Whom a room lets in: nobody whom it banned, and nobody new while it is locked."""

from django.utils.translation import gettext, ngettext

from accounts.models import User
from rooms import store
from rooms.models import Ban, Membership, Room
from rooms.rules import seats_for
from syncwatch.lib import clock
from syncwatch.lib.errors import ApiError, Conflict, Forbidden, register
from syncwatch.lib.redis import RedisError

BANNED = register(
    "banned", status=403, when="The person is banned from this room.",
    recover="Wait `retry_after` seconds where the ban has an end, or ask a moderator to lift it.",
)  # fmt: skip
LOCKED_IN = register(
    "locked_in", status=403, when="The room lets nobody new in right now.",
    recover="Ask somebody inside to open it, then try again.",
)  # fmt: skip
ROOM_FULL = register(
    "room_full", status=409, when="As many people are in the room as its host allows.",
    recover="Try again when somebody left, or ask the host for more seats.",
)  # fmt: skip
MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400


def ban_on(user: User, room: Room) -> Ban | None:
    """The ban that keeps this person out right now."""
    ban = Ban.objects.filter(room=room, user=user, lifted_at=None).select_related("user").first()
    holds = ban is not None and (ban.until is None or ban.until > clock.now())
    return ban if holds else None


def require_not_banned(user: User, room: Room) -> None:
    """Raise the refusal with reason and end. The end as a length: nobody here knows what time it
    is where the person is.
    """
    ban = ban_on(user, room)
    if ban is None:
        return
    left_s = (ban.until - clock.now()).total_seconds() if ban.until else None
    raise ApiError(BANNED, _words(ban.reason, left_s), retry_after=left_s)


def _words(reason: str, left_s: float | None) -> str:
    if left_s is None:
        said = gettext("You are banned from this room: {reason}.")
        bare = gettext("You are banned from this room. A moderator can lift that.")
    else:
        said = gettext("You are banned from this room for {time} more: {reason}.")
        bare = gettext("You are banned from this room for {time} more.")
    time = span_words(left_s or 0)
    return (said if reason else bare).format(time=time, reason=reason.rstrip(" ."))


def span_words(seconds: float) -> str:
    """A length as people say it, never shorter than it is."""
    if seconds <= HOUR_S:
        minutes = max(1, -int(-seconds // MINUTE_S))
        return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    if seconds <= 2 * DAY_S:
        hours = -int(-seconds // HOUR_S)
        return ngettext("{n} hour", "{n} hours", hours).format(n=hours)
    days = -int(-seconds // DAY_S)
    return ngettext("{n} day", "{n} days", days).format(n=days)


def require_unlocked(room: Room) -> None:
    if room.locked_in:
        words = gettext("This room lets nobody new in right now. Ask somebody inside to open it.")
        raise Forbidden(LOCKED_IN, words)


def require_seat(user: User, room: Room, role: str) -> None:
    """Said at the door already, for people; the socket is where two cannot take the last one."""
    seats = seats_for(role, room.seats)
    if seats is None:
        return
    try:
        here = store.present_sync(room.code)
    except RedisError:  # the socket has the last word
        return
    if str(user.pk) not in here and len(here) >= seats:
        raise Conflict(ROOM_FULL, full_words(seats))


def full_words(seats: int) -> str:
    return ngettext(
        "{n} person is here, and that is all this room takes. Try again when somebody leaves.",
        "{n} people are here, and that is all this room takes. Try again when somebody leaves.",
        seats,
    ).format(n=seats)


def belonged(user: User, room: Room) -> bool:
    """Whoever was inside once knows that the room exists."""
    return Membership.objects.filter(room=room, user=user).exists()
