"""What the API of films takes in and gives out."""

from rest_framework import serializers

from syncwatch.lib.api import StrictSerializer
from videos.models import TITLE_MAX, State, TrackState
from videos.services import LANGUAGE_MAX

TRACK_TITLE_MAX = 100
TRACK_STATES = f"One of: {', '.join(TrackState.values)}."


class VideoPatch(StrictSerializer):
    title = serializers.CharField(max_length=TITLE_MAX)


class PosterIn(StrictSerializer):
    candidate = serializers.IntegerField(min_value=0)


class SubtitleIn(StrictSerializer):
    """Multipart: an .srt or .vtt file."""

    file = serializers.FileField()
    language = serializers.CharField(max_length=LANGUAGE_MAX, required=False, allow_blank=True)
    title = serializers.CharField(max_length=TRACK_TITLE_MAX, required=False, allow_blank=True)


class ErrorOut(serializers.Serializer):
    code = serializers.CharField()
    message = serializers.CharField()


class RenditionOut(serializers.Serializer):
    name = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    bitrate = serializers.IntegerField()
    state = serializers.CharField(help_text=TRACK_STATES)
    progress = serializers.IntegerField()


class SubtitleOut(serializers.Serializer):
    id = serializers.CharField()
    language = serializers.CharField()
    title = serializers.CharField()
    forced = serializers.BooleanField()
    url = serializers.CharField()


class AudioOut(serializers.Serializer):
    position = serializers.IntegerField()
    language = serializers.CharField()
    title = serializers.CharField()
    default = serializers.BooleanField()
    state = serializers.CharField(help_text=TRACK_STATES)


class VideoOut(serializers.Serializer):
    """A film as its owner sees it. Addresses are signed for the session that asked."""

    id = serializers.CharField()
    title = serializers.CharField()
    state = serializers.ChoiceField(State.choices)
    progress = serializers.IntegerField(min_value=0, max_value=100)
    playable = serializers.BooleanField()
    available_until = serializers.FloatField()
    duration = serializers.FloatField(allow_null=True)
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    bytes = serializers.IntegerField()
    note = serializers.CharField()
    error = ErrorOut(allow_null=True)
    retryable = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    renditions = RenditionOut(many=True)
    audio = AudioOut(many=True)
    subtitles = SubtitleOut(many=True)
    hls = serializers.CharField(allow_null=True)
    expires_at = serializers.DateTimeField()
    poster = serializers.CharField(allow_null=True)
    posters = serializers.ListField(child=serializers.CharField())
    storyboard = serializers.CharField(allow_null=True)


class VideoPageOut(serializers.Serializer):
    results = VideoOut(many=True)
    next = serializers.URLField(allow_null=True)


class UsageOut(serializers.Serializer):
    """`quota_bytes` null: as much as the disk holds."""

    videos = serializers.IntegerField()
    bytes = serializers.IntegerField()
    quota_bytes = serializers.IntegerField(allow_null=True)
    max_upload_bytes = serializers.IntegerField()
