"""The table of who writes in a room and is not heard."""

from django.conf import settings
from django.db import models

from rooms.models import REASON_MAX
from syncwatch.lib import clock
from syncwatch.lib.ids import uuid7


class ShadowMute(models.Model):
    """What this person writes in this room reaches nobody else, and they are not told.

    It stays with the person, whether they leave and come back. One past its `until` counts for
    nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    room = models.ForeignKey("rooms.Room", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.CharField(max_length=REASON_MAX, blank=True, default="")
    until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["room", "user"], name="chat_one_shadow_mute_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user} unheard in {self.room}"
