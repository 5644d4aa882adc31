"""What the auth API takes and gives. Unknown fields are refused."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from rest_framework import serializers

from accounts.models import (
    DISPLAY_NAME_MAX,
    USERNAME_MAX,
    USERNAME_PATTERN,
    USERNAME_WORDS,
    PresenceShown,
    Theme,
)
from accounts.schema import PersonOut
from syncwatch.lib.api import StrictSerializer
from syncwatch.lib.text import clean_line

PASSWORD_MAX = 256  # hashing is dear on purpose; a megabyte of password would be an attack
TOKEN_MAX = 2048


class DisplayNameField(serializers.CharField):
    """One line for people's eyes, without characters that hide or turn the text around."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=4 * DISPLAY_NAME_MAX, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        return clean_line(super().to_internal_value(data), DISPLAY_NAME_MAX, what="display_name")


class UsernameField(serializers.RegexField):
    default_error_messages = {"invalid": USERNAME_WORDS}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(USERNAME_PATTERN, **kwargs)


class PasswordField(serializers.CharField):
    """Taken as typed: spaces count."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=PASSWORD_MAX, trim_whitespace=False, **kwargs)


class RegisterIn(StrictSerializer):
    username = UsernameField()
    password = PasswordField()
    display_name = DisplayNameField(required=False, allow_blank=True, default="")
    email = serializers.EmailField(required=False, allow_blank=True, default="")


class GuestIn(StrictSerializer):
    display_name = DisplayNameField()
    invite = serializers.CharField(required=False, max_length=128, help_text="Invite token.")


class LoginIn(StrictSerializer):
    username = serializers.CharField(max_length=4 * USERNAME_MAX)
    password = PasswordField()
    if_closed = serializers.ChoiceField(
        ["open", "ask"], required=False, default="open",
        help_text="A closed account is brought back, or with `ask` refused as `account_closing`.",
    )  # fmt: skip


class RefreshIn(StrictSerializer):
    refresh = serializers.CharField(required=False, max_length=TOKEN_MAX)


class PasswordIn(StrictSerializer):
    current_password = PasswordField()
    new_password = PasswordField()


class AccountChangesIn(StrictSerializer):
    display_name = DisplayNameField(required=False)
    email = serializers.EmailField(required=False, allow_blank=True)
    language = serializers.CharField(
        required=False, allow_blank=True, help_text="A language of this site; empty: the browser's."
    )
    theme = serializers.ChoiceField(Theme.choices, required=False)
    presence_shown = serializers.ChoiceField(
        PresenceShown.choices, required=False, help_text="What friends see of being here."
    )

    def validate_language(self, value: str) -> str:
        if value and value not in dict(settings.LANGUAGES):
            raise serializers.ValidationError(gettext("This site does not speak this language."))
        return value


class CloseIn(StrictSerializer):
    password = PasswordField(required=False, default="", help_text="Accounts only.")


class AccountOut(PersonOut):
    username = serializers.CharField(allow_null=True)
    email = serializers.CharField()
    language = serializers.CharField()
    theme = serializers.ChoiceField(Theme.choices)
    presence_shown = serializers.ChoiceField(PresenceShown.choices)
    staff = serializers.BooleanField()
    created_at = serializers.DateTimeField()


class SignInOut(serializers.Serializer):
    user = AccountOut()
    access = serializers.CharField(required=False, help_text="Not with X-SyncWatch-Web: 1.")
    refresh = serializers.CharField(required=False, help_text="Not with X-SyncWatch-Web: 1.")
    expires_at = serializers.DateTimeField(help_text="When the access token ends.")


class RefreshOut(serializers.Serializer):
    access = serializers.CharField(required=False, help_text="Not with X-SyncWatch-Web: 1.")
    refresh = serializers.CharField(required=False, help_text="Not with X-SyncWatch-Web: 1.")
    expires_at = serializers.DateTimeField(help_text="When the access token ends.")


class ClosedOut(serializers.Serializer):
    deleted_at = serializers.DateTimeField()
    grace_until = serializers.DateTimeField(
        help_text="Nothing is erased before; signing in until then brings the account back."
    )
    recoverable = serializers.BooleanField(help_text="False for guests: they cannot sign in again.")


class SessionsEndedOut(serializers.Serializer):
    sessions_ended = serializers.IntegerField()


class SessionOut(serializers.Serializer):
    id = serializers.UUIDField()
    agent = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    current = serializers.BooleanField()


class SessionsOut(serializers.Serializer):
    results = SessionOut(many=True)
    next = serializers.CharField(allow_null=True)


class TicketOut(serializers.Serializer):
    ticket = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds; good for one socket.")
