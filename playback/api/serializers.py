"""What the API of a room's queue takes in and gives out."""

from typing import Any

from django.utils.translation import gettext
from rest_framework import serializers

from accounts.schema import PersonOut
from playback import health
from playback.models import TITLE_MAX, URL_MAX, Source
from syncwatch.lib.api import StrictSerializer

REORDER_MAX = 1000


class ItemIn(StrictSerializer):
    """One of one's own films by `video_id`, or an address outside by `url`. The kind of an address
    shows in the address: `source` may be left out.
    """

    source = serializers.ChoiceField(Source.choices, required=False)  # type: ignore[assignment]  # the contract calls it so
    video_id = serializers.UUIDField(required=False)
    url = serializers.CharField(max_length=URL_MAX, required=False)
    title = serializers.CharField(max_length=TITLE_MAX, required=False, allow_blank=True)
    before = serializers.UUIDField(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        source = attrs.pop("source", None)
        if source and (source == Source.VIDEO) != ("video_id" in attrs):
            words = gettext("A film has a `video_id`, everything else a `url`.")
            raise serializers.ValidationError({"source": [words]})
        return attrs


class ItemPatch(StrictSerializer):
    title = serializers.CharField(max_length=TITLE_MAX)


class ReorderIn(StrictSerializer):
    """One of: `item_id` with `before` (null: to the end); `items`, the ids in their new order;
    `shuffle`, which lets chance order what comes after the film that is on.
    """

    item_id = serializers.UUIDField(required=False)
    before = serializers.UUIDField(required=False, allow_null=True)
    items = serializers.ListField(
        child=serializers.UUIDField(), required=False, allow_empty=False, max_length=REORDER_MAX
    )
    shuffle = serializers.ChoiceField([True], required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if sum(name in attrs for name in ("items", "item_id", "shuffle")) != 1:
            words = gettext("Give `item_id`, `items` or `shuffle`.")
            raise serializers.ValidationError({"item_id": [words]})
        return attrs


class VoteIn(StrictSerializer):
    on = serializers.BooleanField(required=False, default=True)


class FilmOut(serializers.Serializer):
    state = serializers.CharField()
    progress = serializers.IntegerField()
    playable = serializers.BooleanField()
    available_until = serializers.FloatField()


class ItemOut(serializers.Serializer):
    id = serializers.CharField()
    source = serializers.ChoiceField(Source.choices)  # type: ignore[assignment]  # the contract calls it so
    video_id = serializers.CharField(allow_null=True)
    url = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    duration = serializers.FloatField(allow_null=True)
    added_by = serializers.CharField(allow_null=True)
    votes = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    video = FilmOut(allow_null=True)


class WhyNotOut(serializers.Serializer):
    code = serializers.CharField()
    message = serializers.CharField()


class ListedOut(ItemOut):
    """An item as one person gets it."""

    voted = serializers.BooleanField()
    poster = serializers.CharField(allow_null=True)
    error = WhyNotOut(allow_null=True)


class QueueOut(serializers.Serializer):
    results = ListedOut(many=True)
    next = serializers.URLField(allow_null=True)


class GrantSubtitleOut(serializers.Serializer):
    id = serializers.CharField()
    language = serializers.CharField()
    title = serializers.CharField()
    forced = serializers.BooleanField()
    url = serializers.CharField()


class GrantAudioOut(serializers.Serializer):
    position = serializers.IntegerField()
    language = serializers.CharField()
    title = serializers.CharField()
    default = serializers.BooleanField()
    state = serializers.CharField()


class GrantOut(serializers.Serializer):
    """Where to play an item from. Addresses are for this session and this room alone; ask again
    before `expires_at`. An item that is no film of ours has its own `url` and expires never.
    """

    source = serializers.ChoiceField(Source.choices)  # type: ignore[assignment]  # the contract calls it so
    hls = serializers.CharField(allow_null=True)
    url = serializers.CharField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)
    duration = serializers.FloatField(allow_null=True)
    available_until = serializers.FloatField(allow_null=True)
    poster = serializers.CharField(allow_null=True)
    storyboard = serializers.CharField(allow_null=True)
    subtitles = GrantSubtitleOut(many=True)
    audio = GrantAudioOut(many=True)


class HealthQuery(StrictSerializer):
    limit = serializers.IntegerField(
        required=False, min_value=1, max_value=health.SHOWN_MOST, default=health.SHOWN
    )


class PlayerOut(serializers.Serializer):
    """How the film runs with one person, as their browser said `age_ms` ago. `drift_ms` is positive
    behind the room, and null while there is nothing to compare; `quality` is the height of the
    picture, `clock_bound_ms` how wrong their clock can be at worst, null where they do not say.
    """

    user = PersonOut()
    state = serializers.ChoiceField(("playing", "paused", "buffering", "ready", "detached"))
    drift_ms = serializers.FloatField(allow_null=True)
    rtt_ms = serializers.FloatField()
    buffered_s = serializers.FloatField()
    quality = serializers.IntegerField(allow_null=True)
    clock_bound_ms = serializers.FloatField(allow_null=True)
    age_ms = serializers.IntegerField()
    waited_for = serializers.BooleanField(help_text="The room stands still for them just now.")
    exempt = serializers.BooleanField(help_text="It ran dry too often: nobody waits for a while.")


class HealthOut(serializers.Serializer):
    """`count` people watch; `results` are the first of them."""

    results = PlayerOut(many=True)
    count = serializers.IntegerField()
