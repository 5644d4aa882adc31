"""What operators must know of films before something is taken away, and films taken away whole."""

import contextlib
import datetime
import time
from collections.abc import Callable, Iterable
from uuid import UUID

from accounts import audit
from accounts.models import User
from syncwatch.lib import clock
from syncwatch.lib.ids import uuid_or_none
from syncwatch.lib.operators import size_words
from videos import jobs, services
from videos.models import State, Upload, Video
from videos.storage import MissingError, hls_prefix, original_key, store

# In words, line by line: where a film is used, to which it will be missing.
Uses = Callable[[str], list[str]]
_uses: dict[str, Uses] = {}
LOOK_AGAIN_S = 0.5
PATIENCE = datetime.timedelta(seconds=2 * jobs.LEASE_S)


def register_uses(name: str, uses: Uses) -> None:
    """Call it from the `ready()` of an app above."""
    _uses[name] = uses


def needed(since: datetime.datetime) -> Iterable[UUID]:
    """Whoever uploaded something lately, or is at it."""
    yield from Video.objects.filter(created_at__gte=since).values_list("owner_id", flat=True)
    yield from Upload.objects.filter(finished_at=None).values_list("owner_id", flat=True)


def belongings(user: User) -> list[str]:
    films = Video.objects.filter(owner=user)
    return [f"film {film.pk} “{film.title}”, {size_words(film.bytes)}" for film in films]


def film_named(word: str) -> Video | None:
    """By id, also one that is out of sight already."""
    pk = uuid_or_none(word)
    return Video.objects.filter(pk=pk).select_related("owner").first() if pk else None


def described(video: Video) -> str:
    return f"{video.pk}  “{video.title}” of {video.owner}, {video.state}, {size_words(video.bytes)}"


def holdings(video: Video) -> list[str]:
    """Everything there is of a film, and who uses it."""
    objects, lines = store(), []
    with contextlib.suppress(MissingError):
        lines.append(f"original, {size_words(objects.size(original_key(video.pk)))}")
    sizes = [size for _, size in objects.sizes(hls_prefix(video.pk))]
    if sizes:
        made = ", ".join(video.renditions.values_list("name", flat=True)) or "no rendition"
        lines.append(f"{len(sizes)} files of {made}, {size_words(sum(sizes))}")
    return lines + [line for uses in _uses.values() for line in uses(str(video.pk))]


def video_erase(
    *, video: Video, wait: Callable[[], object] = lambda: time.sleep(LOOK_AGAIN_S)
) -> int:
    """Take away row, original and everything made of it. Answers how many objects went.

    A worker that is at it notices soon, and its lease runs out: then nothing more is written, and
    what it wrote meanwhile goes as well.
    """
    services.video_delete(video=video)
    until = clock.now() + PATIENCE
    removed = services.video_purge(video_id=video.pk)
    while Video.objects.filter(pk=video.pk).exists():
        if clock.now() >= until:
            raise TimeoutError("a worker does not let go of it; the sweep removes the rest")
        wait()
        removed += services.video_purge(video_id=video.pk)
    audit.record(None, "video.purge", video.pk, {"owner": str(video.owner_id), "objects": removed})
    return removed


def films_to_requeue() -> list[Video]:
    """Failed ones that may work another time, and those that lie about without a worker."""
    again = Video.objects.filter(state=State.FAILED, retryable=True, deleted_at=None)
    wanted = {*again.values_list("pk", flat=True), *jobs.overdue()}
    return list(Video.objects.filter(pk__in=wanted).select_related("owner").order_by("pk"))


def films_with_files() -> set[str]:
    """Films that storage should hold something of."""
    here = Video.objects.filter(deleted_at=None).exclude(state=State.UPLOADING)
    return {str(pk) for pk in here.values_list("pk", flat=True)}


def put_back(*, lost: Iterable[str]) -> None:
    """After a restore: uploads begin anew, for their bytes are not in a backup; films without
    files are out of sight, and the sweep takes their rows.
    """
    Upload.objects.filter(finished_at=None).update(offset=0, parts=[], multipart_id="")
    Video.objects.filter(pk__in=list(lost), deleted_at=None).update(deleted_at=clock.now())
