"""Writing films: rename, delete, try again, choose a poster, add subtitles, sweep."""

import datetime
import logging
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from syncwatch.lib import clock
from syncwatch.lib.errors import Conflict, Invalid, register
from syncwatch.lib.text import clean_line
from videos import announcements, hints, jobs
from videos.models import TITLE_MAX, WORK_STATES, State, Subtitle, TrackState, Upload, Video
from videos.pipeline.tracks import master_text
from videos.rules import webvtt
from videos.selectors import video_whole
from videos.signals import video_deleted
from videos.storage import StorageError, hls_prefix, original_key, store

log = logging.getLogger(__name__)

SUBTITLE_MAX_BYTES = 2 * 1024**2
MOST_SUBTITLES = 32
LANGUAGE_MAX = 16
NOT_RETRYABLE = register(
    "not_retryable", status=409, when="A film is tried again that did not fail, or never can work.",
    recover="Upload another file.",
)  # fmt: skip
NOT_READY = register(
    "not_ready", status=409, when="Something is asked of a film that is not that far yet.",
    recover="Wait until it is playable.",
)  # fmt: skip


def video_rename(*, video: Video, title: str) -> Video:
    video.title = clean_line(title, TITLE_MAX, what="title")
    video.save(update_fields=["title"])
    return video


def video_delete(*, video: Video) -> bool:
    """Out of sight at once, out of storage soon. A worker that is at it notices and stops.
    False where it was so before.
    """
    gone = Video.objects.filter(pk=video.pk, deleted_at=None).update(deleted_at=clock.now())
    if gone:
        transaction.on_commit(lambda: _tell_deleted(video))
        hints.hint_purge(video.pk)
    return bool(gone)


def _tell_deleted(video: Video) -> None:
    jobs.forget_live(video.pk)
    video_deleted.send_robust(Video, video_id=str(video.pk))


def video_purge(*, video_id: UUID | str) -> int:
    """Remove everything of a deleted film; its row too, once no worker can be writing any more."""
    from videos.uploads import sinks

    video = Video.objects.filter(pk=video_id).exclude(deleted_at=None).first()
    if video is None:
        return 0
    for upload in Upload.objects.filter(video=video):
        sinks.abort(upload)
    objects = store()
    removed = objects.delete_below(hls_prefix(video.pk))
    objects.delete(original_key(video.pk))
    if video.lease_until is None or video.lease_until < clock.now():
        video.delete()
    return removed


def video_retry(*, video: Video) -> Video:
    """Try a failed film again, or the qualities that are missing."""
    if not video.retryable or video.state not in (State.FAILED, State.READY):
        raise Conflict(
            NOT_RETRYABLE, gettext("This film cannot be tried again. Upload another file.")
        )
    with transaction.atomic():
        video.renditions.filter(state=TrackState.FAILED).update(state=TrackState.QUEUED)
        video.audio_tracks.filter(state=TrackState.FAILED).update(state=TrackState.QUEUED)
        state = State.PROCESSING if video.playable else State.QUEUED
        Video.objects.filter(pk=video.pk).update(
            state=state, tries=0, error_code="", error_message="", retryable=False, progress=0
        )
        hints.hint_transcode(video.pk)
    announcements.announce(video.pk)
    return video_whole(video.pk)


def video_requeue(*, video_id: UUID) -> bool:
    """For operators: work on it again, whatever happened so far. Not before all of it is here."""
    here = Video.objects.filter(pk=video_id, deleted_at=None).exclude(state=State.UPLOADING)
    taken = here.update(
        state=State.QUEUED, tries=0, lease_until=None, worker="", error_code="",
        error_message="", retryable=False, extras_done=False,
    )  # fmt: skip
    if not taken:
        return False
    video = Video.objects.get(pk=video_id)
    video.renditions.filter(state=TrackState.FAILED).update(state=TrackState.QUEUED)
    video.audio_tracks.filter(state=TrackState.FAILED).update(state=TrackState.QUEUED)
    hints.hint_transcode(video_id)
    announcements.announce(video_id)
    return True


