"""Rooms, memberships and invitations for staff."""

from django.contrib import admin
from django.http import HttpRequest

from rooms.models import Ban, Invite, Measure, Membership, Room


@admin.register(Room)
class RoomAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "owner", "visibility", "control", "active_at", "closed_at"]
    list_filter = ["visibility", "control"]
    list_select_related = ["owner"]
    search_fields = ["name", "code", "owner__username", "owner__display_name"]
    raw_id_fields = ["owner"]
    readonly_fields = ["id", "code", "created_at", "now_playing"]
    exclude = ["password"]
    date_hierarchy = "created_at"
    show_full_result_count = False


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["user", "room", "role", "joined_at", "ended_at", "ending"]
    list_filter = ["role", "ending"]
    list_select_related = ["user", "room"]
    search_fields = ["user__username", "user__display_name", "room__name", "room__code"]
    raw_id_fields = ["user", "room"]
    show_full_result_count = False


@admin.register(Invite)
class InviteAdmin(admin.ModelAdmin):
    list_display = ["room", "role", "created_by", "created_at", "expires_at", "uses", "max_uses"]
    list_filter = ["role"]
    list_select_related = ["room", "created_by"]
    search_fields = ["room__name", "room__code"]
    raw_id_fields = ["room", "created_by"]
    readonly_fields = ["token"]
    show_full_result_count = False


@admin.register(Ban)
class BanAdmin(admin.ModelAdmin):
    list_display = ["user", "room", "by", "reason", "created_at", "until", "lifted_at"]
    list_select_related = ["user", "room", "by"]
    search_fields = ["user__username", "user__display_name", "room__name", "room__code"]
    raw_id_fields = ["room", "user", "by", "lifted_by"]
    date_hierarchy = "created_at"
    show_full_result_count = False


@admin.register(Measure)
class MeasureAdmin(admin.ModelAdmin):
    """To read only: it tells what was done."""

    list_display = ["created_at", "room", "by", "action", "person", "reason"]
    list_filter = ["action"]
    list_select_related = ["room", "by", "person"]
    search_fields = ["person__username", "person__display_name", "room__name", "room__code"]
    date_hierarchy = "created_at"
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Measure | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Measure | None = None) -> bool:
        return False
