"""A room's own address beside its code: taken, changed, given up."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from rooms.access import NO_ROOM
from rooms.models import Room
from rooms.places.models import FormerAddress
from rooms.places.names import LONGEST, SHORTEST, Flaw, flaw_of
from rooms.services import announce
from syncwatch.lib import clock
from syncwatch.lib.errors import ApiError, Invalid, NotFound, register

ADDRESS_TAKEN = register(
    "address_taken", status=409, when="Another room has this address, or had it a while ago.",
    recover="Choose another one.",
)  # fmt: skip
KEPT_FOR = datetime.timedelta(days=30)  # so that no stranger waits behind a link one knows
_WORDS = {
    Flaw.LENGTH: gettext_lazy("An address has {least} to {most} characters."),
    Flaw.SHAPE: gettext_lazy("Small letters, digits and single hyphens only: sunday-rabbits."),
    Flaw.CODE: gettext_lazy("This looks like a room code. Choose other words."),
    Flaw.RESERVED: gettext_lazy("This word is kept for the site. Choose another one."),
}


@transaction.atomic
def address_take(*, room: Room, by: User, word: str) -> Room:
    """Give the room this address; the one before is kept from others for a while."""
    if by.is_guest:
        words = gettext("An address of its own takes an account. Make one first; the room stays.")
        raise ApiError("account_needed", words)
    address = word.strip().lower()
    flaw = flaw_of(address)
    if flaw is not None:
        said = _WORDS[flaw].format(least=SHORTEST, most=LONGEST)
        raise Invalid(said, {"address": [said]})
    room = _held(room)
    if room.address == address:
        return room
    kept = FormerAddress.objects.filter(address=address, until__gt=clock.now())
    if kept.exclude(room=room).exists():
        raise _taken()
    _put_by(room)
    long_over = Room.objects.filter(address=address, closed_at__lte=clock.now() - KEPT_FOR)
    long_over.update(address=None)
    room.address = address
    try:
        with transaction.atomic():
            room.save(update_fields=["address"])
    except IntegrityError:  # the database says so, also of two at once
        raise _taken() from None
    announce(room, by=by)
    return room


@transaction.atomic
def address_give_up(*, room: Room, by: User | None) -> Room:
    """The room has its code alone again. Said again, it stays so."""
    room = _held(room)
    if room.address is None:
        return room
    _put_by(room)
    room.address = None
    room.save(update_fields=["address"])
    announce(room, by=by)
    return room


def _held(room: Room) -> Room:
    found = Room.objects.select_for_update(of=("self",)).select_related("owner").get(pk=room.pk)
    if found.closed_at:
        raise NotFound(NO_ROOM)
    return found


def _put_by(room: Room) -> None:
    """What the room was called until now is nobody else's for a while."""
    if room.address is not None:
        FormerAddress.objects.update_or_create(
            address=room.address, defaults={"room": room, "until": clock.now() + KEPT_FOR}
        )


def _taken() -> ApiError:
    words = gettext("This address belongs to another room. Choose another one.")
    return ApiError(ADDRESS_TAKEN, words, fields={"address": [words]})
