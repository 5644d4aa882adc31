"""Tables of the chat service: messages, and what people attach to them."""

from django.conf import settings
from django.db import models

from accounts.models import DISPLAY_NAME_MAX
from chat.emotes.models import Emote  # noqa: F401  a table in a file of its own
from chat.unheard.models import ShadowMute  # noqa: F401  and another
from syncwatch.lib import clock
from syncwatch.lib.ids import uuid7

BODY_MAX = 2000
NONCE_MAX = 64
EMOJI_MAX = 40
NOTE_MAX = 500


class Kind(models.TextChoices):
    TEXT = "text"
    SYSTEM = "system"


class Style(models.TextChoices):
    """How words are meant that are no plain speech: what somebody does, and what dice showed."""

    ME = "me"
    ROLL = "roll"


class Message(models.Model):
    """One line of chat.

    A row is committed first and published after. `seq` and `rank` stay null until then: `seq` is
    the number of its event in the room, `rank` its place in the history, which only ever grows,
    also when the room's live state (and with it `seq`) had to begin anew. One that is `unheard`
    keeps no rank: nobody but its author and moderators ever gets it (see `chat/unheard/`).

    With style roll `roll` holds what fell as `{dice, results}`, and `body` says it in English.
    A line of kind system tells what `author` did: `deed` holds it as `{name, …facts}` for whoever
    wants to say it in words of their own, `body` says it in English.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    room = models.ForeignKey("rooms.Room", on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.TEXT)
    body = models.TextField(max_length=BODY_MAX, blank=True)
    style = models.CharField(max_length=4, choices=Style, blank=True, default="")
    roll = models.JSONField(null=True, blank=True)
    nonce = models.CharField(max_length=NONCE_MAX)
    seq = models.BigIntegerField(null=True, editable=False)
    rank = models.BigIntegerField(null=True, editable=False)
    unheard = models.BooleanField(default=False, editable=False)
    deed = models.JSONField(null=True, blank=True)
    item_id = models.UUIDField(null=True, blank=True)
    media_time_s = models.FloatField(null=True, blank=True)
    reply_to = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["rank"]
        indexes = [
            models.Index(fields=["room", "rank"], name="chat_history"),
            models.Index(
                fields=["room", "item_id", "media_time_s", "rank"],
                condition=models.Q(media_time_s__isnull=False),
                name="chat_by_moment",
            ),
            models.Index(
                fields=["created_at"],
                condition=models.Q(rank=None, unheard=False),
                name="chat_unpublished",
            ),
            models.Index(
                fields=["room", "author", "created_at"],
                condition=models.Q(unheard=True),
                name="chat_unheard",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "author", "nonce"], name="chat_one_message_per_nonce"
            ),
            models.UniqueConstraint(
                fields=["room", "nonce"],
                condition=models.Q(kind=Kind.SYSTEM),
                name="chat_one_line_per_deed",
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60]


class Reaction(models.Model):
    """One person's emoji on a message."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reactions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    emoji = models.CharField(max_length=EMOJI_MAX)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "user", "emoji"], name="chat_one_reaction_a_person"
            ),
        ]

    def __str__(self) -> str:
        return self.emoji


class Mention(models.Model):
    """Somebody a message means by `@name`, as it is spelt there; no person: everybody."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    name = models.CharField(max_length=DISPLAY_NAME_MAX)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"@{self.name}"


class ReadPosition(models.Model):
    """How far a person has read in a room. It only ever moves forward."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    room = models.ForeignKey("rooms.Room", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    rank = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "user"], name="chat_one_position_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.room}: {self.rank}"


class Edit(models.Model):
    """What a message read before it was edited."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="edits")
    body = models.TextField(max_length=BODY_MAX)
    edited_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.body[:60]


class Report(models.Model):
    """Somebody asks the moderators to look at a message or at a person.

    `subject` is the id of whichever it is. `excerpt` are the words as they were: a message may read
    otherwise, or be gone, when somebody looks.
    """

    class Reason(models.TextChoices):
        SPAM = "spam"
        HARASSMENT = "harassment"
        SPOILER = "spoiler"
        ILLEGAL = "illegal"
        OTHER = "other"

    class State(models.TextChoices):
        OPEN = "open"
        TAKEN = "taken"
        DONE = "done"
        DISMISSED = "dismissed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    room = models.ForeignKey("rooms.Room", on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    subject = models.UUIDField(editable=False)
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Reason)
    note = models.CharField(max_length=NOTE_MAX, blank=True, default="")
    item_id = models.UUIDField(null=True, blank=True)
    media_time_s = models.FloatField(null=True, blank=True)
    excerpt = models.TextField(max_length=BODY_MAX, blank=True, default="")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["room", "state", "-id"], name="chat_reports")]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "reporter", "subject"],
                condition=models.Q(state__in=["open", "taken"]),
                name="chat_one_open_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.excerpt[:60]}"


class Pin(models.Model):
    """A message that a moderator keeps in sight."""

    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, primary_key=True, related_name="pin"
    )
    room = models.ForeignKey("rooms.Room", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["room", "-at"], name="chat_pins")]

    def __str__(self) -> str:
        return str(self.message)


class Poll(models.Model):
    """What a message asks the room. Its words are the question, as they stand in the history.

    `counts` (one for each of `options`) and `voters` are made of the votes at each of them, so that
    a page of messages costs the same whatever the number of votes.
    """

    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, primary_key=True, related_name="poll"
    )
    options = models.JSONField()
    multiple = models.BooleanField(default=False)
    counts = models.JSONField()
    voters = models.PositiveIntegerField(default=0)
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["closes_at"], condition=models.Q(closed_at=None), name="chat_open_polls"
            ),
        ]

    def __str__(self) -> str:
        return str(self.message)


class Vote(models.Model):
    """One option that one person chose; nobody else is told who did."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    option = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "user", "option"], name="chat_one_vote_an_option"
            ),
        ]

    def __str__(self) -> str:
        return str(self.option)
