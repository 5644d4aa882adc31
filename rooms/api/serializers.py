"""What the room API takes in and gives out."""

from typing import Any

from django.utils.translation import gettext
from rest_framework import serializers

from accounts.schema import PersonOut
from rooms.models import (
    NAME_MAX,
    PAUSE_MAX_S,
    SEATS_MAX,
    SEATS_MIN,
    WELCOME_MAX,
    Control,
    Role,
    Visibility,
)
from rooms.schema import EndIn, ReasonField
from syncwatch.lib.api import StrictSerializer
from syncwatch.lib.text import clean_line, clean_text

PASSWORD_MAX = 128
DAY_S = 24 * 60 * 60
TEMPORARY_HELP = "For one evening: closed when nobody was there for six hours."


class LineField(serializers.CharField):
    """One line of text from a person: cleaned, never empty."""

    def to_internal_value(self, data: Any) -> str:
        return clean_line(super().to_internal_value(data), self.max_length or NAME_MAX)


class WelcomeField(serializers.CharField):
    """A few plain lines, or none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_blank=True, required=False, trim_whitespace=False, **options)

    def to_internal_value(self, data: Any) -> str:
        return clean_text(super().to_internal_value(data), WELCOME_MAX, what="welcome")


class YesNoField(serializers.BooleanField):
    """true or false, and nothing that merely looks like it."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class WaitIn(StrictSerializer):
    """How the room waits for somebody whose player stalls."""

    mode = serializers.ChoiceField(["off", "on"], required=False)
    grace_ms = serializers.IntegerField(min_value=250, max_value=10_000, required=False)
    quorum = serializers.FloatField(min_value=0.01, max_value=1, required=False)
    cap_s = serializers.IntegerField(min_value=1, max_value=60, required=False)


class RoomIn(StrictSerializer):
    name = LineField(max_length=NAME_MAX)
    visibility = serializers.ChoiceField(Visibility.choices, required=False)
    control = serializers.ChoiceField(Control.choices, required=False)
    password = serializers.CharField(
        max_length=PASSWORD_MAX, required=False, allow_blank=True, trim_whitespace=False
    )
    wait = WaitIn(required=False)
    temporary = YesNoField(required=False, help_text=TEMPORARY_HELP)
    knocks = YesNoField(
        required=False,
        help_text="Of a private room: whoever knows the code may ask to come in.",
    )


class RoomPatch(RoomIn):
    """Keeping order is for moderators, the rest for whoever may change the room."""

    name = LineField(max_length=NAME_MAX, required=False)
    welcome = WelcomeField(help_text="For whoever comes in for the first time; plain text.")
    seats = serializers.IntegerField(
        min_value=SEATS_MIN, max_value=SEATS_MAX, required=False, allow_null=True,
        help_text="People at once; null: no end. Whoever looks after the room always comes in.",
    )  # fmt: skip
    slow_mode_s = serializers.IntegerField(
        min_value=0, max_value=PAUSE_MAX_S, required=False,
        help_text="What one waits between two messages; moderators never do.",
    )  # fmt: skip
    new_guest_delay_s = serializers.IntegerField(
        min_value=0, max_value=PAUSE_MAX_S, required=False,
        help_text="What a new guest waits before their first message.",
    )  # fmt: skip
    locked_in = YesNoField(required=False, help_text="Nobody new comes in.")
    loop = YesNoField(required=False, help_text="After the last film of the list comes the first.")
    stand_in = YesNoField(
        required=False,
        help_text="Somebody has the remote while nobody is there who may use it.",
    )


class JoinIn(StrictSerializer):
    password = serializers.CharField(
        max_length=PASSWORD_MAX, required=False, allow_blank=True, trim_whitespace=False
    )


class InviteIn(StrictSerializer):
    role = serializers.ChoiceField(
        [(role.value, role.label) for role in Role if role is not Role.OWNER], required=False
    )
    expires_at = serializers.DateTimeField(required=False, allow_null=True)
    max_uses = serializers.IntegerField(
        min_value=1, max_value=10_000, required=False, allow_null=True
    )


class GrantIn(EndIn):
    """One capability of one person. Without an end it stays until somebody ends it."""

    allowed = YesNoField()
    for_s = serializers.IntegerField(min_value=1, max_value=DAY_S, required=False)


