"""Tables of rooms as places: what they were called, who asks to come in."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from syncwatch.lib import clock
from syncwatch.lib.ids import uuid7


class FormerAddress(models.Model):
    """What a room was called: until then no other one is called so."""

    address = models.CharField(max_length=30, unique=True)
    room = models.ForeignKey("rooms.Room", on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    class Meta:
        verbose_name_plural = "former addresses"

    def __str__(self) -> str:
        return self.address


class KnockState(models.TextChoices):
    WAITING = "waiting"
    ADMITTED = "admitted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Knock(models.Model):
    """Somebody at the door of a room for invited people, and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    room = models.ForeignKey("rooms.Room", on_delete=models.CASCADE, related_name="knocks_at")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="knocks"
    )
    state = models.CharField(max_length=9, choices=KnockState, default=KnockState.WAITING)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "user"],
                condition=Q(state="waiting"),
                name="rooms_one_knock_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=KnockState.values), name="rooms_knock_state_is_known"
            ),
        ]
        indexes = [models.Index(fields=["room", "user", "-asked_at"], name="rooms_knocks_latest")]

    def __str__(self) -> str:
        return f"{self.user} at {self.room}: {self.state}"
