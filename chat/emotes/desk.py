"""Emotes for staff: looked at, and taken down."""

from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from accounts.desk import Act, Lead, Order, ReasonForm, lead, link, powers
from accounts.models import User
from chat.emotes import services
from chat.emotes.models import Emote
from rooms.desk import OfRoom
from rooms.models import Room

powers.register("chat", "view_emote", "delete_emote")


def remove(order: Order, emote: Emote) -> bool:
    return services.emote_struck(emote=emote, by=order.by, **order.given)


@admin.register(Emote)
class EmoteAdmin(OfRoom):
    """Pictures of rooms, written `:sofa:`."""

    called = (gettext_lazy("emote"), gettext_lazy("emotes"))
    list_display = ("shown", "name", "room_link", "by_link", "created_at")
    list_display_links = ("name",)
    list_filter = ("created_at",)
    list_select_related = ("room", "by")
    search_fields = ("name", "by__username", "room__code")
    search_help_text = gettext_lazy("A name, whose it is, a room's code, id")
    fields = ("id", "shown", "name", "room_link", "by_link", "created_at")
    readonly_fields = ("shown", "room_link", "by_link")
    people = ("by_id",)
    acts = (
        Act(
            name="remove",
            label=gettext_lazy("Remove"),
            effect=gettext_lazy(
                "It goes from every open page within a second and from the database. Where it was "
                "written its name stands again."
            ),
            done=gettext_lazy("Removed"),
            needs="chat.delete_emote",
            do=remove,
            form=ReasonForm,
            grave=True,
        ),
    )

    def looked_for(self, term: str) -> Q:
        return super().looked_for(term) | Q(name__icontains=term.strip(":"))

    @admin.display(description=gettext_lazy("picture"))
    def shown(self, emote: Emote) -> str:
        src = services.emote_wire(emote)["src"]
        return format_html('<img src="{}" alt="" height="32">', src)

    @admin.display(description=gettext_lazy("room"))
    def room_link(self, emote: Emote) -> str:
        return link(emote.room, emote.room.name)

    @admin.display(description=gettext_lazy("by"))
    def by_link(self, emote: Emote) -> str:
        return link(emote.by)


lead(Room, Lead(gettext_lazy("Emotes"), Emote, "room__id__exact"))
lead(User, Lead(gettext_lazy("Emotes"), Emote, "by__id__exact"))
