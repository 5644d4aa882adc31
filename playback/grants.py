"""Where a member may play an item from: addresses for one session in one room."""

import uuid
from typing import Any

from playback.models import QueueItem, Source
from rooms.models import Room
from videos import delivery
from videos.delivery import Holder
from videos.models import Video
from videos.selectors import error_of, freshen


def room_scope(code: str) -> str:
    return f"r-{code}"


def member_scope(code: str, user_id: object) -> str:
    return f"m-{code}-{uuid.UUID(str(user_id)).hex}"


def holder_in(room: Room, *, user_id: object, session_id: uuid.UUID, asked_ms: int) -> Holder:
    """`asked_ms` is a time before the membership was looked up."""
    places = (room_scope(room.code), member_scope(room.code, user_id))
    return Holder(session_id, asked_ms, places)


def grant(item: QueueItem, holder: Holder) -> dict[str, Any]:
    """What a player needs to know about an item that can be played."""
    return {"source": item.source} | (_film(item.video, holder) if item.video else _outside(item))


def pictures(items: list[QueueItem], holder: Holder) -> list[dict[str, Any]]:
    """For each item of a list: its picture, and why it cannot be shown, in the asker's language.

    Both are for one person, so neither travels with the list that everybody gets.
    """
    return [_picture(item.video, holder) for item in items]


def _picture(video: Video | None, holder: Holder) -> dict[str, Any]:
    if video is None:
        return {"poster": None, "error": None}
    return {"poster": delivery.poster(video, holder), "error": error_of(video)}


def _film(video: Video, holder: Holder) -> dict[str, Any]:
    freshen([video])
    return {
        **delivery.addresses(video, holder),
        "url": None,
        "duration": video.duration,
        "available_until": video.available_until,
    }


def _outside(item: QueueItem) -> dict[str, Any]:
    return {
        "hls": item.url if item.source == Source.HLS else None,
        "url": item.url,
        "expires_at": None,
        "duration": item.duration_s,
        "available_until": None,
        "poster": None,
        "storyboard": None,
        "subtitles": [],
        "audio": [],
    }


def member_end(*, code: str, user_id: str) -> None:
    """A member has left or was sent out: what they were given in this room is void."""
    delivery.end(member_scope(code, user_id))


def room_end(*, code: str) -> None:
    """The room was closed: nobody plays in it any more."""
    delivery.end(room_scope(code))
