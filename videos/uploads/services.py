"""Uploads in the database: begun, going on, finished, given up. All of it plain blocking code."""

import datetime
import logging

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from accounts.models import User
from syncwatch.lib import clock
from syncwatch.lib.errors import ApiError, Invalid, NotFound, register
from syncwatch.lib.text import clean_line
from videos import access, announcements, hints
from videos.errors import STORAGE_FULL
from videos.models import TITLE_MAX, State, Upload, Video
from videos.rules.admission import EMPTY
from videos.selectors import usage_for
from videos.storage import StorageError
from videos.uploads import sinks
from videos.uploads.sinks import SinkState
from videos.words import refusal_words

log = logging.getLogger(__name__)

EXPIRES = datetime.timedelta(hours=24)
UNTITLED = "Untitled film"
DISK_MARGIN_BYTES = 512 * 1024**2  # for the database, logs and the work itself
MB = 1000**2  # as disks are sold, and as the pages say it

TOO_LARGE = register(
    "too_large", status=413, when="An upload has more bytes than this server takes.",
    recover="Make the file smaller, or ask the operator to raise MAX_UPLOAD_BYTES.",
)  # fmt: skip
QUOTA = register(
    "quota_exceeded", status=413, when="A person's films have no room left.",
    recover="Delete a film.",
)  # fmt: skip
EXPIRED = register(
    "upload_expired", status=410, when="Nothing came for an upload for a day.",
    recover="Begin again.",
)  # fmt: skip


def size_words(count: int) -> str:
    """`1.5 GB`, `20 GB`, `700 MB`."""
    megabytes = count / MB
    if megabytes < 1000:  # noqa: PLR2004  a thousand of them
        return f"{max(1, round(megabytes))} MB"
    return f"{megabytes / 1000:.1f} GB".replace(".0 ", " ")


def byte_budget(owner: User) -> tuple[int, ApiError]:
    """How many bytes this person may still upload, and what to say past that."""
    most = settings.MAX_UPLOAD_BYTES
    too_large = ApiError(
        TOO_LARGE,
        gettext("This file is too large: {size} is the most.").format(size=size_words(most)),
    )
    if not settings.USER_QUOTA_BYTES or owner.is_staff:
        return most, too_large
    left = max(0, settings.USER_QUOTA_BYTES - usage_for(owner)["bytes"])
    if left >= most:
        return most, too_large
    words = gettext("Your films may have {size} together. Delete one.").format(
        size=size_words(settings.USER_QUOTA_BYTES)
    )
    return left, ApiError(QUOTA, words)


def upload_create(
    *, owner: User, title: str, file_name: str, length: int | None, expected: int = 0
) -> Upload:
    """Room for one film on its way in. Refuses at once what cannot end well.

    `expected` stands for a length that is not known yet: it counts until the last byte is in.
    """
    if length == 0:
        words = refusal_words(EMPTY.message)
        raise Invalid(words, {"file": [words]})
    size = expected if length is None else length
    with transaction.atomic():
        # Two at once must not both take the last room.
        budget, refusal = byte_budget(User.objects.select_for_update().get(pk=owner.pk))
        if size > budget or not budget:
            raise refusal
        _require_room(size)
        video = Video.objects.create(owner=owner, title=_title(title, file_name), bytes=size)
        return Upload.objects.create(
            owner=owner, video=video, length=length, expires_at=clock.now() + EXPIRES
        )


def _require_room(size: int) -> None:
    free = sinks.free_bytes()
    if free is not None and size + DISK_MARGIN_BYTES > free:
        raise ApiError(
            STORAGE_FULL, gettext("The server's disk is full. Ask the operator to make room.")
        )


def _title(title: str, file_name: str) -> str:
    stem = file_name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    for candidate in (title, stem[0] or stem[2]):
        try:
            return clean_line(candidate[:TITLE_MAX], TITLE_MAX, what="title")
        except Invalid:
            continue
    return UNTITLED


def upload_retitle(*, upload: Upload, title: str, file_name: str) -> None:
    """For forms, whose title may come after the file."""
    Video.objects.filter(pk=upload.video_id).update(title=_title(title, file_name))


