"""Tables of scheduled evenings: when a room meets, and who comes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from syncwatch.lib import clock
from syncwatch.lib.ids import uuid7

TITLE_MAX = 120
NOTE_MAX = 500


class EveningState(models.TextChoices):
    PLANNED = "planned"
    BEGUN = "begun"
    MISSED = "missed"  # nobody came, or there was no film, until nobody waited any more
    CANCELLED = "cancelled"


class Waiting(models.TextChoices):
    """Why an evening that is due does not begin."""

    NOBODY = "nobody"
    NO_FILM = "no_film"


class Answer(models.TextChoices):
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Evening(models.Model):
    """A room's next date. Past ones are kept; there is one to come at most."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    room = models.ForeignKey("rooms.Room", on_delete=models.CASCADE, related_name="evenings")
    starts_at = models.DateTimeField()
    title = models.CharField(max_length=TITLE_MAX, blank=True, default="")
    note = models.CharField(max_length=NOTE_MAX, blank=True, default="")
    # An item of the room's list, which is kept above: see rooms.evenings.films.
    item_id = models.UUIDField(null=True, blank=True, default=None)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="evenings"
    )
    state = models.CharField(
        max_length=9, choices=EveningState, default=EveningState.PLANNED, editable=False
    )
    waiting = models.CharField(
        max_length=7, choices=Waiting, blank=True, default="", editable=False
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)  # of changes, for calendars
    created_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["room"], condition=Q(state="planned"), name="rooms_one_evening_to_come"
            ),
            models.CheckConstraint(
                condition=Q(state__in=EveningState.values), name="rooms_evening_state_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_at"], condition=Q(state="planned"), name="rooms_evenings_to_come"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or 'evening'} in {self.room}"


class EveningAnswer(models.Model):
    """Whether somebody comes; one row a person."""

    evening = models.ForeignKey(Evening, on_delete=models.CASCADE, related_name="answers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="evening_answers"
    )
    answer = models.CharField(max_length=5, choices=Answer)
    answered_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["answered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["evening", "user"], name="rooms_one_evening_answer_a_person"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=Answer.values), name="rooms_evening_answer_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.answer}"
