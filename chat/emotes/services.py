"""Emotes of a room: put up, taken down, told to the room."""

import re
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from accounts.models import User
from accounts.selectors import person
from chat import protocol
from chat.emotes.models import ADDRESS_CHARS, Emote
from chat.emotes.names import EMOJI, NAME_MAX, NAME_MIN, PATTERN, name_of
from rooms import gateway, measures
from rooms.access import NO_ROOM
from rooms.live import on_commit
from rooms.models import Room
from syncwatch.lib.errors import Conflict, Invalid, NotFound, register
from syncwatch.lib.pictures import Picture, small_picture

SIDE_PX = 128
FILE_MAX_BYTES = 512_000
EMOTES_MAX = 100
EMOTE_TAKEN = register(
    "emote_taken", status=409, when="The room has another emote of this name.",
    recover="Choose another name, or delete that one first.",
)  # fmt: skip
EMOTES_FULL = register(
    "emotes_full", status=409, when=f"The room has {EMOTES_MAX} emotes.",
    recover="Delete one first.",
)  # fmt: skip


def emote_add(*, room: Room, by: User, name: str, raw: bytes) -> tuple[Emote, bool]:
    """Make an emote of what somebody uploaded. Answers whether it is new: the same picture under
    the same name again is the one that is there.
    """
    called = _name(name)
    picture = small_picture(raw, side_px=SIDE_PX, bytes_max=FILE_MAX_BYTES)
    with transaction.atomic():
        held = Room.objects.select_for_update(no_key=True).get(pk=room.pk)  # they are counted
        if held.closed_at:
            raise NotFound(NO_ROOM)
        before = emotes_of(held).filter(name=called).first()
        if before is not None:
            return _same(before, picture), False
        if emotes_of(held).count() >= EMOTES_MAX:
            words = gettext("This room has {most} emotes. Delete one of them first.")
            raise Conflict(EMOTES_FULL, words.format(most=EMOTES_MAX))
        emote = _keep(Emote(room=held, name=called, by=by), picture)
        _tell(held.code, protocol.EmoteAdded(emote=emote_wire(emote), by=str(by.pk)))
    return emote, True


def _name(raw: str) -> str:
    name = name_of(raw)
    if not re.fullmatch(PATTERN, name):
        words = gettext("A name has {least} to {most} letters from a to z, digits or _: sofa.")
        raise _not_called(words.format(least=NAME_MIN, most=NAME_MAX))
    if name in EMOJI:
        raise _not_called(
            gettext("There is an emoji called :{name}:. Choose another name.").format(name=name)
        )
    return name


def _not_called(words: str) -> Invalid:
    return Invalid(words, {"name": [words]})


def _address(picture: Picture) -> str:
    return picture.digest[:ADDRESS_CHARS]


def _same(before: Emote, picture: Picture) -> Emote:
    if before.address != _address(picture):
        raise _taken(before.name)
    return before


def _taken(name: str) -> Conflict:
    words = gettext("There is a :{name}: already. Choose another name, or delete that one first.")
    return Conflict(EMOTE_TAKEN, words.format(name=name))


def _keep(emote: Emote, picture: Picture) -> Emote:
    emote.data, emote.address = picture.data, _address(picture)
    emote.width, emote.height = picture.width, picture.height
    try:
        with transaction.atomic():
            emote.save(force_insert=True)
    except IntegrityError:  # the database says so, whoever holds the room
        raise _taken(emote.name) from None
    return emote


@transaction.atomic
def emote_remove(*, emote: Emote, by: User) -> bool:
    """Take it down; where it was written its name stands again. False where it was gone."""
    gone, _ = Emote.objects.filter(pk=emote.pk).delete()
    if gone:
        _tell(emote.room.code, protocol.EmoteRemoved(name=emote.name, by=str(by.pk)))
    return bool(gone)


@transaction.atomic
def emote_struck(*, emote: Emote, by: User, reason: str = "") -> bool:
    """Staff take one down that is not theirs, written down with its reason."""
    if not emote_remove(emote=emote, by=by):
        return False
    facts = {"emote": str(emote.pk)}
    measures.taken(
        room_id=emote.room_id, by=by.pk, action="emote", person=emote.by_id, reason=reason,
        facts=facts,
    )  # fmt: skip
    return True


def _tell(code: str, event: protocol.EmoteAdded | protocol.EmoteRemoved) -> None:
    def publish() -> None:
        gateway.emit_sync(code, event)

    on_commit(publish)


def emotes_of(room: Room | UUID | str) -> QuerySet[Emote]:
    """By name, without the pictures themselves."""
    room_id = room.pk if isinstance(room, Room) else room
    return Emote.objects.filter(room_id=room_id).select_related("by").defer("data")


def emote_in(room: Room, name: str) -> Emote:
    emote = emotes_of(room).filter(name=name_of(name)).select_related("room").first()
    if emote is None:
        raise NotFound(gettext("There is no such emote in this room."))
    return emote


def is_emote(room_id: UUID | str, name: str) -> bool:
    return Emote.objects.filter(room_id=room_id, name=name).exists()


def emote_wire(emote: Emote) -> dict[str, Any]:
    """As the room draws it."""
    return {
        "name": emote.name,
        "src": f"/emotes/{emote.address}.webp",
        "width": emote.width,
        "height": emote.height,
    }


def emote_row(emote: Emote) -> dict[str, Any]:
    """As whoever looks after them sees it."""
    return {
        **emote_wire(emote),
        "by": person(emote.by) if emote.by else None,
        "created_at": emote.created_at.isoformat(),
    }
