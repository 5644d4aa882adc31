"""What the API takes in and gives out about keeping order in a room."""

from rest_framework import serializers

from accounts.schema import PersonOut
from rooms.schema import ReasonField, TermsIn
from syncwatch.lib.api import StrictSerializer


class KickIn(StrictSerializer):
    reason = ReasonField(help_text="For the moderators' log.")


class BanIn(TermsIn):
    """Without an end it holds until somebody lifts it."""

    reason = ReasonField(help_text="The person reads it when they want to come in.")


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
        help_text="kick, ban, unban, role, right, delete, clear, order, filters, report, emote, "
        "shadow_mute, shadow_unmute or release."
    )
    by = PersonOut(allow_null=True)
    person = PersonOut(allow_null=True, help_text="Whom it was about.")
    reason = serializers.CharField()
    facts = serializers.DictField()
    created_at = serializers.CharField()
