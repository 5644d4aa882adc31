"""A film in the form the API gives it to its owner."""

from typing import Any

from videos.delivery import Holder
from videos.delivery.addresses import addresses_in, folder_for, posters_in
from videos.models import Rendition, State, Video
from videos.selectors import error_of

PERCENT = 100


def video_wire(video: Video, holder: Holder) -> dict[str, Any]:
    """Needs a film whose tracks were fetched along with it."""
    folder = folder_for(video, holder)
    return {
        "id": str(video.pk),
        "title": video.title,
        "state": video.state,
        "progress": PERCENT if video.state == State.READY else video.progress,
        "playable": video.playable,
        "available_until": video.available_until,
        "duration": video.duration,
        "width": video.width,
        "height": video.height,
        "bytes": video.bytes,
        "note": video.note,
        "error": error_of(video),
        "retryable": video.retryable,
        "created_at": video.created_at.isoformat(),
        "renditions": [rendition_wire(row) for row in video.renditions.all()],
        **addresses_in(folder, video),
        "posters": posters_in(folder, video),
    }


def rendition_wire(row: Rendition) -> dict[str, Any]:
    return {
        "name": row.name,
        "width": row.width,
        "height": row.height,
        "bitrate": row.average_bps or row.peak_bps,
        "state": row.state,
        "progress": row.progress,
    }