def upload_resume(*, owner: User, upload_id: str) -> Upload:
    """An upload to go on with, its offset being what storage really has."""
    upload = access.upload_for(owner, upload_id)
    if upload.length is None:
        raise NotFound(access.NO_UPLOAD)  # a form's: it cannot be resumed
    if upload.finished_at is not None:
        return upload
    if expired(upload):
        raise ApiError(
            EXPIRED, gettext("This upload waited too long and was given up. Begin again.")
        )
    if sinks.is_whole(upload):
        upload_finish(upload=upload, size=upload.length)
    else:
        upload.offset = sinks.safe_offset(upload)
    return upload


def upload_advance(*, upload: Upload, state: SinkState) -> None:
    """Write down what is safely stored, and give the person another day."""
    upload.offset, upload.parts = state.offset, state.parts
    upload.multipart_id, upload.expires_at = state.multipart_id, clock.now() + EXPIRES
    known = _unfinished(upload).update(
        offset=upload.offset, parts=upload.parts, multipart_id=upload.multipart_id,
        expires_at=upload.expires_at,
    )  # fmt: skip
    if not known:
        raise NotFound(access.NO_UPLOAD)


def _unfinished(upload: Upload) -> QuerySet[Upload]:
    return Upload.objects.filter(pk=upload.pk, finished_at=None, video__deleted_at=None)


def upload_finish(*, upload: Upload, size: int) -> Video:
    """All bytes are there: the film waits for a worker. A second call changes nothing.

    Raises NotFound where the film was deleted meanwhile, and ApiError where more came than was
    announced and there is no room for it any more.
    """
    with transaction.atomic():
        now = clock.now()
        fresh = _unfinished(upload).update(
            finished_at=now, offset=size, length=size, expires_at=now + EXPIRES
        )
        if fresh:
            _require_budget(upload, size)
            queued = Video.objects.filter(pk=upload.video_id, state=State.UPLOADING)
            queued.update(state=State.QUEUED, bytes=size)
            hints.hint_transcode(upload.video_id)
    video = Video.objects.filter(pk=upload.video_id, deleted_at=None).first()
    if video is None:
        raise NotFound(access.NO_UPLOAD)
    upload.offset, upload.length = size, size
    upload.finished_at, upload.expires_at = now, now + EXPIRES
    announcements.announce(upload.video_id)
    return video


def _require_budget(upload: Upload, size: int) -> None:
    """A form may say nothing of its length, and many at once all begin under the same budget."""
    reserved = Video.objects.values_list("bytes", flat=True).get(pk=upload.video_id)
    if size > reserved:
        left, refusal = byte_budget(User.objects.select_for_update().get(pk=upload.owner_id))
        if size - reserved > left:
            raise refusal


def upload_drop(*, upload: Upload) -> None:
    """Given up or expired: nothing of it stays. A finished film is not touched."""
    fresh = Upload.objects.filter(pk=upload.pk).first()
    sinks.abort(fresh or upload)
    if fresh is not None and fresh.finished_at is not None:
        fresh.delete()
        return
    sinks.discard_original(upload)
    Video.objects.filter(pk=upload.video_id, state=State.UPLOADING).delete()


def upload_discard(*, upload: Upload) -> None:
    """As `upload_drop`, now or, should the storage be away, at the next sweep."""
    try:
        upload_drop(upload=upload)
    except StorageError as error:
        log.warning("upload %s: left to the sweep: %s", upload.pk, error)
        Upload.objects.filter(pk=upload.pk).update(expires_at=clock.now())


def expired(upload: Upload) -> bool:
    return upload.finished_at is None and upload.expires_at < clock.now()


def expired_uploads() -> list[Upload]:
    """Unfinished ones a day after their last byte, and the rows of finished ones."""
    return list(Upload.objects.filter(expires_at__lt=clock.now()).select_related("video"))


def uploads_prune() -> int:
    found = expired_uploads()
    for upload in found:
        try:
            upload_drop(upload=upload)
        except StorageError as error:
            log.warning("upload %s: stays until the storage answers: %s", upload.pk, error)
    return len(found)
