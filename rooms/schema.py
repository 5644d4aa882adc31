"""What measures against people take over the API, in every app: why, and until when."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from rest_framework import serializers

from rooms.models import REASON_MAX
from syncwatch.lib import clock
from syncwatch.lib.api import StrictSerializer
from syncwatch.lib.text import clean_line

FOR_MAX_S = 366 * 24 * 60 * 60


class ReasonField(serializers.CharField):
    """Why, in one line; it may be left out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=REASON_MAX, required=False, allow_blank=True, **options)

    def to_internal_value(self, data: Any) -> str:
        said = super().to_internal_value(data)
        return clean_line(said, REASON_MAX, what="reason") if said else ""


class EndIn(StrictSerializer):
    """Without an end it holds until somebody ends it. `for_s` has bounds of its own in each."""

    until = serializers.DateTimeField(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("until") is not None and "for_s" in attrs:
            words = gettext("Say until when, or for how long; not both.")
            raise serializers.ValidationError({"for_s": [words]})
        return attrs


class TermsIn(EndIn):
    reason = ReasonField()
    for_s = serializers.IntegerField(min_value=1, max_value=FOR_MAX_S, required=False)


def end_of(terms: Mapping[str, Any]) -> datetime.datetime | None:
    """Until when what an `EndIn` took holds; None: without an end."""
    if "for_s" in terms:
        return clock.now() + datetime.timedelta(seconds=terms["for_s"])
    until: datetime.datetime | None = terms.get("until")
    return until
