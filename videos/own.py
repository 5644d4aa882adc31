"""What a person owns here: how it is exported, and how it is erased."""

import logging
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import User
from videos.models import Video
from videos.services import video_delete, video_purge
from videos.storage import StorageError

log = logging.getLogger(__name__)

ABOUT = gettext_lazy(
    "Your films as a list. The films are not in here: watch them in your library, and ask "
    "those who run this server for the file that you brought."
)


def export(user: User) -> list[dict[str, Any]]:
    """The rows. The files themselves are fetched from one's library."""
    films = Video.objects.filter(owner=user, deleted_at=None).prefetch_related("subtitles")
    return [_row(video) for video in films]


def _row(video: Video) -> dict[str, Any]:
    return {
        "id": str(video.pk),
        "title": video.title,
        "created_at": video.created_at.isoformat(),
        "state": video.state,
        "bytes": video.bytes,
        "duration": video.duration,
        "width": video.width,
        "height": video.height,
        "subtitles": [
            {"language": row.language, "title": row.title} for row in video.subtitles.all()
        ],
    }


def erase(user: User) -> None:
    """Every film with its files. What a storage that is away keeps, the sweep takes later."""
    for video in Video.objects.filter(owner=user):
        video_delete(video=video)
        try:
            video_purge(video_id=video.pk)
        except StorageError as error:
            log.warning("video %s: its files wait for the sweep: %s", video.pk, error)
