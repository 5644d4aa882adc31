"""Reads of evenings, in the form they have on the wire."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext

from accounts.models import User
from accounts.selectors import person
from rooms.evenings import asked, rules
from rooms.evenings.films import film_on_list
from rooms.evenings.models import Answer, Evening, EveningAnswer, EveningState
from rooms.models import Invite, Room
from syncwatch.lib import clock
from syncwatch.lib.errors import NotFound

NAMED_MOST = 50  # people of each answer that the wire names; it counts all of them
_SHOWN_AT_HOME = 3
_NAMED_AT_HOME = 3
_ASKED_MOST = 50


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


def evening_wire(evening: Evening, *, outside: User | None = None) -> dict[str, Any]:
    """An evening as everybody in the room sees it. Who was invited and is `outside` reads how many
    come, and nobody's name but their own.
    """
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
        "answers": _named([one for one in answers if outside in {None, one.user}]),
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


def evenings_for(user: User, outside: dict[UUID, Invite]) -> QuerySet[Evening]:
    """What this person could come to, the next first; `outside`: see rooms.evenings.asked."""
    coming = Prefetch(
        "answers",
        EveningAnswer.objects.filter(answer=Answer.YES).select_related("user"),
        to_attr="coming",
    )
    mine = Prefetch("answers", EveningAnswer.objects.filter(user=user), to_attr="mine")
    found = Evening.objects.filter(
        asked.rooms_of(user, outside),
        state=EveningState.PLANNED,
        starts_at__gt=clock.now() - rules.GRACE,
        room__closed_at=None,
    )
    ordered = found.select_related("room__owner").order_by("starts_at", "id")
    return ordered.prefetch_related(coming, mine)


def at_home(user: User) -> list[dict[str, Any]]:
    """The cards of the home page."""
    outside = asked.invitations(user)
    found = evenings_for(user, outside)[:_SHOWN_AT_HOME]
    return [_card(each, user, outside.get(each.room_id)) for each in found]


def asked_to(user: User) -> list[dict[str, Any]]:
    """What this person could come to, with what they said: for lists away from the room."""
    return [
        {
            "id": str(each.pk),
            "code": each.room.code,
            "room": each.room.name,
            "title": each.title,
            "starts_at": each.starts_at.isoformat(),
            "answer": _own_answer(each),
        }
        for each in evenings_for(user, asked.invitations(user))[:_ASKED_MOST]
    ]


def _own_answer(evening: Evening) -> str | None:
    mine: list[EveningAnswer] = evening.mine  # type: ignore[attr-defined]  # prefetched
    return next((one.answer for one in mine), None)


def _card(evening: Evening, user: User, invite: Invite | None) -> dict[str, Any]:
    """`names` of others who come, and how many `more`, for those inside; `asked_by` whoever invited
    somebody who is not; `mine` is "" where one has not answered.
    """
    others = [one.user for one in evening.coming if one.user_id != user.pk]  # type: ignore[attr-defined]  # prefetched
    coming = [] if invite else others
    named = coming[:_NAMED_AT_HOME]
    return {
        "code": evening.room.code,
        "path": f"/i/{invite.token}" if invite else f"/r/{evening.room.code}",
        "asked_by": invite.created_by.display_name if invite else "",
        "room": evening.room.name,
        "title": evening.title,
        "starts_at": evening.starts_at,
        "near": rules.lobby_open(evening.starts_at, now=clock.now()),
        "coming": [person(one) for one in coming],
        "names": ", ".join(one.display_name for one in named),
        "more": len(coming) - len(named),
        "mine": _own_answer(evening) or "",
    }
