"""Reads of evenings, in the form they have on the wire."""

from collections import Counter
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext

from accounts.models import User
from accounts.selectors import person
from rooms.evenings import rules
from rooms.evenings.films import film_on_list
from rooms.evenings.models import Answer, Evening, EveningAnswer, EveningState
from rooms.models import Room
from syncwatch.lib import clock
from syncwatch.lib.errors import NotFound

NAMED_MOST = 50  # people of each answer that the wire names; it counts all of them
_SHOWN_AT_HOME = 3
_NAMED_AT_HOME = 3


def upcoming(room: Room) -> Evening | None:
    """The room's date to come, also one that is due and waits."""
    found = Evening.objects.filter(room=room, state=EveningState.PLANNED)
    return found.select_related("room", "planned_by").first()


def upcoming_in(room: Room) -> Evening:
    evening = upcoming(room)
    if evening is None:
        raise NotFound(gettext("No evening is planned in this room."))
    return evening


def latest(room: Room) -> Evening:
    """For a calendar: the date to come, else the last one, so that a call-off arrives too."""
    found = Evening.objects.filter(room=room).select_related("room", "planned_by")
    evening = upcoming(room) or found.order_by("-changed_at", "-id").first()
    if evening is None:
        raise NotFound(gettext("No evening is planned in this room."))
    return evening


def evening_wire(evening: Evening) -> dict[str, Any]:
    """An evening as everybody in the room sees it."""
    answers = list(evening.answers.select_related("user"))
    film = film_on_list(evening.room_id, evening.item_id) if evening.item_id else None
    return {
        "id": str(evening.pk),
        "starts_at": evening.starts_at.isoformat(),
        "title": evening.title,
        "note": evening.note,
        "film": {"item_id": str(film[0]), "title": film[1]} if film else None,
        "planned_by": person(evening.planned_by) if evening.planned_by else None,
        "state": evening.state,
        "waiting": evening.waiting or None,
        "sequence": evening.sequence,
        "answers": _named(answers),
        "counts": _counts(answers),
    }


def _counts(answers: list[EveningAnswer]) -> dict[str, int]:
    counted = Counter(each.answer for each in answers)
    return {answer: counted[answer] for answer in Answer.values}


def _named(answers: list[EveningAnswer]) -> dict[str, list[dict[str, Any]]]:
    """Who said what, whoever said so first first."""
    said: dict[str, list[dict[str, Any]]] = {answer: [] for answer in Answer.values}
    for each in answers:
        if len(said[each.answer]) < NAMED_MOST:
            said[each.answer].append(person(each.user))
    return said


def answer_of(evening: Evening | None, user: User) -> str | None:
    if evening is None:
        return None
    found = EveningAnswer.objects.filter(evening=evening, user=user)
    return found.values_list("answer", flat=True).first()


def evenings_for(user: User) -> QuerySet[Evening]:
    """What this person could come to, the next first."""
    coming = Prefetch(
        "answers",
        EveningAnswer.objects.filter(answer=Answer.YES).select_related("user"),
        to_attr="coming",
    )
    mine = Prefetch("answers", EveningAnswer.objects.filter(user=user), to_attr="mine")
    found = Evening.objects.filter(
        state=EveningState.PLANNED,
        starts_at__gt=clock.now() - rules.GRACE,
        room__closed_at=None,
        room__memberships__user=user,
        room__memberships__ended_at=None,
    )
    ordered = found.select_related("room__owner").order_by("starts_at", "id")
    return ordered.prefetch_related(coming, mine)


def at_home(user: User) -> list[dict[str, Any]]:
    """The cards of the home page."""
    return [_card(each, user) for each in evenings_for(user)[:_SHOWN_AT_HOME]]


def _card(evening: Evening, user: User) -> dict[str, Any]:
    """`names` of others who come, and how many `more`; `mine` is "" where one has not answered."""
    coming = [one.user for one in evening.coming if one.user_id != user.pk]  # type: ignore[attr-defined]  # prefetched
    named = coming[:_NAMED_AT_HOME]
    return {
        "code": evening.room.code,
        "room": evening.room.name,
        "title": evening.title,
        "starts_at": evening.starts_at,
        "near": rules.lobby_open(evening.starts_at, now=clock.now()),
        "coming": [person(one) for one in coming],
        "names": ", ".join(one.display_name for one in named),
        "more": len(coming) - len(named),
        "mine": next((one.answer for one in evening.mine), ""),  # type: ignore[attr-defined]  # prefetched
    }
