"""What people did in a room, as lines of its history."""

import datetime
import math
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from chat.models import BODY_MAX, Kind, Message
from chat.services import message_publish, message_rewritten
from rooms.deeds import Deed
from rooms.live import on_commit
from syncwatch.lib.text import clock_words

# Somebody who looks for a scene jumps ten times; the room needs to read the last of it.
ONE_GO = datetime.timedelta(seconds=10)
REPEATABLE = {"play", "pause", "seek", "rate", "evening_moved"}

Facts = dict[str, Any]


def _place(facts: Facts) -> str:
    return clock_words(math.floor(facts["position"]))


# What a person was given, and what was taken from them, by capability.
_GIVEN = {
    "control": "gave {who} the remote",
    "queue": "let {who} change the queue",
    "chat": "let {who} write in the chat",
    "voice": "let {who} talk",
    "invite": "let {who} invite people",
    "moderate": "let {who} manage people",
    "settings": "let {who} change the room",
}
_TAKEN = {
    "control": "took the remote from {who}",
    "queue": "took the queue from {who}",
    "chat": "muted {who} in the chat",
    "voice": "muted {who} in voice",
    "invite": "stopped {who} inviting people",
    "moderate": "stopped {who} managing people",
    "settings": "stopped {who} changing the room",
}


def _right_words(facts: Facts) -> str:
    said = (_GIVEN if facts["allowed"] else _TAKEN)[facts["capability"]]
    return said.format(who=facts["display_name"]) + _span(facts["for_s"])


def _span(for_s: int | None) -> str:
    if for_s is None:
        return ""
    minutes = max(1, round(for_s / 60))
    if minutes < 60:  # noqa: PLR2004  an hour
        return f" for {minutes} minute{'s' if minutes > 1 else ''}"
    hours = round(minutes / 60)
    return f" for {hours} hour{'s' if hours > 1 else ''}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _seconds(seconds: int) -> str:
    return _many(seconds, "second") if seconds % 60 else _many(seconds // 60, "minute")


def _cleared(facts: Facts) -> str:
    of = f" of {facts['display_name']}" if "display_name" in facts else ""
    return f"cleared {_many(facts['count'], 'message')}{of}"


def _moment(facts: Facts) -> str:
    """In a zone that is the same for everybody; browsers say it in the reader's own."""
    at = datetime.datetime.fromisoformat(facts["starts_at"]).astimezone(datetime.UTC)
    return f"{at:%a} {at.day} {at:%b %Y, %H:%M} UTC"


_WORDS: dict[str, Callable[[Facts], str]] = {
    "play": lambda facts: "pressed play",
    "pause": lambda facts: f"paused at {_place(facts)}",
    "seek": lambda facts: f"jumped {'back ' if facts['back'] else ''}to {_place(facts)}",
    "rate": lambda facts: f"set the speed to {facts['rate']:g}×",
    "load": lambda facts: (
        f"started {facts['title'] or 'a film'}" if facts["item_id"] else "took the film off"
    ),
    "added": lambda facts: f"added {facts['title']}",
    "removed": lambda facts: f"removed {facts['title']} while it was on",
    "joined": lambda facts: "joined",
    "left": lambda facts: "left",
    "kicked": lambda facts: f"removed {facts['display_name']}",
    "banned": lambda facts: f"banned {facts['display_name']}",
    "unbanned": lambda facts: f"lifted the ban on {facts['display_name']}",
    "cleared": _cleared,
    "slow_mode": lambda facts: (
        f"turned slow mode on, a message every {_seconds(facts['value'])}"
        if facts["value"]
        else "turned slow mode off"
    ),
    "new_guests": lambda facts: (
        f"lets new guests write after {_seconds(facts['value'])}"
        if facts["value"]
        else "lets new guests write at once"
    ),
    "locked_in": lambda facts: (
        "closed the room to newcomers" if facts["value"] else "opened the room to newcomers"
    ),
    "filters": lambda facts: "changed what the chat keeps out",
    "role": lambda facts: f"made {facts['display_name']} {facts['role']}",
    "right": _right_words,
    "stands_in": lambda facts: "stands in for the host and has the remote",
    "renamed": lambda facts: f"called the room {facts['title']}",
    "evening_planned": lambda facts: f"planned an evening for {_moment(facts)}",
    "evening_moved": lambda facts: f"moved the evening to {_moment(facts)}",
    "evening_cancelled": lambda facts: "called the evening off",
}


def words(deed: Deed, doer: User | None) -> str:
    """A deed as a sentence in English."""
    if deed.name == "begin":
        return f"The evening begins: {deed.facts.get('title') or 'a film'}"[:BODY_MAX]
    if deed.name == "evening_cancelled" and doer is None:
        return "The evening was called off"
    if deed.name == "removed" and doer is None:
        return f"{deed.facts['title']} was removed while it was on"[:BODY_MAX]
    if doer is None:
        return f"Next: {deed.facts.get('title') or 'a film'}"[:BODY_MAX]
    return f"{doer.display_name} {_WORDS[deed.name](dict(deed.facts))}"[:BODY_MAX]


def deed_keep(deed: Deed) -> None:
    """Write a deed into the history and tell the room, once. Within a transaction: with it.

    The same person doing the same again at once changes the line that is there.
    """
    doer = User.objects.filter(pk=deed.by).first() if deed.by else None
    if deed.by and doer is None:
        return  # erased meanwhile, with all they did
    line = _line(deed, doer)
    if Message.objects.filter(room_id=deed.room_id, kind=Kind.SYSTEM, nonce=line.nonce).exists():
        return
    before = _same_go(line)
    if before is None:
        _add(line)
    else:
        _rewrite(before, line)


def _line(deed: Deed, doer: User | None) -> Message:
    return Message(
        room_id=deed.room_id, author=doer, kind=Kind.SYSTEM, body=words(deed, doer),
        deed={"name": deed.name, **deed.facts}, nonce=deed.once, created_at=deed.at,
        item_id=deed.item_id, media_time_s=deed.media_time_s,
    )  # fmt: skip


def _same_go(line: Message) -> Message | None:
    """The newest line of the room, when this one only goes on with it."""
    said = Message.objects.filter(room_id=line.room_id, unheard=False, deleted_at=None)
    last = said.select_related("author", "room").order_by("-created_at", "-id").first()
    if last is None or last.rank is None or last.deed is None:
        return None
    name = line.deed["name"] if line.deed else ""
    same = last.author_id == line.author_id and last.deed["name"] == name in REPEATABLE
    return last if same and line.created_at - last.created_at < ONE_GO else None


def _add(line: Message) -> None:
    try:
        with transaction.atomic():
            line.save(force_insert=True)
    except IntegrityError:
        return  # told twice at once; the other one won
    on_commit(lambda: message_publish(line))


def _rewrite(before: Message, line: Message) -> None:
    for name in ("body", "deed", "nonce", "item_id", "media_time_s"):
        setattr(before, name, getattr(line, name))
    before.save(update_fields=["body", "deed", "nonce", "item_id", "media_time_s"])
    on_commit(lambda: message_rewritten(before))
