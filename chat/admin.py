"""Messages for staff: to read and search, never to change."""

from django.contrib import admin
from django.http import HttpRequest

from chat.models import Message, Report


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    list_display = ["created_at", "room", "author", "body_shown", "deleted_at"]
    list_filter = ["kind"]
    list_select_related = ["room", "author"]
    search_fields = ["body", "author__username", "author__display_name", "room__code", "room__name"]
    date_hierarchy = "created_at"
    ordering = ["-id"]
    show_full_result_count = False

    @admin.display(description="message")
    def body_shown(self, message: Message) -> str:
        return str(message)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    """To read and search; a room's moderators settle them."""

    list_display = ["created_at", "room", "kind", "state", "person", "reporter", "excerpt_shown"]
    list_filter = ["state", "kind"]
    list_select_related = ["room", "person", "reporter"]
    search_fields = ["excerpt", "note", "person__display_name", "room__code", "room__name"]
    date_hierarchy = "created_at"
    ordering = ["-id"]
    show_full_result_count = False

    @admin.display(description="words")
    def excerpt_shown(self, report: Report) -> str:
        return report.excerpt[:60]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False
