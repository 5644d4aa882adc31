"""Rooms, memberships, invitations, bans and the moderators' log for staff."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, gettext_lazy

from accounts.desk import Act, DeskAdmin, Lead, Line, Order, Panel, ReasonForm, lead, link, powers
from accounts.desk.acts import ask, staff
from accounts.desk.filters import Choice
from accounts.desk.finding import of_people
from accounts.desk.forms import LineField
from accounts.models import User
from accounts.store import order_taken
from rooms import measures, oversight, store
from rooms.desk import OfRoom
from rooms.evenings import desk as evenings
from rooms.models import Ban, Invite, Measure, Membership, Room
from syncwatch.lib.ids import ROOM_CODE_LENGTH, uuid_or_none
from syncwatch.lib.redis import RedisError

_ = evenings  # brings the page of evenings
IN_PANEL = 20
powers.register("rooms", "view_room", "change_room", "view_membership", "view_ban", "view_measure")


class AnnouncementForm(forms.Form):
    """What everybody in the room reads."""

    text = LineField(
        label=gettext_lazy("What to say"),
        max_length=oversight.ANNOUNCEMENT_MAX,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )


def closed(_by: User, room: Room) -> str:
    return gettext("Is closed already.") if room.closed_at else ""


def shut(order: Order, room: Room) -> bool:
    return oversight.room_shut(room=room, by=order.by, **order.given)


def announce(order: Order, room: Room) -> None:
    oversight.announce(room=room, by=order.by, **order.given)


CLOSE = Act(
    name="close",
    label=gettext_lazy("Close for good"),
    effect=gettext_lazy(
        "Everybody in it is told and sent out within a second, and nobody comes in any more. "
        "There is no way back. Films stay with their owners."
    ),
    done=gettext_lazy("Closed"),
    needs="rooms.change_room",
    do=shut,
    form=ReasonForm,
    unless=closed,
    grave=True,
)
ANNOUNCE = Act(
    name="announce",
    label=gettext_lazy("Announce"),
    effect=gettext_lazy("Everybody who is in it now reads this at once, over their film."),
    done=gettext_lazy("Announced"),
    needs="rooms.change_room",
    do=announce,
    form=AnnouncementForm,
    unless=closed,
)


class RoomState(Choice):
    title = gettext_lazy("state")
    parameter_name = "state"
    choices_of = {
        "open": (gettext_lazy("Open rooms"), Q(closed_at=None)),
        "closed": (gettext_lazy("Closed rooms"), Q(closed_at__isnull=False)),
    }


class Size(admin.SimpleListFilter):
    """By how many people have a place."""

    title = gettext_lazy("size")
    parameter_name = "size"
    SPANS = {"1": (1, 1), "2-9": (2, 9), "10-49": (10, 49), "50-": (50, 10**9)}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("1", gettext("One person")), ("2-9", gettext("2 to 9")),
            ("10-49", gettext("10 to 49")), ("50-", gettext("50 and more")),
        ]  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: QuerySet[Room]) -> QuerySet[Room]:
        span = self.SPANS.get(self.value() or "")
        if span is None:
            return queryset
        places = Membership.objects.filter(ended_at=None).order_by().values("room_id")
        counted = places.annotate(n=Count("id")).filter(n__gte=span[0], n__lte=span[1])
        return queryset.filter(pk__in=counted.values("room_id"))


@admin.register(Room)
class RoomAdmin(DeskAdmin):
    called = (gettext_lazy("room"), gettext_lazy("rooms"))
    list_display = ("name", "code", "owner", "visibility", "places", "here", "active_at",
                    "closed_at")  # fmt: skip
    list_filter = (RoomState, "visibility", Size, "active_at")
    list_select_related = ("owner",)
    search_fields = ("name", "code", "owner__username")
    search_help_text = gettext_lazy(
        "Code, address or a part of the name; id, name or mail of the host"
    )
    fields = (
        "id", "code", "name", "owner", "visibility", "control", "locked_in", "slow_mode_s",
        "new_guest_delay_s", "now_playing", "created_at", "active_at", "closed_at",
    )  # fmt: skip
    ordering = ("-active_at", "-id")
    change_list_template = "admin/desk/rooms.html"
    acts = (ANNOUNCE, CLOSE)

    def looked_for(self, term: str) -> Q:
        """A room's address is taken as well: what stands behind its last stroke is the code."""
        word = term.rstrip("/").rpartition("/")[2]
        if pk := uuid_or_none(word):
            return Q(pk=pk) | Q(owner_id=pk)
        named = Q(name__icontains=term) | of_people(term, "owner_id")
        return named | Q(code=word.lower()) if len(word) == ROOM_CODE_LENGTH else named

    def learn(self, rows: list[Room]) -> None:
        """How many have a place, and how many are there now."""
        held = Membership.objects.filter(room__in=rows, ended_at=None).order_by()
        places = dict(held.values_list("room_id").annotate(Count("id")))
        try:
            heads = store.head_counts_sync([row.code for row in rows]) if rows else {}
        except RedisError:
            heads = {}
        for row in rows:
            row.counted = (places.get(row.pk, 0), heads.get(row.code))  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("places"))
    def places(self, row: Room) -> int:
        counted: tuple[int, int | None] = row.counted  # type: ignore[attr-defined]
        return counted[0]

    @admin.display(description=gettext_lazy("here now"))
    def here(self, row: Room) -> int | str:
        counted: tuple[int, int | None] = row.counted  # type: ignore[attr-defined]
        return "?" if counted[1] is None else counted[1]

    def panels(self, request: HttpRequest, thing: Room) -> list[Panel]:
        return [people_in(thing), measures_in(thing, staff(request))]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.announce_view)
        return [path("announce/", view, name="rooms_room_announce"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may = staff(request).has_perm(ANNOUNCE.needs)
        return super().changelist_view(request, {**(extra_context or {}), "may_announce": may})

    def announce_view(self, request: HttpRequest) -> HttpResponse:
        """To all rooms at once."""
        by = staff(request)
        if not by.has_perm(ANNOUNCE.needs):
            raise PermissionDenied
        form = AnnouncementForm(request.POST if request.method == "POST" else None)
        if not (form.is_bound and form.is_valid()):
            everywhere = gettext("To everybody in every room.")
            return ask(self, request, ANNOUNCE, form, [], everywhere=everywhere)
        if order_taken(request.POST.get("once", "")):
            oversight.announce_everywhere(by=by, **form.cleaned_data)
            messages.success(request, gettext("Announced to all rooms."))
        else:
            messages.warning(request, gettext("This was sent twice; it was done once."))
        return HttpResponseRedirect(reverse("admin:rooms_room_changelist"))


def people_in(room: Room) -> Panel:
    held = room.memberships.filter(ended_at=None).select_related("user").order_by("-joined_at")
    lines = [
        Line(words=str(each.user), who=each.get_role_display(), at=each.joined_at,
             address=reverse("admin:accounts_user_change", args=[each.user_id]))
        for each in held[:IN_PANEL]
    ]  # fmt: skip
    return Panel(gettext("People, the last to come first"), lines, gettext("Nobody"))


def measures_in(room: Room, reader: User) -> Panel:
    taken = measures.taken_in(room, reader=reader).order_by("-id")[:IN_PANEL]
    lines = [
        Line(words=" · ".join(filter(None, [each.action, str(each.person or ""), each.reason])),
             who=str(each.by or ""), at=each.created_at)
        for each in taken
    ]  # fmt: skip
    return Panel(gettext("What moderators and staff did"), lines, gettext("Nothing yet"))


class PlaceState(Choice):
    title = gettext_lazy("state")
    parameter_name = "state"
    choices_of = {
        "held": (gettext_lazy("In it"), Q(ended_at=None)),
        "ended": (gettext_lazy("Not any more"), Q(ended_at__isnull=False)),
    }


@admin.register(Membership)
class MembershipAdmin(OfRoom):
    called = (gettext_lazy("membership"), gettext_lazy("memberships"))
    list_display = ("user", "room", "role", "joined_at", "ended_at", "ending")
    list_filter = ("role", PlaceState, "ending")
    list_select_related = ("user", "room")
    search_fields = ("user__username", "room__code")


@admin.register(Invite)
class InviteAdmin(OfRoom):
    """Without its token, which is a key."""

    called = (gettext_lazy("invite"), gettext_lazy("invites"))
    list_display = ("room", "role", "created_by", "created_at", "expires_at", "uses", "max_uses")
    list_filter = ("role",)
    list_select_related = ("room", "created_by")
    search_fields = ("room__code", "created_by__username")
    exclude = ("token",)
    people = ("created_by_id", "for_user_id")


@admin.register(Ban)
class BanAdmin(OfRoom):
    called = (gettext_lazy("ban"), gettext_lazy("bans"))
    list_display = ("user", "room", "by", "reason", "created_at", "until", "lifted_at")
    list_select_related = ("user", "room", "by")
    search_fields = ("user__username", "room__code")
    list_filter = ("created_at",)


@admin.register(Measure)
class MeasureAdmin(OfRoom):
    """To read only: it tells what was done."""

    called = (gettext_lazy("measure"), gettext_lazy("measures"))
    list_display = ("created_at", "room_link", "by", "action", "person", "reason")
    list_display_links = ("created_at",)
    list_filter = ("created_at",)
    list_select_related = ("room", "by", "person")
    search_fields = ("person__username", "room__code")
    people = ("person_id", "by_id")

    def untold(self, reader: User) -> Q:
        return measures.untold(reader)

    @admin.display(description=gettext_lazy("room"))
    def room_link(self, row: Measure) -> str:
        return link(row.room)


lead(
    User,
    Lead(gettext_lazy("Rooms"), Room, "owner__id__exact"),
    Lead(gettext_lazy("Places"), Membership, "user__id__exact"),
)
lead(
    Room,
    Lead(gettext_lazy("Places"), Membership, "room__id__exact"),
    Lead(gettext_lazy("Bans"), Ban, "room__id__exact"),
    Lead(gettext_lazy("Moderators' log"), Measure, "room__id__exact"),
)
