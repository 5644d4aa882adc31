"""Tables of the sync service: the queue of a room, its votes, and the timeline at rest."""

from django.conf import settings
from django.db import models

from syncwatch.lib import clock
from syncwatch.lib.ids import uuid7

TITLE_MAX = 200
URL_MAX = 2000


class Source(models.TextChoices):
    """What plays an item: our own film, or an address outside."""

    VIDEO = "video"
    HLS = "hls"
    FILE = "file"
    YOUTUBE = "youtube"


class QueueItem(models.Model):
    """One film on a room's list. Items stay after they were played, until somebody removes them.

    `rank` orders the list; it has gaps, so that moving one item writes one row.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    room = models.ForeignKey("rooms.Room", on_delete=models.CASCADE, related_name="queue_items")
    source = models.CharField(max_length=8, choices=Source)
    video = models.ForeignKey(
        "videos.Video", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    url = models.CharField(max_length=URL_MAX, blank=True, default="")
    title = models.CharField(max_length=TITLE_MAX)
    duration_s = models.FloatField(null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    rank = models.BigIntegerField()
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["rank", "id"]
        indexes = [models.Index(fields=["room", "rank"], name="playback_queue_order")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source="video", video__isnull=False, url="")
                | (~models.Q(source="video") & models.Q(video__isnull=True) & ~models.Q(url="")),
                name="playback_item_film_or_address",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class QueueVote(models.Model):
    """One person's wish to see an item soon."""

    item = models.ForeignKey(QueueItem, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "user"], name="playback_one_vote_each"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.item_id}"


class RoomPlayback(models.Model):
    """A room's timeline as last written down, at most a second behind Redis; and the version of
    its queue, raised with every change so that an older list is never told after a newer one.
    """

    room = models.OneToOneField(
        "rooms.Room", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    # No foreign key: the item may be gone when the row is written, moments later.
    item_id = models.UUIDField(null=True)
    paused = models.BooleanField(default=True)
    # It stood still, waiting for something, and was to go on by itself: `paused` is false then.
    held = models.BooleanField(default=False)
    position_s = models.FloatField(default=0)
    rate = models.FloatField(default=1)
    at_ms = models.BigIntegerField(default=0)
    # Server time of the change this row tells of, and of the last sign that the room was alive.
    changed_ms = models.BigIntegerField(default=0)
    alive_ms = models.BigIntegerField(default=0)
    queue_version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "room playbacks"

    def __str__(self) -> str:
        return f"{'paused' if self.paused else 'playing'} at {self.position_s:.1f} s"
