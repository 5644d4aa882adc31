"""The audit for staff."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy

from accounts.desk import DeskAdmin, link
from accounts.desk.filters import Choice
from accounts.desk.finding import people
from accounts.models import AuditEntry, User
from syncwatch.lib.ids import uuid_or_none


class About(Choice):
    title = gettext_lazy("subject")
    parameter_name = "about"
    choices_of = {
        "account": (gettext_lazy("Accounts"), Q(action__startswith="account.")),
        "session": (gettext_lazy("Sign-ins"), Q(action__startswith="session.")),
        "room": (gettext_lazy("Rooms"), Q(action__startswith="room.")),
        "video": (gettext_lazy("Films"), Q(action__startswith="video.")),
        "staff": (gettext_lazy("Other acts of staff"), Q(action__startswith="staff.")),
    }


class ByWhom(Choice):
    title = gettext_lazy("who did it")
    parameter_name = "by"
    choices_of = {
        "people": (gettext_lazy("People"), Q(actor_id__isnull=False)),
        "system": (gettext_lazy("The system itself"), Q(actor_id=None)),
    }


@admin.register(AuditEntry)
class AuditAdmin(DeskAdmin):
    """To read only, for everybody: rows are added and never changed, the database sees to it."""

    called = (gettext_lazy("audit entry"), gettext_lazy("audit entries"))
    list_display = ("at", "action", "actor", "about", "detail")
    list_display_links = ("at",)
    list_filter = (About, ByWhom, "at")
    search_fields = ("target", "actor_id")
    search_help_text = gettext_lazy(
        "Id of whoever did it or of what it was done to, name, or action"
    )
    fields = ("id", "at", "action", "actor", "about", "detail")
    readonly_fields = ("actor", "about")
    ordering = ("-at", "-id")

    def looked_for(self, term: str) -> Q:
        if pk := uuid_or_none(term):
            return Q(actor_id=pk) | Q(target=str(pk))
        found = list(User.objects.filter(people(term)).values_list("pk", flat=True)[:50])
        named = Q(actor_id__in=found) | Q(target__in=[str(pk) for pk in found])
        return named | Q(action__startswith=term)

    def learn(self, rows: list[AuditEntry]) -> None:
        """Who did it and, where it was done to a person, to whom: names of today."""
        ids = {row.actor_id for row in rows} | {uuid_or_none(row.target) for row in rows}
        known = User.objects.in_bulk([pk for pk in ids if pk is not None])
        for row in rows:
            target = uuid_or_none(row.target)
            row.known = (  # type: ignore[attr-defined]  # learnt for these rows alone
                known.get(row.actor_id) if row.actor_id else None,
                known.get(target) if target else None,
            )

    def _known(self, row: AuditEntry) -> tuple[User | None, User | None]:
        if not hasattr(row, "known"):
            self.learn([row])
        found: tuple[User | None, User | None] = row.known  # type: ignore[attr-defined]
        return found

    @admin.display(description=gettext_lazy("by"))
    def actor(self, row: AuditEntry) -> str:
        person, _ = self._known(row)
        return link(person) if person else str(row.actor_id or gettext("the system"))

    @admin.display(description=gettext_lazy("to"))
    def about(self, row: AuditEntry) -> str:
        _, person = self._known(row)
        return link(person) if person else row.target
