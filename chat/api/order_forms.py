"""What the API takes in and gives out about filters and reports."""

from typing import Any

from django.utils.translation import gettext
from rest_framework import serializers

from accounts.schema import PersonOut
from chat import filters
from chat.models import NOTE_MAX, Report
from chat.protocol import MEDIA_TIME_MAX_S
from chat.reports import WAITING
from syncwatch.lib.api import StrictSerializer
from syncwatch.lib.text import clean_line, clean_text

LINKS = ["allow", "members", "moderators"]
KINDS, STATES = Report.Reason.choices, Report.State.choices


class WordField(serializers.CharField):
    """A word to keep out, or a few in a row; with `*` at the end, whatever goes on from there."""

    def to_internal_value(self, data: Any) -> str:
        line = clean_line(super().to_internal_value(data), filters.WORD_CHARS_MAX, what="words")
        if filters.entry_of(line) is None:
            said = gettext("“{line}” is not a word, or more than {most} of them.")
            raise serializers.ValidationError(said.format(line=line, most=filters.PHRASE_MAX))
        return line


class FiltersIn(StrictSerializer):
    words = serializers.ListField(child=WordField(), max_length=filters.WORDS_MAX, required=False)
    links = serializers.ChoiceField(LINKS, required=False, help_text="Who may post links.")
    action = serializers.ChoiceField(
        ["refuse", "mask"], required=False, help_text="Say no, or put dots in its place."
    )

    def validate_words(self, words: list[str]) -> list[str]:
        return list(dict.fromkeys(words))


class FiltersOut(serializers.Serializer[Any]):
    words = serializers.ListField(child=serializers.CharField())
    links = serializers.ChoiceField(LINKS)
    action = serializers.ChoiceField(["refuse", "mask"])


class ReportIn(StrictSerializer):
    """About a message or a person, one of the two."""

    message_id = serializers.UUIDField(required=False)
    user_id = serializers.UUIDField(required=False)
    kind = serializers.ChoiceField(KINDS)
    note = serializers.CharField(max_length=NOTE_MAX, required=False, allow_blank=True)
    media_time = serializers.FloatField(
        min_value=0, max_value=MEDIA_TIME_MAX_S, required=False,
        help_text="Where the film is, in seconds; a message that has a place keeps its own.",
    )  # fmt: skip

    def validate_note(self, note: str) -> str:
        return clean_text(note, NOTE_MAX, what="note")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("message_id" in attrs) == ("user_id" in attrs):
            words = gettext("Say which message, or who; one of the two.")
            raise serializers.ValidationError({"message_id": [words]})
        return attrs


class ReportPatch(StrictSerializer):
    state = serializers.ChoiceField(["taken", "done", "dismissed"])


class ReportsQuery(StrictSerializer):
    state = serializers.ChoiceField([*STATES, (WAITING, WAITING)], required=False)


class ReceiptOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    note = serializers.CharField()
    state = serializers.ChoiceField(STATES)
    message_id = serializers.CharField(allow_null=True)
    user_id = serializers.CharField(allow_null=True)
    item_id = serializers.CharField(allow_null=True)
    media_time = serializers.FloatField(allow_null=True)
    created_at = serializers.CharField()


class ReportOut(ReceiptOut):
    reporter = PersonOut(allow_null=True)
    person = PersonOut(allow_null=True, help_text="Whom it is about.")
    message_deleted = serializers.BooleanField()
    excerpt = serializers.CharField(help_text="The message as it was when it was reported.")
    handled_by = PersonOut(allow_null=True)
    handled_at = serializers.CharField(allow_null=True)
