"""Reading films: lists, usage, and the few fields that travel to rooms."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from accounts.models import User
from videos import store
from videos.models import WORK_STATES, State, Video
from videos.words import refusal_words


def videos_for(owner: User) -> QuerySet[Video]:
    """The films of one person, with everything that a list shows, in four queries."""
    return _whole().filter(owner=owner, deleted_at=None)


def _whole() -> QuerySet[Video]:
    return Video.objects.prefetch_related("renditions", "audio_tracks", "subtitles")


def video_whole(video_id: UUID) -> Video:
    return _whole().get(pk=video_id)


def usage_for(owner: User) -> dict[str, int]:
    mine = Video.objects.filter(owner=owner, deleted_at=None)
    return {
        "videos": mine.count(),
        "bytes": mine.aggregate(total=Sum("bytes"))["total"] or 0,
    }


def freshen(videos: list[Video]) -> list[Video]:
    """Put the worker's latest numbers over those of the rows."""
    working = [video for video in videos if video.state in WORK_STATES]
    live = store.live_of([str(video.pk) for video in working])
    for video in working:
        newer = live.get(str(video.pk), {})
        video.progress = max(video.progress, newer.get("progress", 0))
        video.available_until = max(video.available_until, newer.get("available_until", 0.0))
    return videos


def error_of(video: Video) -> dict[str, str] | None:
    if not video.error_code:
        return None
    return {"code": video.error_code, "message": refusal_words(video.error_message)}


def public_payload(video: Video) -> dict[str, Any]:
    """What everybody in a room may know about a film in its queue."""
    return {
        "id": str(video.pk),
        "state": video.state,
        "progress": 100 if video.state == State.READY else video.progress,
        "playable": video.playable,
        "available_until": video.available_until,
        "duration": video.duration,
        "error": error_of(video),
    }