class GrantsIn(StrictSerializer):
    """By capability; null means back to what the role says."""

    control = GrantIn(required=False, allow_null=True)
    queue = GrantIn(required=False, allow_null=True)
    chat = GrantIn(required=False, allow_null=True)
    voice = GrantIn(required=False, allow_null=True)
    invite = GrantIn(required=False, allow_null=True)
    moderate = GrantIn(required=False, allow_null=True)
    settings = GrantIn(required=False, allow_null=True)


class InvitePersonIn(StrictSerializer):
    user_id = serializers.UUIDField(help_text="One of your friends.")


class InvitedOut(serializers.Serializer):
    user = PersonOut()


class MemberPatch(StrictSerializer):
    role = serializers.ChoiceField(
        [(role.value, role.label) for role in Role if role is not Role.OWNER], required=False
    )
    muted_until = serializers.DateTimeField(
        required=False, allow_null=True, help_text="No chat until then; null ends it."
    )
    grants = GrantsIn(required=False)
    reason = ReasonField(help_text="For the moderators' log.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "muted_until" in attrs and "chat" in attrs.get("grants", {}):
            words = gettext("Say it by muted_until, or by grants; not both.")
            raise serializers.ValidationError({"muted_until": [words]})
        if not {"role", "muted_until"} & set(attrs) and not attrs.get("grants"):
            raise serializers.ValidationError(gettext("Say what to change."))
        return attrs


class AddressIn(StrictSerializer):
    address = serializers.CharField(
        max_length=100, help_text="3 to 30 small letters, digits and single hyphens."
    )


class TransferIn(StrictSerializer):
    user_id = serializers.UUIDField()


class DoorOut(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    host = PersonOut()
    head_count = serializers.IntegerField()
    locked = serializers.BooleanField(help_text="It has a password.")
    locked_in = serializers.BooleanField(help_text="Nobody new comes in.")
    seats = serializers.IntegerField(allow_null=True)
    asks = serializers.BooleanField(help_text="One asks, and somebody inside lets one in.")
    visibility = serializers.CharField()


class RoomOut(serializers.Serializer):
    id = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()
    visibility = serializers.CharField()
    control = serializers.CharField()
    stand_in = serializers.BooleanField()
    loop = serializers.BooleanField()
    locked = serializers.BooleanField()
    wait = serializers.DictField()
    slow_mode_s = serializers.IntegerField()
    new_guest_delay_s = serializers.IntegerField()
    locked_in = serializers.BooleanField()
    knocks = serializers.BooleanField()
    seats = serializers.IntegerField(allow_null=True)
    welcome = serializers.CharField()
    address = serializers.CharField(allow_null=True)
    temporary = serializers.BooleanField()
    host = PersonOut()
    now_playing = serializers.DictField(allow_null=True)
    capabilities = serializers.DictField(child=serializers.ListField())
    created_at = serializers.CharField()


class RightOut(serializers.Serializer):
    capability = serializers.CharField()
    allowed = serializers.BooleanField()
    until = serializers.IntegerField(allow_null=True, help_text="Server milliseconds.")
    by = serializers.CharField(allow_null=True)
    stands_in = serializers.BooleanField(help_text="In the place of somebody who is gone.")


class PlaceOut(serializers.Serializer):
    role = serializers.CharField()
    capabilities = serializers.ListField(child=serializers.CharField())
    rights = RightOut(many=True)


class MemberOut(serializers.Serializer):
    user = PersonOut()
    role = serializers.CharField()
    capabilities = serializers.ListField(child=serializers.CharField())
    rights = RightOut(many=True)
    presence = serializers.CharField()


class InviteOut(serializers.Serializer):
    id = serializers.CharField()
    token = serializers.CharField()
    path = serializers.CharField()
    role = serializers.CharField()
    expires_at = serializers.CharField(allow_null=True)
    max_uses = serializers.IntegerField(allow_null=True)
    uses = serializers.IntegerField()
    state = serializers.CharField()
    created_by = PersonOut()
    created_at = serializers.CharField()


class InviteDoorOut(serializers.Serializer):
    room = DoorOut()
    role = serializers.CharField()
    expires_at = serializers.CharField(allow_null=True)
