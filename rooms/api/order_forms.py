"""What the API takes in and gives out about keeping order in a room."""

from typing import Any

from django.utils.translation import gettext
from rest_framework import serializers

from accounts.schema import PersonOut
from rooms.models import REASON_MAX
from syncwatch.lib.api import StrictSerializer
from syncwatch.lib.text import clean_line

BAN_MAX_S = 366 * 24 * 60 * 60


class ReasonField(serializers.CharField):
    """Why, in one line; it may be left out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=REASON_MAX, required=False, allow_blank=True, **options)

    def to_internal_value(self, data: Any) -> str:
        said = super().to_internal_value(data)
        return clean_line(said, REASON_MAX, what="reason") if said else ""


class KickIn(StrictSerializer):
    reason = ReasonField(help_text="For the moderators' log.")


class BanIn(StrictSerializer):
    """Without an end it holds until somebody lifts it."""

    reason = ReasonField(help_text="The person reads it when they want to come in.")
    until = serializers.DateTimeField(required=False, allow_null=True)
    for_s = serializers.IntegerField(min_value=1, max_value=BAN_MAX_S, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("until") is not None and "for_s" in attrs:
            words = gettext("Say until when, or for how long; not both.")
            raise serializers.ValidationError({"for_s": [words]})
        return attrs


class BanOut(serializers.Serializer):
    id = serializers.CharField()
    user = PersonOut()
    by = PersonOut(allow_null=True)
    reason = serializers.CharField()
    until = serializers.CharField(allow_null=True)
    created_at = serializers.CharField()


class MeasureOut(serializers.Serializer):
    id = serializers.CharField()
    action = serializers.CharField(
        help_text="kick, ban, unban, role, right, delete, clear, order, filters, report or emote."
    )
    by = PersonOut(allow_null=True)
    person = PersonOut(allow_null=True, help_text="Whom it was about.")
    reason = serializers.CharField()
    facts = serializers.DictField()
    created_at = serializers.CharField()
