"""Messages and reports for staff: read, searched, taken back, settled; never rewritten."""

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from accounts.desk import Act, DeskAdmin, Lead, Order, Panel, ReasonForm, lead, link, powers
from accounts.desk.filters import Choice
from accounts.desk.finding import of_people
from accounts.models import User
from chat import report_admin, services
from chat.desk import excerpt, moment, neighbours
from chat.emotes import desk as emotes_desk
from chat.models import Kind, Message, Report
from chat.unheard import desk as unheard_desk
from rooms.models import Room
from syncwatch.lib.ids import uuid_or_none

powers.register("chat", "view_message", "delete_message", "view_report", "change_report")


def not_to_remove(by: User, message: Message) -> str:
    if message.deleted_at is not None:
        return gettext("Is taken back already.")
    if message.kind != Kind.TEXT:
        return gettext("Tells what was done; nobody said it.")
    return gettext("Is your own: take it back in the room.") if message.author_id == by.pk else ""


def remove(order: Order, message: Message) -> bool:
    return services.message_delete(message=message, by=str(order.by.pk), **order.given)


class MessageState(Choice):
    title = gettext_lazy("state")
    parameter_name = "state"
    choices_of = {
        "said": (gettext_lazy("To be read"), Q(unheard=False, deleted_at=None)),
        "unheard": (gettext_lazy("Unheard"), Q(unheard=True, deleted_at=None)),
        "edited": (gettext_lazy("Edited"), Q(edited_at__isnull=False, deleted_at=None)),
        "removed": (gettext_lazy("Taken back"), Q(deleted_at__isnull=False)),
    }


class ByGuest(Choice):
    title = gettext_lazy("author")
    parameter_name = "author"
    choices_of = {
        "account": (gettext_lazy("With an account"), Q(author__is_guest=False)),
        "guest": (gettext_lazy("Guests"), Q(author__is_guest=True)),
    }


@admin.register(Message)
class MessageAdmin(DeskAdmin):
    called = (gettext_lazy("message"), gettext_lazy("messages"))
    list_display = ("words", "author_link", "room_link", "moment", "created_at", "unheard",
                    "deleted_at")  # fmt: skip
    list_display_links = ("words",)
    list_filter = (MessageState, "kind", ByGuest, "created_at")
    list_select_related = ("room", "author")
    search_fields = ("body", "author__username", "room__code")
    search_help_text = gettext_lazy("Words, a room's code, @name of the author, or an id")
    fields = ("id", "room_link", "author_link", "kind", "body", "moment", "created_at",
              "edited_at", "unheard", "deleted_at")  # fmt: skip
    readonly_fields = ("room_link", "author_link", "moment")
    acts = (
        Act(
            name="remove",
            label=gettext_lazy("Remove"),
            effect=gettext_lazy(
                "Its words go from every open page within a second and from the database; so do "
                "reactions and earlier versions. A report of it keeps the words as they were."
            ),
            done=gettext_lazy("Removed"),
            needs="chat.delete_message",
            do=remove,
            form=ReasonForm,
            unless=not_to_remove,
            grave=True,
        ),
    )

    def looked_for(self, term: str) -> Q:
        if pk := uuid_or_none(term):
            return Q(pk=pk) | Q(room_id=pk) | Q(author_id=pk)
        if term.startswith("@") and len(term) > 1:
            return of_people(term[1:], "author_id")
        words = Q(body__icontains=term)
        room = Room.objects.filter(code=term.lower()).values_list("pk", flat=True).first()
        return words | Q(room_id=room) if room else words

    @admin.display(description=gettext_lazy("room"))
    def room_link(self, message: Message) -> str:
        return link(message.room, message.room.name)

    @admin.display(description=gettext_lazy("author"))
    def author_link(self, message: Message) -> str:
        return link(message.author)

    @admin.display(description=gettext_lazy("words"))
    def words(self, message: Message) -> str:
        return excerpt(message.body) or gettext("taken back")

    @admin.display(description=gettext_lazy("film"))
    def moment(self, message: Message) -> str:
        return moment(message)

    def panels(self, request: HttpRequest, thing: Message) -> list[Panel]:
        return [neighbours(thing)]


_ = report_admin, emotes_desk, unheard_desk  # they register themselves
for start, key in ((User, "author__id__exact"), (Room, "room__id__exact")):
    lead(start, Lead(gettext_lazy("Messages"), Message, key))
lead(User, Lead(gettext_lazy("Reports about them"), Report, "person__id__exact", "state=all"))
lead(User, Lead(gettext_lazy("Reports by them"), Report, "reporter__id__exact", "state=all"))
lead(Room, Lead(gettext_lazy("Reports"), Report, "room__id__exact", "state=all"))
lead(Message, Lead(gettext_lazy("Reports"), Report, "message__id__exact", "state=all"))
