"""One kind of thing on the desk: its list, its search, its page, and what may be done with it."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst

from accounts.desk.acts import Act, staff
from accounts.desk.columns import name_column
from accounts.desk.leads import leads_from, list_of, meta
from accounts.desk.paging import CheapPaginator
from accounts.desk.panels import Panel
from accounts.staff import ReadOnlyAdmin

PAGE = 50


class DeskList(ChangeList):
    """Learns what the rows of one page need together, instead of row by row."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        desk: Any = self.model_admin
        desk.learn(self.result_list)


class DeskAdmin(ReadOnlyAdmin):
    """Nothing here is changed by hand. Lists are read by their key, so newest first, a page at a
    time; `looked_for` says what a search means, `learn` what else a page of rows has to know.
    """

    paginator = CheapPaginator
    list_per_page = PAGE
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering: ClassVar[tuple[str, ...]] = ("-id",)
    change_form_template = "admin/desk/thing.html"
    acts: tuple[Act, ...] = ()
    all_rows = ""  # the query under which the list hides no row
    # What one of them is called, and several. Said here and not in the table: no migration for it.
    called: tuple[Any, Any] | None = None  # from gettext_lazy

    def __init__(self, model: type[Any], site: admin.AdminSite) -> None:
        super().__init__(model, site)
        if self.called:
            self.opts.verbose_name, self.opts.verbose_name_plural = self.called
        for field in self.opts.concrete_fields:
            name_column(field)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskList

    def learn(self, rows: list[Any]) -> None:
        """Look up, in one go, what these rows show."""

    def looked_for(self, term: str) -> Q:
        raise NotImplementedError("search_fields without looked_for")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = search_term.replace("\0", "").strip()
        return (queryset.filter(self.looked_for(term)) if term else queryset), False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = capfirst(str(meta(self.model).verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def acts_for(self, request: HttpRequest) -> list[Act]:
        by = staff(request)
        return [act for act in self.acts if by.has_perm(act.needs)]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Django's own delete is never among them."""
        if IS_POPUP_VAR in request.GET:
            return {}
        return {act.name: act.choice() for act in self.acts_for(request)}

    def panels(self, request: HttpRequest, thing: Any) -> list[Panel]:
        return []

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        thing = self.get_object(request, object_id) if request.method == "GET" else None
        context = {**(extra_context or {})}
        if thing is not None and self.has_view_permission(request, thing):
            context |= self._about(request, thing)
        return super().change_view(request, object_id, form_url, context)

    def _about(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        by = staff(request)
        return {
            "acts": [act for act in self.acts_for(request) if not act.unless(by, thing)],
            "acts_address": f"{list_of(self.model)}?{self.all_rows}",
            "leads": leads_from(thing, by.has_perm),
            "panels": self.panels(request, thing),
            "audit_address": (
                f"{reverse('admin:accounts_auditentry_changelist')}?q={thing.pk}"
                if by.has_perm("accounts.view_auditentry")
                else ""
            ),
        }
