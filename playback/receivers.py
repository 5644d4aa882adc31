"""News from videos and rooms, in whatever process they are told."""

from typing import Any

from django.dispatch import receiver

from playback import films, grants, rules, waiting
from rooms.signals import member_removed, room_closed, wait_changed
from videos.signals import video_changed, video_deleted


@receiver(video_changed, dispatch_uid="playback")
def take_news(*, video_id: str, payload: dict[str, Any], **_: Any) -> None:
    films.film_progressed(video_id=video_id, payload=payload)


@receiver(video_deleted, dispatch_uid="playback")
def take_farewell(*, video_id: str, **_: Any) -> None:
    films.film_deleted(video_id=video_id)


@receiver(member_removed, dispatch_uid="playback")
def end_member(*, room_code: str, user_id: str, **_: Any) -> None:
    grants.member_end(code=room_code, user_id=user_id)


@receiver(wait_changed, dispatch_uid="playback")
def wait_otherwise(*, room_code: str, wait: dict[str, Any], **_: Any) -> None:
    waiting.changed(room_code, rules.WaitPolicy.of(wait))


@receiver(room_closed, dispatch_uid="playback")
def end_room(*, room_code: str, **_: Any) -> None:
    grants.room_end(code=room_code)
