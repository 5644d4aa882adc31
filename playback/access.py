"""The only way to get an item of a queue. Films to add come from `videos.access`."""

from django.conf import settings
from django.utils.translation import gettext

from playback.models import QueueItem
from playback.selectors import queue_of
from rooms.models import Room
from syncwatch.lib.errors import Conflict, NotFound, register
from syncwatch.lib.ids import uuid_or_none
from videos.models import State
from videos.words import refusal_words

NOT_PLAYABLE = register(
    "not_playable", status=409, when="The film cannot be played yet.",
    recover="Wait for `video:updated` with `playable`.",
)  # fmt: skip
VIDEO_FAILED = register(
    "video_failed", status=409, when="The film could not be prepared.",
    recover="Its owner may try again, or upload another file.",
)  # fmt: skip
OUTSIDE_OFF = register(
    "outside_off", status=409, when="This server plays no films of other servers any more.",
    recover="Choose a film that was uploaded here.",
)  # fmt: skip


def item_in(room: Room, item_id: object) -> QueueItem:
    """An item of this room's list."""
    found = uuid_or_none(item_id)
    item = queue_of(room).filter(id=found).first() if found else None
    if item is None:
        raise NotFound(gettext("This film is not on the list of this room."))
    return item


def playable(item: QueueItem) -> QueueItem:
    """The item, when it can be played now; else a refusal that says what is the matter."""
    video = item.video
    if video is None and not settings.EXTERNAL_SOURCES:
        words = gettext("This server plays only films that were uploaded to it.")
        raise Conflict(OUTSIDE_OFF, words)
    if video is None or video.playable:
        return item
    if video.state == State.FAILED:
        words = gettext("“{title}” could not be prepared.").format(title=item.title)
        raise Conflict(VIDEO_FAILED, f"{words} {refusal_words(video.error_message)}".strip())
    words = gettext("“{title}” is still being prepared ({percent} %). Try again soon.")
    raise Conflict(NOT_PLAYABLE, words.format(title=item.title, percent=video.progress))
