"""Telling the floors above that a film has changed."""

import logging
from uuid import UUID

from django.conf import settings
from django.utils import translation

from syncwatch.lib import redis
from videos import store
from videos.models import Video
from videos.selectors import public_payload
from videos.signals import video_changed

log = logging.getLogger(__name__)


def announce(video_id: UUID) -> None:
    """At once: for a change of state."""
    video = Video.objects.filter(pk=video_id, deleted_at=None).first()
    if video is None:
        return
    # One frame for everybody: not in the language of whoever happened to cause it.
    with translation.override(settings.LANGUAGE_CODE):
        payload = public_payload(video)
    for receiver, answer in video_changed.send_robust(
        Video, video_id=str(video_id), payload=payload
    ):
        if isinstance(answer, Exception):
            log.error("video %s: %r did not take the news: %s", video_id, receiver, answer)


def announce_sometimes(video_id: UUID) -> None:
    """At most once a second: for progress."""
    try:
        if store.may_announce(video_id):
            announce(video_id)
    except redis.RedisError:
        log.warning("video %s: Redis is away, nobody was told", video_id)
