"""What a person owns here: how it is exported, and how it is erased."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from chat.emotes import services as emotes
from chat.emotes.models import Emote
from chat.mentions import without
from chat.models import Edit, Message, Pin, Reaction, ReadPosition, Report, Vote
from chat.polls import votes_erase
from chat.reactions import react
from chat.reports import report_receipt
from chat.selectors import edits_wire, history, poll_wire
from chat.services import message_delete, message_rewritten
from chat.store import TAIL_LENGTH, tails_forget
from chat.unheard.models import ShadowMute
from chat.unheard.services import mutes_erase
from rooms.live import on_commit
from rooms.models import Room

ABOUT = gettext_lazy(
    "What you said in rooms, with what it read before you changed it, your polls, votes, "
    "reactions and reports."
)


def export(user: User) -> dict[str, Any]:
    """Everything a person said and did not take back, and what they attached to messages."""
    said = Message.objects.filter(author=user, deleted_at=None).select_related("room", "poll")
    said = said.prefetch_related("edits")
    reacted = Reaction.objects.filter(user=user).select_related("message__room")
    return {
        "messages": [_row(message) for message in said.order_by("created_at", "id")],
        "reactions": [_reaction(each) for each in reacted],
        "votes": [
            {"room": vote.poll.message.room.name, "poll": str(vote.poll_id), "option": vote.option}
            for vote in Vote.objects.filter(user=user).select_related("poll__message__room")
        ],
        "pins": [
            {"room": pin.room.name, "message": str(pin.pk), "at": pin.at.isoformat()}
            for pin in Pin.objects.filter(by=user).select_related("room")
        ],
        "reports": [
            report_receipt(each) | {"room": each.room.name}
            for each in Report.objects.filter(reporter=user).select_related("room")
        ],
        "shadow_mutes": [
            {
                "room": each.room.name,
                "reason": each.reason,
                "at": each.created_at.isoformat(),
                "until": each.until.isoformat() if each.until else None,
            }
            for each in ShadowMute.objects.filter(user=user).select_related("room")
        ],
        "emotes": [
            {"room": each.room.name, "name": each.name, "at": each.created_at.isoformat()}
            for each in Emote.objects.filter(by=user).defer("data").select_related("room")
        ],
        "read": [
            {"room": each.room.name, "message": str(each.message_id) if each.message_id else None}
            for each in ReadPosition.objects.filter(user=user).select_related("room")
        ],
    }


def _row(message: Message) -> dict[str, Any]:
    return {
        "id": str(message.id),
        "room": message.room.name,
        "body": message.body,
        "heard": not message.unheard,
        "created_at": message.created_at.isoformat(),
        "edited_at": message.edited_at.isoformat() if message.edited_at else None,
        "before": edits_wire(message),
        "poll": poll_wire(message.poll) if hasattr(message, "poll") else None,
    }


def _reaction(reaction: Reaction) -> dict[str, Any]:
    return {
        "room": reaction.message.room.name,
        "message": str(reaction.message_id),
        "emoji": reaction.emoji,
        "created_at": reaction.created_at.isoformat(),
    }


def forget(user: User) -> Callable[[], None]:
    """The last messages of rooms are read from the database anew: others answered this person, and
    there their name stands beside the answer.
    """
    said = Q(messages__author=user) | Q(messages__deed__user_id=str(user.pk))
    codes = list(Room.objects.filter(said).distinct().values_list("code", flat=True))
    return lambda: on_commit(lambda: tails_forget(codes))


def erase(user: User) -> None:
    """Every word, and every line that names them, for good. Rooms hear of those they still show."""
    _reactions_erase(user)
    votes_erase(user.pk)
    ReadPosition.objects.filter(user=user).delete()
    Pin.objects.filter(by=user).update(by=None)
    for emote in Emote.objects.filter(by=user).defer("data").select_related("room"):
        emotes.emote_remove(emote=emote, by=user)  # a picture they brought may show them
    Report.objects.filter(person=user).delete()  # with what they had written
    Report.objects.filter(reporter=user).update(reporter=None, note="")
    Report.objects.filter(handled_by=user).update(handled_by=None)
    mutes_erase(user.pk)
    _names_erase(user)
    theirs = Message.objects.filter(Q(author=user) | Q(deed__user_id=str(user.pk)))
    for room in Room.objects.filter(messages__in=theirs).distinct():
        shown = {message.pk for message in history(room)[:TAIL_LENGTH]}
        seen = Q(pk__in=shown) | Q(room=room, pin__isnull=False)
        for message in theirs.filter(seen).select_related("room"):
            message_delete(message=message, by=str(user.pk))
    theirs.delete()


def _reactions_erase(user: User) -> None:
    for reaction in Reaction.objects.filter(user=user).select_related("message__room"):
        react(message=reaction.message, user_id=str(user.pk), emoji=reaction.emoji, on=False)


def _names_erase(user: User) -> None:
    """Where others named them, nobody is named any more; nor in what a message read before, nor in
    what somebody reported.
    """
    names = list(filter(None, {user.display_name, user.username}))
    for message in Message.objects.filter(mentions__user=user).distinct().select_related("room"):
        with transaction.atomic():
            theirs = message.mentions.filter(user=user)
            gone = [*names, *theirs.values_list("name", flat=True)]
            Message.objects.filter(pk=message.pk).update(body=without(message.body, gone))
            theirs.delete()
        message_rewritten(message)
    for name in names:
        for edit in Edit.objects.filter(body__icontains=f"@{name}"):
            Edit.objects.filter(pk=edit.pk).update(body=without(edit.body, [name]))
        for report in Report.objects.filter(excerpt__icontains=f"@{name}"):
            kept = without(report.excerpt, [name])
            Report.objects.filter(pk=report.pk).update(excerpt=kept)
