"""Shadow mutes: set, ended, and what was written meanwhile shown after all."""

import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User
from accounts.selectors import person
from chat.access import NO_MESSAGE
from chat.models import Message
from chat.selectors import with_parts
from chat.services import message_told
from chat.telling import locked
from chat.unheard.models import ShadowMute
from chat.unheard.selectors import shadow_mutes_of
from rooms import measures
from rooms.models import Membership, Role, Room
from rooms.rights import require_above
from syncwatch.lib import clock
from syncwatch.lib.errors import Forbidden, Invalid, NotFound
from syncwatch.lib.ids import uuid_or_none


@transaction.atomic
def shadow_mute(
    *,
    actor: Membership,
    user: User,
    reason: str = "",
    until: datetime.datetime | None = None,
) -> tuple[ShadowMute, bool]:
    """From now on nobody else gets what somebody writes here, until `until`. Answers whether it is
    new; said again it takes over the new reason and end.
    """
    room = Room.objects.select_for_update(no_key=True).get(pk=actor.room_id)
    _check(actor, user, room, until)
    before = ShadowMute.objects.filter(room=room, user=user).first()
    holds = before is not None and (before.until is None or before.until > clock.now())
    if before is not None and holds and (before.reason, before.until) == (reason, until):
        return before, False
    mute = before or ShadowMute(room=room, user=user)
    mute.by, mute.reason, mute.until = actor.user, reason, until
    if not holds:
        mute.created_at = clock.now()
    mute.save()
    measures.taken(
        room_id=room.pk, by=actor.user_id, action="shadow_mute", person=user.pk, reason=reason,
        facts={"until": until.isoformat() if until else None},
    )  # fmt: skip
    return mute, not holds


def _check(actor: Membership, user: User, room: Room, until: datetime.datetime | None) -> None:
    """As for a mute in the open; but whoever manages people reads what they would not hear of."""
    places = Membership.objects.filter(room=room, user=user, ended_at=None)
    target = places.prefetch_related("rights").first()
    role = target.role if target else Role.GUEST  # who is outside ranks as whoever comes in
    require_above(actor, role, room, "chat", gives=False)
    if actor.user_id == user.pk or (target and "moderate" in target.capabilities(room)):
        words = gettext("Whoever manages people here cannot be shadow-muted.")
        raise Forbidden(message=words)
    if until is not None and until <= clock.now():
        words = gettext("This end is over already. Choose a later one.")
        raise Invalid(words, {"until": [words]})


@transaction.atomic
def shadow_end(*, actor: Membership, user_id: str) -> None:
    """What they write from now on is heard again; what they wrote meanwhile stays as it is."""
    room = Room.objects.select_for_update(no_key=True).get(pk=actor.room_id)
    found = shadow_mutes_of(room, reader=actor.user).filter(user=uuid_or_none(user_id)).first()
    if found is None:
        raise NotFound(gettext("This person is not shadow-muted here."))
    ShadowMute.objects.filter(pk=found.pk).delete()
    measures.taken(
        room_id=room.pk, by=actor.user_id, action="shadow_unmute", person=found.user_id
    )  # fmt: skip


def release(*, actor: Membership, message_id: str) -> Message:
    """Publish a message that was written unheard, once, whoever else does so too; from then on it
    is as old as that. One that is published already stays as it is.

    The row says first that it may be heard: a process that dies in between is followed by the
    sweep that publishes what was left behind.
    """
    wanted = uuid_or_none(message_id)
    with transaction.atomic():
        message = locked(wanted) if wanted else None
        if message is None or not _releasable(message, actor):
            raise NotFound(NO_MESSAGE)
        if message.unheard:
            _let_go(message, actor)
    with transaction.atomic():  # held, so that it is told as it reads
        if locked(message.pk) is None:
            raise NotFound(NO_MESSAGE)  # erased a moment ago
        fresh = with_parts(Message.objects.filter(pk=message.pk)).get()
        return message_told(fresh)


def _releasable(message: Message, actor: Membership) -> bool:
    here = message.room_id == actor.room_id and message.deleted_at is None
    return here and not (message.unheard and message.author_id == actor.user_id)


def _let_go(message: Message, actor: Membership) -> None:
    quoted = message.reply_to
    if quoted is not None and quoted.unheard:
        message.reply_to = None
    message.unheard, message.seq, message.created_at = False, None, clock.now()
    message.save(update_fields=["unheard", "seq", "reply_to", "created_at"])
    measures.taken(
        room_id=message.room_id, by=actor.user_id, action="release", person=message.author_id,
        facts={"message": str(message.pk)},
    )  # fmt: skip


def shadow_mute_wire(mute: ShadowMute) -> dict[str, Any]:
    """As moderators see it, of `shadow_mutes_of`; `count` are the messages that nobody got."""
    return {
        "user": person(mute.user),
        "by": person(mute.by) if mute.by else None,
        "reason": mute.reason,
        "until": mute.until.isoformat() if mute.until else None,
        "created_at": mute.created_at.isoformat(),
        "count": mute.count,  # type: ignore[attr-defined]  # the selector counts
    }


def mutes_erase(user_id: UUID) -> None:
    """Those of a person, and their name on those of others."""
    ShadowMute.objects.filter(user_id=user_id).delete()
    ShadowMute.objects.filter(by_id=user_id).update(by=None)
