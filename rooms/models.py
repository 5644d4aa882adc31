"""Tables of the room service: rooms, who belongs to them, and invitations."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from rooms import policy
from rooms.evenings.models import Evening, EveningAnswer  # noqa: F401  tables in files of their own
from rooms.places.models import FormerAddress, Knock  # noqa: F401  tables in a file of their own
from syncwatch.lib import clock
from syncwatch.lib.ids import room_code, token, uuid7

NAME_MAX = 80
WELCOME_MAX = 500
SEATS_MIN, SEATS_MAX = 2, 10_000
REASON_MAX = 200
PAUSE_MAX_S = 3600  # slow mode, and how long newcomers only read


class Visibility(models.TextChoices):
    PRIVATE = "private"  # by invitation only; a stranger sees nothing
    UNLISTED = "unlisted"  # whoever knows the code may come in
    PUBLIC = "public"  # listed


class Control(models.TextChoices):
    OWNER = "owner"
    MODERATORS = "moderators"
    EVERYONE = "everyone"


class Role(models.TextChoices):
    OWNER = "owner"
    MODERATOR = "moderator"
    MEMBER = "member"
    GUEST = "guest"


class Capability(models.TextChoices):
    CONTROL = "control"
    QUEUE = "queue"
    CHAT = "chat"
    VOICE = "voice"
    INVITE = "invite"
    MODERATE = "moderate"
    SETTINGS = "settings"


class Ending(models.TextChoices):
    LEFT = "left"
    KICKED = "kicked"
    BANNED = "banned"


def waiting_off() -> dict[str, Any]:
    """Whether the room waits for someone whose player stalls, and for how long."""
    return {"mode": "off", "grace_ms": 500, "quorum": 1.0, "cap_s": 15}


def filters_open() -> dict[str, Any]:
    """Nothing is kept out of the chat."""
    return {"words": [], "links": "allow", "action": "refuse"}


class Room(models.Model):
    """A place with a code of its own. `password` is a hash, empty when there is none."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=12, unique=True, default=room_code, editable=False)
    # A second way to say the code, as in /r/sunday-rabbits; see places.addresses.
    address = models.CharField(max_length=30, unique=True, null=True, blank=True, default=None)
    name = models.CharField(max_length=NAME_MAX)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.UNLISTED)
    control = models.CharField(max_length=10, choices=Control, default=Control.EVERYONE)
    # Somebody has the remote while nobody is there who may use it; see standing_in.
    stand_in = models.BooleanField(default=True)
    loop = models.BooleanField(default=False)  # after the last film of the list comes the first
    password = models.CharField(max_length=128, blank=True, default="")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rooms_owned"
    )
    wait = models.JSONField(default=waiting_off)
    # How long one waits between two messages, and a new guest before their first one.
    slow_mode_s = models.PositiveIntegerField(default=0)
    new_guest_delay_s = models.PositiveIntegerField(default=0)
    # Nobody comes in uninvited, but whoever knows the code may ask.
    knocks = models.BooleanField(default=False)
    # For whoever comes in for the first time.
    welcome = models.CharField(max_length=WELCOME_MAX, blank=True, default="")
    seats = models.PositiveIntegerField(null=True, blank=True)  # people at once; None: no end
    locked_in = models.BooleanField(default=False)  # nobody new comes in, whatever they hold
    filters = models.JSONField(default=filters_open, blank=True)  # for moderators' eyes only
    # Written by playback: {"item_id", "title", "video_id"} of what is loaded, or null.
    now_playing = models.JSONField(null=True, blank=True, default=None)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    temporary = models.BooleanField(default=False)  # closed when nobody was there for some hours
    empty_since = models.DateTimeField(null=True, blank=True, editable=False)
    active_at = models.DateTimeField(default=clock.now, db_index=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    back_until = models.DateTimeField(null=True, blank=True, editable=False)  # may be opened again

    class Meta:
        ordering = ["-active_at"]
        indexes = [
            models.Index(
                fields=["-active_at"], name="rooms_public_recent", condition=Q(visibility="public")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def asks(self) -> bool:
        """It lets people in whom somebody inside has let in."""
        return self.visibility == Visibility.PRIVATE and self.knocks

    @property
    def hidden(self) -> bool:
        """To whoever does not belong, as if there were no such room."""
        return self.visibility == Visibility.PRIVATE and not self.knocks

    @property
    def locked(self) -> bool:
        return bool(self.password)


class Membership(models.Model):
    """A person's place in a room. An ended one is kept: it remembers whom the room sent away."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=9, choices=Role)
    joined_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=6, choices=Ending, blank=True, default="")
    welcomed_at = models.DateTimeField(null=True, blank=True)  # they have read the welcome
    # From here on the code and every earlier invitation are void for this person.
    barred_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["joined_at"]
        constraints = [
            models.UniqueConstraint(fields=["room", "user"], name="rooms_one_place_a_person"),
            models.UniqueConstraint(
                fields=["room"],
                condition=Q(role="owner", ended_at__isnull=True),
                name="rooms_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.room}: {self.role}"

    @property
    def active(self) -> bool:
        return self.ended_at is None

    def given(self) -> tuple[policy.Right, ...]:
        """This person's own rights; prefetch `rights` where it is asked of many."""
        return tuple(right.plain for right in self.rights.all())

    def capabilities(self, room: Room) -> frozenset[str]:
        """What this person may do in the room right now."""
        return policy.capabilities(self.role, room.control, self.given(), clock.server_ms())


class Right(models.Model):
    """A capability given to one person, or taken from them, whatever their role says.

    One past its `until` counts for nothing; rooms.rights takes the row away.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="rights")
    capability = models.CharField(max_length=8, choices=Capability)
    allowed = models.BooleanField()
    until = models.DateTimeField(null=True, blank=True, db_index=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="rights_given"
    )
    given_at = models.DateTimeField(default=clock.now)
    stands_in = models.BooleanField(default=False)  # see rooms.standing_in

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "capability"], name="rooms_one_right_a_capability"
            ),
            models.CheckConstraint(
                condition=Q(capability__in=Capability.values), name="rooms_right_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.capability} {'given' if self.allowed else 'taken'}"

    @property
    def plain(self) -> policy.Right:
        """As the policy reads it."""
        until_ms = round(self.until.timestamp() * 1000) if self.until else None
        by = str(self.given_by_id) if self.given_by_id else None
        return policy.Right(self.capability, self.allowed, until_ms, by, self.stands_in)


class Invite(models.Model):
    """A link that lets people in with a role, until it expires or is used up."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="invites")
    token = models.CharField(max_length=43, unique=True, default=token, editable=False)
    role = models.CharField(max_length=9, choices=Role, default=Role.MEMBER)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invites_made"
    )
    # For this person alone; the link works for nobody else.
    for_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    by_moderator = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    max_uses = models.PositiveIntegerField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"invitation to {self.room} as {self.role}"


class Ban(models.Model):
    """A person the room keeps out, until an end or until somebody lifts it.

    One past its `until` counts for nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="bans")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.CharField(max_length=REASON_MAX, blank=True, default="")
    until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "user"],
                condition=Q(lifted_at__isnull=True),
                name="rooms_one_ban_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} banned from {self.room}"


class Measure(models.Model):
    """Something a moderator did to keep order, with its reason; for moderators to read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="measures")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    action = models.CharField(max_length=16)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    reason = models.CharField(max_length=REASON_MAX, blank=True, default="")
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["room", "-id"], name="rooms_measures")]

    def __str__(self) -> str:
        return f"{self.action} in {self.room}"
