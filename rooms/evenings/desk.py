"""Evenings for staff: looked at, and called off."""

import datetime
from collections import Counter
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from accounts.desk import Act, Lead, Line, Order, Panel, ReasonForm, lead, link, powers
from accounts.desk.filters import Choice
from accounts.models import User
from rooms.desk import OfRoom
from rooms.evenings import oversight
from rooms.evenings.models import Answer, Evening, EveningAnswer, EveningState
from rooms.models import Room
from syncwatch.lib import clock
from syncwatch.lib.ids import uuid_or_none

IN_PANEL = 50
WEEK = datetime.timedelta(days=7)
STATES = {
    EveningState.PLANNED: gettext_lazy("To come"),
    EveningState.BEGUN: gettext_lazy("Begun"),
    EveningState.MISSED: gettext_lazy("Missed"),
    EveningState.CANCELLED: gettext_lazy("Called off"),
}
ANSWERS = {
    Answer.YES: gettext_lazy("I come"),
    Answer.MAYBE: gettext_lazy("Maybe"),
    Answer.NO: gettext_lazy("I can’t"),
}
powers.register("rooms", "view_evening", "change_evening")


class State(Choice):
    title = gettext_lazy("state")
    parameter_name = "state"
    choices_of = {state.value: (words, Q(state=state)) for state, words in STATES.items()}


class When(admin.SimpleListFilter):
    title = gettext_lazy("date")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("ahead", gettext("In the next 7 days")), ("past", gettext("In the last 7 days")),
        ]  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: QuerySet[Evening]) -> QuerySet[Evening]:
        now = clock.now()
        spans = {"ahead": (now, now + WEEK), "past": (now - WEEK, now)}
        span = spans.get(self.value() or "")
        return queryset.filter(starts_at__range=span) if span else queryset


def over(_by: User, evening: Evening) -> str:
    return "" if evening.state == EveningState.PLANNED else gettext("Is not to come any more.")


def cancel(order: Order, evening: Evening) -> bool:
    return oversight.evening_struck(evening=evening, by=order.by, **order.given)


CANCEL = Act(
    name="cancel",
    label=gettext_lazy("Call off"),
    effect=gettext_lazy(
        "It does not take place: the room is told within a second, and its people and invited "
        "friends under their bell. Nobody reads who did it but the room's moderators."
    ),
    done=gettext_lazy("Called off"),
    needs="rooms.change_evening",
    do=cancel,
    form=ReasonForm,
    unless=over,
    grave=True,
)


@admin.register(Evening)
class EveningAdmin(OfRoom):
    called = (gettext_lazy("evening"), gettext_lazy("evenings"))
    list_display = ("starts_at", "name", "room_link", "host_link", "by_link", "state_words",
                    "coming", "maybe", "not_coming")  # fmt: skip
    list_display_links = ("starts_at",)
    list_filter = (State, When)
    list_select_related = ("room__owner", "planned_by")
    search_fields = ("title", "room__code")
    search_help_text = gettext_lazy(
        "A part of its name, the room's code, whose room it is or who planned it, id"
    )
    fields = (
        "id", "starts_at", "title", "note", "room_link", "host_link", "by_link", "state_words",
        "waiting", "sequence", "created_at", "changed_at",
    )  # fmt: skip
    readonly_fields = ("room_link", "host_link", "by_link", "state_words")
    people = ("planned_by_id", "room__owner_id")
    acts = (CANCEL,)

    def looked_for(self, term: str) -> Q:
        if pk := uuid_or_none(term):
            return Q(pk=pk) | super().looked_for(term)
        return super().looked_for(term) | Q(title__icontains=term)

    def learn(self, rows: list[Evening]) -> None:
        """How many said what, of all these evenings at once."""
        said = EveningAnswer.objects.filter(evening__in=rows).order_by()
        counts: dict[object, Counter[str]] = {row.pk: Counter() for row in rows}
        for evening_id, answer, many in said.values_list("evening_id", "answer").annotate(
            Count("id")
        ):
            counts[evening_id][answer] = many
        for row in rows:
            row.counted = {each.value: counts[row.pk][each] for each in Answer}  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("name"))
    def name(self, row: Evening) -> str:
        return row.title or "–"

    @admin.display(description=gettext_lazy("room"))
    def room_link(self, row: Evening) -> str:
        return link(row.room, row.room.name)

    @admin.display(description=gettext_lazy("host"))
    def host_link(self, row: Evening) -> str:
        return link(row.room.owner)

    @admin.display(description=gettext_lazy("planned by"))
    def by_link(self, row: Evening) -> str:
        return link(row.planned_by)

    @admin.display(description=gettext_lazy("state"))
    def state_words(self, row: Evening) -> str:
        return str(STATES[EveningState(row.state)])

    @admin.display(description=gettext_lazy("yes"))
    def coming(self, row: Evening) -> int:
        return row.counted["yes"]  # type: ignore[attr-defined]  # learnt above

    @admin.display(description=gettext_lazy("maybe"))
    def maybe(self, row: Evening) -> int:
        return row.counted["maybe"]  # type: ignore[attr-defined]  # learnt above

    @admin.display(description=gettext_lazy("no"))
    def not_coming(self, row: Evening) -> int:
        return row.counted["no"]  # type: ignore[attr-defined]  # learnt above

    def panels(self, request: object, thing: Evening) -> list[Panel]:
        said = thing.answers.select_related("user").order_by("-answered_at", "-id")[:IN_PANEL]
        lines = [
            Line(words=str(ANSWERS[Answer(each.answer)]), who=str(each.user), at=each.answered_at,
                 address=reverse("admin:accounts_user_change", args=[each.user_id]))
            for each in said
        ]  # fmt: skip
        return [Panel(gettext("Answers, the last one first"), lines, gettext("Nobody"))]


lead(Room, Lead(gettext_lazy("Evenings"), Evening, "room__id__exact"))
lead(User, Lead(gettext_lazy("Evenings planned"), Evening, "planned_by__id__exact"))
