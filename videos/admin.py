"""Films for staff: to look at, to work on again, to remove."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.staff import ReadOnlyAdmin
from videos.models import AudioTrack, Rendition, State, Subtitle, Upload, Video
from videos.services import video_delete, video_requeue


class TracksInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Video | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Video | None = None) -> bool:
        return False


class RenditionInline(TracksInline):
    model = Rendition
    fields = ["name", "width", "height", "fps", "state", "progress", "segments_done", "available_s"]


class AudioInline(TracksInline):
    model = AudioTrack
    fields = ["position", "language", "title", "default", "state", "segments_done", "available_s"]


class SubtitleInline(TracksInline):
    model = Subtitle
    fields = ["position", "language", "title", "forced"]


@admin.register(Video)
class VideoAdmin(ReadOnlyAdmin):
    list_display = ["title", "owner", "state", "progress", "playable", "bytes", "error_code",
                    "created_at", "deleted_at"]  # fmt: skip
    list_filter = ["state", "playable", "error_code"]
    list_select_related = ["owner"]
    search_fields = ["id", "title", "owner__username", "owner__display_name"]
    date_hierarchy = "created_at"
    show_full_result_count = False
    inlines = [RenditionInline, AudioInline, SubtitleInline]
    actions = ["requeue", "remove"]

    @admin.action(description="Work on it again", permissions=["view"])
    def requeue(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        chosen = list(queryset.filter(deleted_at=None).exclude(state=State.UPLOADING))
        for video in chosen:
            video_requeue(video_id=video.pk)
            self.audit(request, "requeue", video)
        messages.success(request, f"{len(chosen)} put in line again.")

    @admin.action(description="Remove with all files", permissions=["view"])
    def remove(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        """Not Django's own delete: storage and rooms have to hear of it."""
        chosen = list(queryset.filter(deleted_at=None))
        for video in chosen:
            video_delete(video=video)
            self.audit(request, "remove", video)
        messages.success(request, f"{len(chosen)} removed.")


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    list_display = ["video", "owner", "offset", "length", "created_at", "expires_at", "finished_at"]
    list_select_related = ["video", "owner"]
    search_fields = ["id", "video__title", "owner__username", "owner__display_name"]
    show_full_result_count = False
