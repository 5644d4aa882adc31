"""Messages to workers. They may get lost: the sweep finds in the database what they were about."""

import logging
from functools import partial
from uuid import UUID

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from syncwatch.lib.redis import RedisError
from videos import jobs

log = logging.getLogger(__name__)


def hint_transcode(video_id: UUID | str) -> None:
    """Tell the workers, once the row is committed, that a film wants work."""
    jobs.hinted(video_id)
    transaction.on_commit(partial(_send, "videos.tasks.transcode", str(video_id)))


def hint_purge(video_id: UUID | str) -> None:
    transaction.on_commit(partial(_send, "videos.tasks.purge", str(video_id)))


def _send(task: str, video_id: str) -> None:
    try:
        current_app.send_task(task, args=[video_id], retry=False)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("video %s: %s waits for the sweep: %s", video_id, task, error)
