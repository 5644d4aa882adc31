"""Reports for staff: the queue of what people ask somebody to look at."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from accounts.desk import Act, Panel, link
from accounts.desk.acts import staff
from accounts.desk.filters import Choice
from accounts.models import User
from chat import reports
from chat.desk import AROUND, excerpt, line_of, moment, neighbours
from chat.models import Message, Report
from rooms.desk import OfRoom
from syncwatch.lib.ids import uuid_or_none


def about_oneself(by: User, report: Report) -> str:
    """A superuser has nobody above who could settle it."""
    mine = report.person_id == by.pk and not by.is_superuser
    return gettext("This is about yourself.") if mine else ""


def not_to_take(by: User, report: Report) -> str:
    if report.state == Report.State.TAKEN:
        return gettext("{who} is at it.").format(who=report.handled_by or gettext("Somebody"))
    return not_to_settle(by, report)


def not_to_settle(by: User, report: Report) -> str:
    if report.state not in reports.UNSETTLED:
        return gettext("Is settled already.")
    return about_oneself(by, report)


def handling(state: str) -> Any:
    return lambda order, report: reports.report_handle(report=report, by=order.by, state=state)


ACTS = (
    Act(
        name="take",
        label=gettext_lazy("Take"),
        effect=gettext_lazy("It is yours from now on. Everybody who keeps order sees that."),
        done=gettext_lazy("Taken"),
        needs="chat.change_report",
        do=handling(Report.State.TAKEN),
        unless=not_to_take,
    ),
    Act(
        name="settle",
        label=gettext_lazy("Settle"),
        effect=gettext_lazy("It is done with: something was wrong and you did what was needed."),
        done=gettext_lazy("Settled"),
        needs="chat.change_report",
        do=handling(Report.State.DONE),
        unless=not_to_settle,
    ),
    Act(
        name="reject",
        label=gettext_lazy("Reject"),
        effect=gettext_lazy("It is done with: nothing was wrong."),
        done=gettext_lazy("Rejected"),
        needs="chat.change_report",
        do=handling(Report.State.DISMISSED),
        unless=not_to_settle,
    ),
)


class Queue(Choice):
    """What waits, unless somebody asks for other states."""

    title = gettext_lazy("state")
    parameter_name = "state"
    choices_of = {
        "open": (gettext_lazy("Nobody at it yet"), Q(state=Report.State.OPEN)),
        "taken": (gettext_lazy("In work"), Q(state=Report.State.TAKEN)),
        "done": (gettext_lazy("Settled"), Q(state=Report.State.DONE)),
        "dismissed": (gettext_lazy("Rejected"), Q(state=Report.State.DISMISSED)),
        "all": (gettext_lazy("All"), Q()),
    }

    def choices(self, changelist: Any) -> Any:
        """The first choice of every filter is called All; of this one it is what waits."""
        found = super().choices(changelist)
        yield {**next(found), "display": gettext("Waiting")}
        yield from found

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        if self.value() is None:
            return queryset.filter(state__in=reports.UNSETTLED)
        return super().queryset(request, queryset)


@admin.register(Report)
class ReportAdmin(OfRoom):
    """The queue: what people ask somebody to look at."""

    called = (gettext_lazy("report"), gettext_lazy("reports"))
    list_display = ("words", "state_shown", "kind", "about", "moment", "room_link",
                    "reporter_link", "handled_by", "created_at")  # fmt: skip
    list_display_links = ("words",)
    list_filter = (Queue, "kind", "created_at")
    list_select_related = ("room", "person", "reporter", "handled_by")
    search_fields = ("excerpt", "person__username", "room__code")
    search_help_text = gettext_lazy(
        "Name of whom it is about or who reported it, a room's code, id"
    )
    fields = (
        "state_shown", "kind", "about", "words_then", "note", "moment", "message_link",
        "room_link", "reporter_link", "created_at", "handled_by_link", "handled_at", "id",
    )  # fmt: skip
    readonly_fields = ("state_shown", "about", "words_then", "moment", "message_link", "room_link",
                       "reporter_link", "handled_by_link")  # fmt: skip
    people = ("person_id", "reporter_id")
    acts = ACTS
    all_rows = "state=all"

    def untold(self, reader: User) -> Q:
        return Q(person=reader)

    def looked_for(self, term: str) -> Q:
        pk = uuid_or_none(term)
        found = super().looked_for(term)
        return found | Q(pk=pk) | Q(message_id=pk) if pk else found

    @admin.display(description=gettext_lazy("about"))
    def about(self, report: Report) -> str:
        return link(report.person)

    @admin.display(description=gettext_lazy("state"))
    def state_shown(self, report: Report) -> str:
        return str(Queue.choices_of[report.state][0])

    @admin.display(description=gettext_lazy("words"))
    def words(self, report: Report) -> str:
        return excerpt(report.excerpt or report.note) or gettext("about a person")

    @admin.display(description=gettext_lazy("words as they were"))
    def words_then(self, report: Report) -> str:
        return report.excerpt or "–"

    @admin.display(description=gettext_lazy("film"))
    def moment(self, report: Report) -> str:
        return moment(report)

    @admin.display(description=gettext_lazy("message"))
    def message_link(self, report: Report) -> str:
        gone = report.message is not None and report.message.deleted_at is not None
        return link(report.message, gettext("taken back") if gone else None)

    @admin.display(description=gettext_lazy("room"))
    def room_link(self, report: Report) -> str:
        return link(report.room, report.room.name)

    @admin.display(description=gettext_lazy("reported by"))
    def reporter_link(self, report: Report) -> str:
        return link(report.reporter)

    @admin.display(description=gettext_lazy("handled by"))
    def handled_by_link(self, report: Report) -> str:
        return link(report.handled_by)

    def panels(self, request: HttpRequest, thing: Report) -> list[Panel]:
        if not staff(request).has_perm("chat.view_message"):
            return []
        if thing.message is not None:
            return [neighbours(thing.message)]
        said = Message.objects.filter(room_id=thing.room_id, author_id=thing.person_id)
        newest = list(said.select_related("author").order_by("-id")[: 2 * AROUND])
        title = gettext("What they said last in this room")
        return [Panel(title, [line_of(each) for each in reversed(newest)], gettext("Nothing"))]
