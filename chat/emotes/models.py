"""The table of emotes. The pictures are so small that they stand in it, and go with the room."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from chat.emotes.names import NAME_MAX
from syncwatch.lib import clock
from syncwatch.lib.ids import uuid7

ADDRESS_CHARS = 32


class Emote(models.Model):
    """A picture of a room. `address` is made of its bytes: other bytes, another address."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    room = models.ForeignKey("rooms.Room", on_delete=models.CASCADE, related_name="emotes")
    name = models.CharField(max_length=NAME_MAX)
    address = models.CharField(max_length=ADDRESS_CHARS, editable=False)
    data = models.BinaryField()
    width = models.PositiveSmallIntegerField(editable=False)
    height = models.PositiveSmallIntegerField(editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["address"], name="chat_emote_address")]
        constraints = [
            models.UniqueConstraint("room", Lower("name"), name="chat_one_emote_a_name"),
        ]

    def __str__(self) -> str:
        return f":{self.name}:"
