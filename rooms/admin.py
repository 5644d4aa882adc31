"""Rooms, memberships and invitations for staff."""

from django.contrib import admin

from rooms.models import Invite, Membership, Room


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
