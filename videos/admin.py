"""Films for staff: to look at, to work on again, to remove."""

from django.contrib import admin
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from accounts import audit
from accounts.desk import Act, DeskAdmin, Lead, Order, lead, link, powers
from accounts.desk.filters import Choice
from accounts.desk.finding import of_people
from accounts.models import User
from syncwatch.lib.ids import uuid_or_none
from syncwatch.lib.operators import size_words
from videos import services
from videos.models import AudioTrack, Rendition, State, Subtitle, Upload, Video

powers.register("videos", "view_video", "change_video", "delete_video")


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


def not_here(_by: User, video: Video) -> str:
    return gettext("Is removed already.") if video.deleted_at else ""


def not_to_requeue(by: User, video: Video) -> str:
    if video.state == State.UPLOADING:
        return gettext("Is not all here yet.")
    return not_here(by, video)


@transaction.atomic
def requeue(order: Order, video: Video) -> bool:
    done = services.video_requeue(video_id=video.pk)
    if done:
        audit.record(order.by, "staff.video.requeue", video.pk)
    return done


@transaction.atomic
def remove(order: Order, video: Video) -> bool:
    """Not Django's own delete: storage and rooms have to hear of it."""
    done = services.video_delete(video=video)
    if done:
        audit.record(order.by, "staff.video.remove", video.pk, {"owner": str(video.owner_id)})
    return done


class Here(Choice):
    title = gettext_lazy("removed")
    parameter_name = "removed"
    choices_of = {
        "no": (gettext_lazy("No"), Q(deleted_at=None)),
        "yes": (gettext_lazy("Yes"), Q(deleted_at__isnull=False)),
    }


@admin.register(Video)
class VideoAdmin(DeskAdmin):
    called = (gettext_lazy("video"), gettext_lazy("videos"))
    list_display = ["title", "owner_link", "state", "progress", "playable", "size", "error_code",
                    "created_at", "deleted_at"]  # fmt: skip
    list_filter = ["state", Here, "playable", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["id", "title", "owner__username"]
    search_help_text = gettext_lazy("Title, id, or error code; name or mail of the owner")
    inlines = [RenditionInline, AudioInline, SubtitleInline]
    acts = (
        Act(
            name="requeue",
            label=gettext_lazy("Work on it again"),
            effect=gettext_lazy("It goes to the end of the line, whatever became of it so far."),
            done=gettext_lazy("Put in line again"),
            needs="videos.change_video",
            do=requeue,
            unless=not_to_requeue,
        ),
        Act(
            name="remove",
            label=gettext_lazy("Remove with all files"),
            effect=gettext_lazy(
                "It is out of sight at once, rooms that watch it go on with the next one, and its "
                "files go from storage soon. There is no way back."
            ),
            done=gettext_lazy("Removed"),
            needs="videos.delete_video",
            do=remove,
            unless=not_here,
            grave=True,
        ),
    )

    def looked_for(self, term: str) -> Q:
        if pk := uuid_or_none(term):
            return Q(pk=pk) | Q(owner_id=pk)
        return Q(title__icontains=term) | Q(error_code=term) | of_people(term, "owner_id")

    @admin.display(description=gettext_lazy("owner"))
    def owner_link(self, video: Video) -> str:
        return link(video.owner)

    @admin.display(description=gettext_lazy("size"))
    def size(self, video: Video) -> str:
        return size_words(video.bytes)


@admin.register(Upload)
class UploadAdmin(DeskAdmin):
    called = (gettext_lazy("upload"), gettext_lazy("uploads"))
    list_display = ["video", "owner", "offset", "length", "created_at", "expires_at", "finished_at"]
    list_select_related = ["video", "owner"]
    search_fields = ["id", "video__title", "owner__username"]

    def looked_for(self, term: str) -> Q:
        found = of_people(term, "owner_id")
        return found | Q(pk=pk) | Q(video_id=pk) if (pk := uuid_or_none(term)) else found


lead(User, Lead(gettext_lazy("Films"), Video, "owner__id__exact"))
