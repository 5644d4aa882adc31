"""Queues for staff."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from playback.models import QueueItem


@admin.register(QueueItem)
class QueueItemAdmin(admin.ModelAdmin):
    list_display = ["title", "room", "source", "added_by", "vote_count", "created_at"]
    list_filter = ["source"]
    list_select_related = ["room", "added_by"]
    search_fields = ["title", "url", "room__code", "room__name", "added_by__username"]
    date_hierarchy = "created_at"
    ordering = ["-created_at"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[QueueItem]:
        return super().get_queryset(request).annotate(vote_count=Count("votes"))

    @admin.display(description="votes")
    def vote_count(self, item: QueueItem) -> int:
        return item.vote_count  # type: ignore[attr-defined]  # annotated above

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: QueueItem | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: QueueItem | None = None) -> bool:
        return False  # the room would not hear of it; the host removes it in the room