def poster_choose(*, video: Video, candidate: int) -> Video:
    if not video.posters:
        raise Conflict(NOT_READY, gettext("There are no pictures of this film yet. Wait a little."))
    if not 0 <= candidate < video.posters:
        words = gettext("Choose a number from 0 to {most}.").format(most=video.posters - 1)
        raise Invalid(words, {"candidate": [words]})
    video.poster_chosen = candidate
    video.save(update_fields=["poster_chosen"])
    return video


def subtitle_add(*, video: Video, raw: bytes, language: str, title: str) -> Subtitle:
    """An uploaded SubRip or WebVTT file, stored as WebVTT and offered to every player."""
    if len(raw) > SUBTITLE_MAX_BYTES:
        raise Invalid(
            gettext("Subtitles may have 2 MB at most."), {"file": [gettext("Too large.")]}
        )
    if not video.playable or video.duration is None:
        raise Conflict(NOT_READY, gettext("Add subtitles once the film is playable."))
    if video.subtitles.count() >= MOST_SUBTITLES:
        raise Invalid(
            gettext("A film may have {most} subtitle tracks.").format(most=MOST_SUBTITLES)
        )
    cues = webvtt.cues_of(webvtt.decode(raw))
    if not cues:
        words = gettext(
            "No subtitles were found in this file. SubRip (.srt) and WebVTT (.vtt) are read."
        )
        raise Invalid(words, {"file": [words]})
    row = Subtitle(
        video=video,
        language=clean_line(language, LANGUAGE_MAX, what="language") if language else "",
        title=clean_line(title, 100, what="title") if title else "",
    )
    objects, prefix = store(), f"{hls_prefix(video.pk)}/subtitles"
    for name, content in webvtt.files(str(row.pk), cues, video.duration):
        objects.put(f"{prefix}/{name}", content)
    row.save()
    _rewrite_master(video)
    return row


def subtitle_remove(*, video: Video, subtitle_id: UUID) -> None:
    row = video.subtitles.filter(pk=subtitle_id).first()
    if row is None:
        return
    row.delete()
    _rewrite_master(video)
    for ending in ("vtt", "m3u8"):
        store().delete(f"{hls_prefix(video.pk)}/subtitles/{subtitle_id}.{ending}")


def _rewrite_master(video: Video) -> None:
    text = master_text(video_whole(video.pk))
    store().put(f"{hls_prefix(video.pk)}/master.m3u8", text.encode())
    announcements.announce(video.pk)


def hint_if_unfinished(video_id: UUID | str) -> None:
    """A film that was laid down goes to the end of the line."""
    waiting = Video.objects.filter(
        pk=video_id, state__in=WORK_STATES, deleted_at=None, lease_until=None
    )
    if waiting.exists():
        hints.hint_transcode(video_id)


def sweep() -> dict[str, int]:
    """Find what fell between two chairs; every step may run twice."""
    from videos.uploads.services import uploads_prune

    overdue = jobs.overdue()
    for video_id in overdue:
        jobs.hint_expired(video_id)
        hints.hint_transcode(video_id)
    deleted = _long_deleted()
    for video_id in deleted:
        _purge_or_later(video_id)
    return {"hinted": len(overdue), "purged": len(deleted), "uploads": uploads_prune()}


def _purge_or_later(video_id: UUID) -> None:
    """One film that cannot be removed now keeps no other from being so."""
    try:
        video_purge(video_id=video_id)
    except StorageError as error:
        log.warning("film %s: its files stay until the next sweep: %s", video_id, error)


def _long_deleted() -> list[UUID]:
    before = clock.now() - datetime.timedelta(seconds=jobs.LEASE_S)
    return list(Video.objects.filter(deleted_at__lt=before).values_list("pk", flat=True))
