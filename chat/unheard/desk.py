"""Shadow mutes for staff: to be looked at."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts.desk import Lead, lead, powers
from accounts.models import User
from chat.unheard.models import ShadowMute
from rooms.desk import OfRoom
from rooms.models import Room

powers.register("chat", "view_shadowmute")


@admin.register(ShadowMute)
class ShadowMuteAdmin(OfRoom):
    """To read only: the room's moderators decide."""

    called = (gettext_lazy("shadow mute"), gettext_lazy("shadow mutes"))
    list_display = ("user", "room", "by", "reason", "created_at", "until")
    list_select_related = ("user", "room", "by")
    search_fields = ("user__username", "room__code")
    search_help_text = gettext_lazy("Whom it is about, a room's code, id")
    list_filter = ("created_at",)

    def untold(self, reader: User) -> Q:
        return Q(user=reader)


lead(Room, Lead(gettext_lazy("Shadow mutes"), ShadowMute, "room__id__exact"))
lead(User, Lead(gettext_lazy("Shadow mutes"), ShadowMute, "user__id__exact"))
