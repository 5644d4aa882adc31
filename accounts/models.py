"""Tables of the auth service: people, their refresh sessions, friends and notices; the audit."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy

from accounts.audit_models import AuditEntry as AuditEntry  # noqa: PLC0414  a table of this app
from accounts.pictures.models import Pictured
from syncwatch.lib import clock
from syncwatch.lib.ids import uuid7

AVATAR_HUES = 12
USERNAME_MAX = 32
USERNAME_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.-]{2,31}\Z"
USERNAME_WORDS = gettext_lazy(
    "Use 3 to 32 letters without accents, digits, dots, dashes or underscores, "
    "beginning with a letter or a digit."
)
DISPLAY_NAME_MAX = 40
SUSPENDED_REASON_MAX = 200


class Theme(models.TextChoices):
    SYSTEM = "system", gettext_lazy("System")
    LIGHT = "light", gettext_lazy("Light")
    DARK = "dark", gettext_lazy("Dark")
    CONTRAST = "contrast", gettext_lazy("High contrast")


class PresenceShown(models.TextChoices):
    """What friends see of a person's presence."""

    FRIENDS_ROOM = "friends_room", gettext_lazy("That you are online, and in which room")
    FRIENDS = "friends", gettext_lazy("Only that you are online")
    NOBODY = "nobody", gettext_lazy("Nothing")


class UserManager(BaseUserManager["User"]):
    """Finds people whatever the case of their name; makes staff for `createsuperuser`."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)

    def create_user(self, username: str, password: str, **fields: Any) -> "User":
        fields.setdefault("display_name", username)
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_guest(self, display_name: str) -> "User":
        user = self.model(username=None, display_name=display_name, is_guest=True)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str, **fields: Any) -> "User":
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(Pictured, AbstractBaseUser, PermissionsMixin):
    """A person. A guest has no username and no password until upgraded, and keeps the id then."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(
        max_length=USERNAME_MAX,
        unique=True,
        null=True,
        blank=True,
        # ASCII only: names that look alike are the same name.
        validators=[RegexValidator(USERNAME_PATTERN, USERNAME_WORDS)],
        error_messages={"unique": gettext_lazy("This username is taken. Please choose another.")},
    )
    display_name = models.CharField(max_length=DISPLAY_NAME_MAX)
    email = models.EmailField(blank=True, default="")
    is_guest = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    # Of a person who is not active: until when (null: for good), and what they are told.
    suspended_until = models.DateTimeField(null=True, blank=True, editable=False)
    suspended_reason = models.CharField(
        max_length=SUSPENDED_REASON_MAX, blank=True, default="", editable=False
    )
    # Empty means: what the browser asks for. The API accepts the languages of the settings.
    language = models.CharField(max_length=16, blank=True, default="")
    theme = models.CharField(max_length=8, choices=Theme, default=Theme.SYSTEM)
    presence_shown = models.CharField(
        max_length=12, choices=PresenceShown, default=PresenceShown.FRIENDS_ROOM
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ["-created_at"]
        constraints = [
            # Upper, because that is what a search without case asks PostgreSQL for.
            models.UniqueConstraint(Upper("username"), name="accounts_user_username_any_case"),
            models.CheckConstraint(
                condition=Q(is_guest=True, username__isnull=True)
                | Q(is_guest=False, username__isnull=False)
                | Q(deleted_at__isnull=False, username__isnull=True),
                name="accounts_user_guests_are_nameless",
            ),
        ]

    def __str__(self) -> str:
        return self.username or f"{self.display_name} (guest)"

    @property
    def avatar(self) -> int:
        """The hue of this person's initials, 1 to 12, the same everywhere and for ever."""
        return 1 + self.id.int % AVATAR_HUES

    @property
    def can_sign_in(self) -> bool:
        return self.is_active and self.deleted_at is None


class RefreshSession(models.Model):
    """One signed-in browser or client: a family of refresh tokens of which only one is current.

    The id is the `sid` claim of every token of the family.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="refresh_sessions")
    jti = models.CharField(max_length=43)
    previous_jti = models.CharField(max_length=43, blank=True, default="")
    agent = models.CharField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField(default=clock.now)
    rotated_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-rotated_at"]
        indexes = [models.Index(fields=["expires_at"], name="accounts_session_expiry")]

    def __str__(self) -> str:
        return f"{self.agent or 'unknown client'} ({self.id})"


class Friendship(models.Model):
    """Two people who are friends, or of whom one asked the other. One row for both.

    The one with the smaller id is `low`, so that two who ask each other at once meet in one row.
    PostgreSQL compares UUIDs as it sorts them, SQLite as 32 hex digits: the same order.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        ACCEPTED = "accepted"
        # Put aside, then taken back: seen by nobody, so that the next ask is not heard at once.
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    low = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.ASKED)
    created_at = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    # Put aside by the one who was asked; who asked sees an ask without an answer.
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(low__lt=models.F("high")), name="accounts_friends_in_order"
            ),
            models.UniqueConstraint(fields=["low", "high"], name="accounts_friends_once"),
            models.CheckConstraint(
                condition=Q(asked_by=models.F("low")) | Q(asked_by=models.F("high")),
                name="accounts_friends_one_of_them_asked",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", accepted_at=None)
                | Q(state="accepted", accepted_at__isnull=False, declined_at=None)
                | Q(state="withdrawn", accepted_at=None, declined_at__isnull=False),
                name="accounts_friends_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} and {self.high_id}: {self.state}"

    def other(self, user: User) -> User:
        return self.high if self.low_id == user.pk else self.low


class Block(models.Model):
    """`blocker` wants nothing to do with `blocked`, who is not told."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    blocker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(User, on_delete=models.CASCADE, related_name="blocks_against")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="accounts_block_once"),
            models.CheckConstraint(
                condition=~Q(blocker=models.F("blocked")), name="accounts_block_not_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} blocks {self.blocked_id}"


class Notice(models.Model):
    """Something a person is told of in the application's own list."""

    class Kind(models.TextChoices):
        FRIEND_ASKED = "friend_asked"
        FRIEND_ACCEPTED = "friend_accepted"
        ROOM_INVITED = "room_invited"
        ROOM_KNOCKED = "room_knocked"
        ROOM_GIVEN = "room_given"
        ROOM_EVENING = "room_evening"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=16, choices=Kind)
    from_user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]  # made in the order of time
        indexes = [
            models.Index(fields=["user", "-id"], name="accounts_notices_newest"),
            models.Index(
                fields=["user"], condition=Q(read_at=None), name="accounts_notices_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"
