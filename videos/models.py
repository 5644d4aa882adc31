"""Tables of the video service: films, their renditions, sound and subtitle tracks, uploads."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from syncwatch.lib import clock
from syncwatch.lib.ids import uuid7

TITLE_MAX = 200
PERCENT = 100


class State(models.TextChoices):
    UPLOADING = "uploading"
    QUEUED = "queued"
    PROBING = "probing"
    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"


# A worker is at it, or one should be.
WORK_STATES = (State.QUEUED, State.PROBING, State.PROCESSING)


class Video(models.Model):
    """A film of one owner. This row is the truth about the work; a message is only a hint.

    `worker`, `lease_until` and `attempt` say who works on it: claimed by one conditional UPDATE,
    renewed while the work goes on, free for anybody when it has run out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="videos"
    )
    title = models.CharField(max_length=TITLE_MAX)
    state = models.CharField(max_length=12, choices=State, default=State.UPLOADING)
    bytes = models.BigIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0)
    playable = models.BooleanField(default=False)
    available_until = models.FloatField(default=0)
    duration = models.FloatField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True, default="")
    error_code = models.CharField(max_length=40, blank=True, default="")
    error_message = models.CharField(max_length=300, blank=True, default="")
    retryable = models.BooleanField(default=False)
    posters = models.PositiveSmallIntegerField(default=0)
    poster_chosen = models.PositiveSmallIntegerField(default=0)
    storyboard = models.BooleanField(default=False)
    extras_done = models.BooleanField(default=False)

    worker = models.CharField(max_length=100, blank=True, default="")
    lease_until = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)  # claims since the last progress
    hinted_at = models.DateTimeField(null=True, blank=True)  # when a worker was last told

    created_at = models.DateTimeField(default=clock.now, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["owner", "-id"], name="videos_video_owner"),
            models.Index(
                fields=["state", "lease_until"],
                name="videos_video_waiting",
                condition=Q(state__in=["queued", "probing", "processing"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="videos_video_state"),
            models.CheckConstraint(condition=Q(progress__lte=PERCENT), name="videos_video_percent"),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error_code=""),
                name="videos_video_failed_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(playable=True), name="videos_video_ready_plays"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TrackState(models.TextChoices):
    QUEUED = "queued"
    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"


class Rendition(models.Model):
    """One quality of the picture. `segments_done` counts what storage holds and lists."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="renditions")
    name = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    first = models.BooleanField(default=False)  # made before the others, to be playable soon
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    fps = models.CharField(max_length=16)
    peak_bps = models.PositiveIntegerField()
    average_bps = models.PositiveIntegerField(null=True)
    codec = models.CharField(max_length=32, blank=True, default="")
    state = models.CharField(max_length=12, choices=TrackState, default=TrackState.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    attempt = models.PositiveIntegerField(default=0)
    segments_done = models.PositiveIntegerField(default=0)
    available_s = models.FloatField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["video", "name"], name="videos_rendition_once"),
            models.CheckConstraint(
                condition=Q(state__in=TrackState.values), name="videos_rendition_state"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AudioTrack(models.Model):
    """One sound track; `position` is its place among the sound tracks of the source."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="audio_tracks")
    position = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=16, blank=True, default="")
    title = models.CharField(max_length=100, blank=True, default="")
    default = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=TrackState, default=TrackState.QUEUED)
    attempt = models.PositiveIntegerField(default=0)
    segments_done = models.PositiveIntegerField(default=0)
    available_s = models.FloatField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["video", "position"], name="videos_audio_once"),
        ]

    def __str__(self) -> str:
        return self.title or self.language or f"Track {self.position + 1}"


class Subtitle(models.Model):
    """One subtitle track as WebVTT, from the film itself or uploaded beside it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="subtitles")
    position = models.PositiveSmallIntegerField(null=True)  # in the source; null: uploaded
    language = models.CharField(max_length=16, blank=True, default="")
    title = models.CharField(max_length=100, blank=True, default="")
    forced = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["video", "position"], name="videos_subtitle_once"),
        ]

    def __str__(self) -> str:
        return self.title or self.language or "Subtitles"


class Upload(models.Model):
    """Bytes on their way in. `offset` is what is safely stored; `parts` are those of a bucket."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads"
    )
    video = models.OneToOneField(Video, on_delete=models.CASCADE, related_name="upload")
    length = models.BigIntegerField(null=True)  # null: not known before the end
    offset = models.BigIntegerField(default=0)
    multipart_id = models.CharField(max_length=1024, blank=True, default="")
    parts = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField(db_index=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(length__isnull=True) | Q(offset__lte=F("length")),
                name="videos_upload_within_length",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offset} of {self.length if self.length is not None else '?'} bytes"
