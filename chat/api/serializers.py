"""What the chat API gives out."""

from typing import Any

from django.utils.translation import gettext
from rest_framework import serializers

from accounts.schema import PersonOut
from chat import exports, search
from chat.protocol import MEDIA_TIME_MAX_S
from syncwatch.lib.api import StrictSerializer

PAGE_DEFAULT = 50
PAGE_MAX = 200
STRETCHES_MAX = 60  # as many as a browser keeps of one film
_SECONDS = r"\d{1,6}(?:\.\d{1,3})?"
_SEEN = rf"^{_SECONDS}-{_SECONDS}(?:,{_SECONDS}-{_SECONDS}){{0,{STRETCHES_MAX - 1}}}\Z"
SEEN_LENGTH_MAX = STRETCHES_MAX * 22


class HistoryQuery(StrictSerializer):
    """`before`: the id of the oldest message one has."""

    before = serializers.UUIDField(required=False)
    limit = serializers.IntegerField(
        required=False, min_value=1, max_value=PAGE_MAX, default=PAGE_DEFAULT
    )


class SearchQuery(HistoryQuery):
    """With `q`: only what has these words in it, the newest first. `item` and `to`, the film that
    one watches and how far one knows it, in seconds: without what others said further on; but with
    what they said to stretches of it that were `seen`, as `90-120.5,300-310`.
    """

    q = serializers.CharField(
        required=False, min_length=search.WORDS_MIN, max_length=search.WORDS_MAX
    )
    item = serializers.UUIDField(required=False)
    to = serializers.FloatField(required=False, min_value=0, max_value=MEDIA_TIME_MAX_S)
    seen = serializers.RegexField(_SEEN, required=False, max_length=SEEN_LENGTH_MAX)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("item" in attrs) != ("to" in attrs) or ("seen" in attrs and "item" not in attrs):
            words = gettext("Send item and to together; seen goes with them.")
            raise serializers.ValidationError({"item": [words]})
        return attrs

    def validate_seen(self, text: str) -> tuple[search.Stretch, ...]:
        pairs = [each.split("-") for each in text.split(",")]
        return tuple((float(since), float(to)) for since, to in pairs)


class MomentsQuery(StrictSerializer):
    """Seconds of the film; `to` is not among them. `cursor` is what the page before said."""

    to = serializers.FloatField(required=False, min_value=0, max_value=MEDIA_TIME_MAX_S)
    cursor = serializers.CharField(required=False, max_length=64)

    def get_fields(self) -> dict[str, serializers.Field]:
        """`from` is no name that Python lets one write."""
        since = serializers.FloatField(required=False, min_value=0, max_value=MEDIA_TIME_MAX_S)
        return {"from": since, **super().get_fields()}


class ExportQuery(StrictSerializer):
    format = serializers.ChoiceField(sorted(exports.FORMATS), default="txt")


class QuoteOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    author = PersonOut(allow_null=True)
    text = serializers.CharField(help_text="Its first 120 characters.")
    deleted = serializers.BooleanField()
    item_id = serializers.CharField(allow_null=True)
    media_time = serializers.FloatField(allow_null=True)


class MessageReactionOut(serializers.Serializer[Any]):
    emoji = serializers.CharField()
    count = serializers.IntegerField()
    by = serializers.ListField(
        child=serializers.CharField(), help_text="User ids, twenty at most: the first."
    )


class MentionOut(serializers.Serializer[Any]):
    user_id = serializers.CharField(allow_null=True, help_text="Null where everybody is meant.")
    name = serializers.CharField(help_text="As it stands in `body`, behind an `@`.")


class PollOut(serializers.Serializer[Any]):
    options = serializers.ListField(child=serializers.CharField())
    multiple = serializers.BooleanField()
    counts = serializers.ListField(
        child=serializers.IntegerField(), help_text="How many chose each of them."
    )
    voters = serializers.IntegerField()
    closes_at = serializers.CharField(allow_null=True)
    closed_at = serializers.CharField(allow_null=True)


class RollOut(serializers.Serializer[Any]):
    dice = serializers.CharField(help_text="Like `2d6`.")
    results = serializers.ListField(child=serializers.IntegerField())


class MessageOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    seq = serializers.IntegerField(allow_null=True)
    kind = serializers.ChoiceField(["text", "system"])
    body = serializers.CharField()
    style = serializers.ChoiceField(  # type: ignore[assignment]  # the class's own is not used
        ["me", "roll"], allow_null=True, help_text="What somebody does, or what dice showed."
    )
    roll = RollOut(allow_null=True)
    deed = serializers.DictField(
        allow_null=True, help_text="Of a system message: what was done, `{name, …facts}`."
    )
    author = PersonOut(allow_null=True)
    created_at = serializers.CharField()
    edited_at = serializers.CharField(allow_null=True)
    item_id = serializers.CharField(allow_null=True)
    media_time = serializers.FloatField(allow_null=True)
    reply_to = serializers.CharField(allow_null=True)
    reply = QuoteOut(allow_null=True)
    reactions = MessageReactionOut(many=True)
    mentions = MentionOut(many=True)
    pinned = serializers.BooleanField()
    poll = PollOut(allow_null=True)
    nonce = serializers.CharField()


class HistoryOut(serializers.Serializer[Any]):
    results = MessageOut(many=True)
    next = serializers.CharField(allow_null=True)


class EditOut(serializers.Serializer[Any]):
    body = serializers.CharField(help_text="What the message read until then.")
    edited_at = serializers.CharField()


class EditListOut(serializers.Serializer[Any]):
    results = EditOut(many=True)
    next = serializers.CharField(allow_null=True)


class PinOut(serializers.Serializer[Any]):
    message = MessageOut()
    by = PersonOut(allow_null=True)
    at = serializers.CharField()


class PinListOut(serializers.Serializer[Any]):
    results = PinOut(many=True)
    next = serializers.CharField(allow_null=True)


class UnreadOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    unread = serializers.IntegerField(help_text="At least one, at most 99.")


class UnreadListOut(serializers.Serializer[Any]):
    results = UnreadOut(many=True)
    next = serializers.CharField(allow_null=True)


class ReactedOut(serializers.Serializer[Any]):
    emoji = serializers.CharField()
    user = PersonOut()
    created_at = serializers.CharField()


class ReactedListOut(serializers.Serializer[Any]):
    results = ReactedOut(many=True)
    next = serializers.CharField(allow_null=True)
