"""Emoji on messages: everybody's own, at most so many different ones."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from chat import protocol
from chat.access import NO_MESSAGE
from chat.emoji import is_emoji, plain
from chat.emotes.names import written
from chat.emotes.services import is_emote
from chat.models import EMOJI_MAX, Message, Reaction
from chat.selectors import reactions_wire
from chat.telling import locked, retell
from syncwatch.lib.errors import Invalid, NotFound

DIFFERENT_MAX = 20


def react(*, message: Message, user_id: str, emoji: str, on: bool) -> bool:
    """Put an emoji, or an emote of the room, on a message, or take one's own off it; answers
    whether that changed anything.

    Said again it changes nothing, and nobody is told.
    """
    emote = written(emoji)
    if emote is not None:
        emoji = _emote(message, emote, on=on)
    elif len(emoji) > EMOJI_MAX or not is_emoji(emoji):
        raise _refused(gettext("One emoji is a reaction. Choose one."))
    with transaction.atomic():
        fresh = locked(message.pk)
        if fresh is None or fresh.deleted_at is not None:
            raise NotFound(NO_MESSAGE)
        sign = _as_it_stands(fresh, emoji)
        changed = _put(fresh, user_id, sign) if on else _take(fresh, user_id, sign)
    if changed:
        retell(message, lambda now: _event(now, user_id, sign, on=on))
    return changed


def _emote(message: Message, name: str, *, on: bool) -> str:
    """An emote of the room, as it is written; what was put is taken off also when it is gone."""
    if on and not is_emote(message.room_id, name):
        raise _refused(gettext("This room has no :{name}:.").format(name=name))
    return f":{name}:"


def _as_it_stands(message: Message, emoji: str) -> str:
    """The form in which this emoji is on the message already, where it is."""
    there = message.reactions.order_by().values_list("emoji", flat=True).distinct()
    return next((sign for sign in there if plain(sign) == plain(emoji)), emoji)


def _put(message: Message, user_id: str, sign: str) -> bool:
    others = message.reactions.exclude(emoji=sign).order_by().values("emoji").distinct().count()
    if others >= DIFFERENT_MAX:
        words = gettext("There are {most} different reactions on it. Join one of them.")
        raise _refused(words.format(most=DIFFERENT_MAX))
    _, made = Reaction.objects.get_or_create(message=message, user_id=UUID(user_id), emoji=sign)
    return made


def _take(message: Message, user_id: str, sign: str) -> bool:
    gone, _ = message.reactions.filter(user_id=UUID(user_id), emoji=sign).delete()
    return gone > 0


def _refused(words: str) -> Invalid:
    return Invalid(words, {"emoji": [words]})


def _event(message: Message, user_id: str, sign: str, *, on: bool) -> protocol.Reacted:
    """As it is now: of two at once, both are told what both made of it."""
    row = next((row for row in reactions_wire(message) if row["emoji"] == sign), None)
    return protocol.Reacted(
        id=str(message.pk), emoji=sign, by=user_id, on=on,
        count=row["count"] if row else 0, people=row["by"] if row else [],
    )  # fmt: skip
