"""The only way to get a film that a person may see or touch."""

from uuid import UUID

from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from syncwatch.lib.errors import NotFound
from syncwatch.lib.ids import uuid_or_none
from videos.models import Subtitle, Upload, Video
from videos.selectors import video_whole

NOT_HERE = gettext_lazy("There is no such film here.")
NO_UPLOAD = gettext_lazy("There is no such upload here.")


def video_for(user: User, video_id: str | UUID) -> Video:
    """A film of this person, or any film for staff. Hidden and absent look the same."""
    wanted = uuid_or_none(video_id)
    try:
        video = video_whole(wanted) if wanted else None
    except Video.DoesNotExist:
        video = None
    if video is None or video.deleted_at or not _may_touch(user, video):
        raise NotFound(NOT_HERE)
    return video


def _may_touch(user: User, video: Video) -> bool:
    return bool(video.owner_id == user.pk or user.is_staff)


def upload_for(user: User, upload_id: str) -> Upload:
    """An upload of this person alone: even staff do not send bytes for others."""
    wanted = uuid_or_none(upload_id)
    mine = Upload.objects.select_related("video").filter(owner=user, video__deleted_at=None)
    found = mine.filter(pk=wanted).first() if wanted else None
    if found is None:
        raise NotFound(NO_UPLOAD)
    return found


def subtitle_of(video: Video, subtitle_id: str) -> Subtitle:
    """A subtitle track of this film."""
    wanted = uuid_or_none(subtitle_id)
    row = video.subtitles.filter(pk=wanted).first() if wanted else None
    if row is None:
        raise NotFound(gettext("This film has no such subtitles."))
    return row
