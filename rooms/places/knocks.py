"""Asking to come in: one waiting ask a person and room, answered by whoever looks after people."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from accounts import friend_access, me, notices
from accounts.models import Notice, User
from accounts.protocol import DoorAnswered
from accounts.selectors import person
from rooms import entry, gateway, measures, store
from rooms.access import NO_ROOM, Place, place_or_none
from rooms.entry import span_words
from rooms.live import on_commit
from rooms.memberships import REMOVED, REMOVED_WORDS, place_take
from rooms.models import Membership, Role, Room
from rooms.places.models import Knock, KnockState
from rooms.protocol import Knocked, KnockOver
from rooms.refusals import caring_for
from syncwatch.lib import clock, rate
from syncwatch.lib.errors import ApiError, Conflict, Forbidden, NotFound, register
from syncwatch.lib.ids import uuid_or_none

DOOR_OPEN = register(
    "door_open", status=409, when="Asking to come in where nobody has to ask.",
    recover="Join by POST /api/rooms/{code}/join/, or by an invitation.",
)  # fmt: skip
NOT_NOW = register(
    "not_now", status=403, when="The room declined this person's ask a moment ago.",
    recover="Ask again after `retry_after` seconds.",
)  # fmt: skip
KNOCK_ANSWERED = register(
    "knock_answered", status=409, when="This ask was answered already, or taken back.",
    recover="Nothing: read the list again.",
)  # fmt: skip
WAITS_FOR = datetime.timedelta(days=1)
AGAIN_AFTER = datetime.timedelta(hours=1)


def knock_wire(knock: Knock) -> dict[str, Any]:
    """As those see it who may answer."""
    return {
        "id": str(knock.id),
        "user": person(knock.user),
        "asked_at": knock.asked_at.isoformat(),
    }


def standing(user: User, room: Room) -> dict[str, Any]:
    """How a person stands before the door: inside, waiting, declined (until `again_s` are over),
    or none.
    """
    if place_or_none(user, room) is not None:
        return {"state": "inside", "again_s": None}
    latest = _latest(user, room)
    if latest is None:
        return {"state": "none", "again_s": None}
    left_s = _left_s(latest)
    if latest.state == KnockState.DECLINED and left_s > 0:
        return {"state": "declined", "again_s": round(left_s)}
    waits = latest.state == KnockState.WAITING and latest.asked_at > clock.now() - WAITS_FOR
    return {"state": "waiting" if waits else "none", "again_s": None}


def _latest(user: User, room: Room) -> Knock | None:
    return Knock.objects.filter(room=room, user=user).order_by("-asked_at", "-id").first()


def _left_s(knock: Knock) -> float:
    """How long a "no" still holds."""
    if knock.state != KnockState.DECLINED or knock.answered_at is None:
        return 0
    return (knock.answered_at + AGAIN_AFTER - clock.now()).total_seconds()


@transaction.atomic
def knock_make(*, user: User, room: Room) -> tuple[dict[str, Any], bool]:
    """Ask to come in; answers how one stands now, and whether it is a new ask.

    Who belongs, or asked already, just hears so. The door must be one to ask at.
    """
    before = standing(user, room)
    if before["state"] in {"inside", "waiting"}:
        return before, False
    if not room.asks:
        raise Conflict(DOOR_OPEN, gettext("You need not ask here. Just come in."))
    _require_welcome(user, room, before)
    rate.check_sync("knock", str(user.pk))
    try:
        with transaction.atomic():
            knock, _ = Knock.objects.update_or_create(
                room=room, user=user, state=KnockState.WAITING,
                defaults={"asked_at": clock.now()},
            )  # fmt: skip
    except IntegrityError:  # two tabs asked at once; the other one won
        return standing(user, room), False
    _tell(room, knock)
    return {"state": "waiting", "again_s": None}, True


def _require_welcome(user: User, room: Room, before: dict[str, Any]) -> None:
    """Whom the room keeps out may not ask either, and hears it in the same words."""
    entry.require_not_banned(user, room)
    if Membership.objects.filter(room=room, user=user, barred_at__isnull=False).exists():
        raise Forbidden(REMOVED, REMOVED_WORDS)
    entry.require_unlocked(room)
    if before["state"] == "declined":
        words = gettext("They cannot let you in just now. You can ask again in {time}.")
        said = words.format(time=span_words(before["again_s"]))
        raise ApiError(NOT_NOW, said, retry_after=before["again_s"])


def _tell(room: Room, knock: Knock) -> None:
    """Those in the room see it there; those elsewhere who could answer, under their bell."""
    _pass_to_keepers(room, knock, Knocked(knock=knock_wire(knock)))
    here = store.reached_sync(room.code)
    data = {"code": room.code, "name": room.name, "knock": str(knock.pk)}
    for keeper in caring_for(room.pk):
        if not keeper.is_guest and str(keeper.pk) not in here:
            kind = Notice.Kind.ROOM_KNOCKED
            notices.notice_give(user=keeper, kind=kind, from_user=knock.user, data=data)


def _pass_to_keepers(room: Room, knock: Knock, event: Knocked | KnockOver) -> None:
    """To those in the room who may answer; a block between them and who asks keeps it from them."""
    keepers = gateway.able("moderate", asked_by=str(knock.user_id))
    on_commit(lambda: gateway.pass_sync(room.code, event, keepers))


def waiting_at(place: Place) -> list[Knock]:
    """Who stands at the door as this keeper sees it, the longest there first."""
    since = clock.now() - WAITS_FOR
    found = _seen_by(place).filter(state=KnockState.WAITING, asked_at__gt=since)
    return list(found.select_related("user")[:100])


def _seen_by(place: Place) -> QuerySet[Knock]:
    keeper = place.membership.user_id
    hidden = friend_access.hidden_from({keeper})[keeper]
    return Knock.objects.filter(room=place.room).exclude(user__in=hidden)


def _held(place: Place, knock_id: str) -> Knock:
    """The ask, with its row held."""
    wanted = uuid_or_none(knock_id)
    knocks = _seen_by(place).select_for_update(of=("self",)).select_related("user")
    found = knocks.filter(id=wanted).first() if wanted else None
    if found is None:
        raise NotFound(gettext("Nobody asks here any more."))
    return found


@transaction.atomic
def knock_admit(*, place: Place, knock_id: str) -> Membership:
    """Let somebody in. Said again, they are in still."""
    place.require("moderate")
    knock = _held(place, knock_id)
    if knock.state == KnockState.ADMITTED:
        inside = place_or_none(knock.user, place.room)
        if inside is not None:
            return inside
    _require_waiting(knock)
    if entry.ban_on(knock.user, place.room) is not None:
        raise Conflict(message=gettext("This person is banned here. Lift the ban first."))
    membership = place_take(user=knock.user, room=place.room, role=Role.GUEST)
    _answered(knock, KnockState.ADMITTED, place)
    return membership


@transaction.atomic
def knock_decline(*, place: Place, knock_id: str) -> None:
    """Not now. Said again, it stays so."""
    place.require("moderate")
    knock = _held(place, knock_id)
    if knock.state == KnockState.DECLINED:
        return
    _require_waiting(knock)
    _answered(knock, KnockState.DECLINED, place)


def _require_waiting(knock: Knock) -> None:
    if knock.state != KnockState.WAITING:
        words = gettext("This was answered already, or taken back.")
        raise Conflict(KNOCK_ANSWERED, words)


def _answered(knock: Knock, state: str, place: Place) -> None:
    knock.state, knock.answered_at = state, clock.now()
    knock.answered_by = place.membership.user
    knock.save(update_fields=["state", "answered_at", "answered_by"])
    admitted = state == KnockState.ADMITTED
    me.tell(knock.user_id, DoorAnswered(code=place.room.code, admitted=admitted))
    measures.taken(
        room_id=place.room.pk, by=place.membership.user_id,
        action="admit" if admitted else "decline", person=knock.user_id,
    )  # fmt: skip
    _over(place.room, knock)


def _over(room: Room, knock: Knock) -> None:
    """It is nobody's to answer any more: it goes from every screen and every bell."""
    _pass_to_keepers(room, knock, KnockOver(knock_id=str(knock.pk)))
    kind = Notice.Kind.ROOM_KNOCKED
    told = Notice.objects.filter(kind=kind, from_user=knock.user, data__code=room.code)
    for notice in told.select_related("user"):
        notice.delete()
        notices.tell_count(notice.user)


@transaction.atomic
def knock_withdraw(*, user: User, room: Room) -> None:
    """Go away from the door again; nothing where one does not stand there."""
    waiting = Knock.objects.filter(room=room, user=user, state=KnockState.WAITING)
    for knock in waiting.select_for_update(of=("self",)).select_related("user"):
        knock.state, knock.answered_at = KnockState.WITHDRAWN, clock.now()
        knock.save(update_fields=["state", "answered_at"])
        _over(room, knock)


def require_visible(user: User, room: Room) -> None:
    """A hidden room looks absent to whoever does not belong, also to those who would ask."""
    if room.hidden and place_or_none(user, room) is None:
        raise NotFound(NO_ROOM)
