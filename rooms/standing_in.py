"""Somebody stands in for a host who is gone: the remote is theirs until the host is back."""

from django.db import transaction

from rooms import rules, store
from rooms.deeds import Deed, done
from rooms.models import Control, Membership, Right, Room, Visibility
from rooms.policy import CONTROL
from rooms.services import tell_member
from syncwatch.lib import clock

AFTER_MS = 60_000  # a host whose line breaks is back by then
CONTROL_RIGHT = "control"


@transaction.atomic
def settle(code: str) -> None:
    """See that somebody in the room can play and pause, and that nobody stands in for longer than
    they have to. Looked at when people come and go; again it changes nothing.
    """
    room = Room.objects.select_for_update(no_key=True).filter(code=code, closed_at=None).first()
    if room is None:
        return
    order = store.arrived_sync(code)
    here = {str(place.user_id): place for place in _places(room, order)}
    wanted = _wanted(room, [_present(here[user_id]) for user_id in order if user_id in here])
    for right in _stand_ins(room):
        if str(right.membership.user_id) != wanted:
            right.delete()
            _tell(room, right.membership)
    if wanted and not _present(here[wanted]).stands_in:
        _stand_in(room, here[wanted])


def _places(room: Room, user_ids: list[str]) -> list[Membership]:
    places = Membership.objects.filter(room=room, user_id__in=user_ids, ended_at=None)
    return list(places.select_related("user", "room").prefetch_related("rights"))


def _stand_ins(room: Room) -> list[Right]:
    held = Right.objects.filter(membership__room=room, stands_in=True)
    return list(held.select_related("membership__user", "membership__room"))


def _wanted(room: Room, present: list[rules.Present]) -> str | None:
    if not room.stand_in or room.control == Control.EVERYONE:
        return None
    public = room.visibility == Visibility.PUBLIC
    return rules.standing_in(present, holders=CONTROL[room.control], public=public)


def _present(place: Membership) -> rules.Present:
    now_ms = clock.server_ms()
    own = [right for right in place.given() if right.capability == CONTROL_RIGHT]
    held = next((right for right in own if right.holds(now_ms)), None)
    stands_in = held is not None and held.stands_in
    by_right = None if held is None or stands_in else held.allowed
    return rules.Present(str(place.user_id), place.role, by_right, stands_in)


def _stand_in(room: Room, place: Membership) -> None:
    place.rights.update_or_create(
        capability=CONTROL_RIGHT,
        defaults={
            "allowed": True, "until": None, "given_by": None, "given_at": clock.now(),
            "stands_in": True,
        },
    )  # fmt: skip
    _tell(room, place)
    done(Deed(str(room.pk), "stands_in", str(place.user_id)))


def _tell(room: Room, place: Membership) -> None:
    fresh = Membership.objects.select_related("user", "room").prefetch_related("rights")
    tell_member(room, fresh.get(pk=place.pk))
