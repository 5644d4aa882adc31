"""Bytes in storage that no row knows: what a killed process or a lost database left behind."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from accounts import audit
from syncwatch.lib import clock
from syncwatch.lib.ids import uuid_or_none
from videos.models import Upload, Video
from videos.storage import Folder, store
from videos.uploads.services import EXPIRES, upload_drop

ROOTS = ("originals", "hls", "uploads")


@dataclass
class Leftover:
    """All objects of one film or upload, `place` being `hls/ID`; or an unfinished multipart."""

    place: str
    files: int = 0
    bytes: int = 0
    multipart_id: str = ""


def leftovers() -> list[Leftover]:
    """What lies there is looked at first, who knows it after: a row is always there before its
    bytes, so what arrives meanwhile is not taken for one.
    """
    found = [each for root in ROOTS for each in _places(root)]
    begun = list(_multiparts())
    known = _known(each.place for each in found)
    unknown = [each for each in found if each.place not in known]
    return unknown + [each for each in begun if not _at_work(each)]


def _places(root: str) -> Iterator[Leftover]:
    """Objects come in the order of their keys, or folder by folder."""
    last: Leftover | None = None
    for key, size in store().sizes(root):
        place = "/".join(key.split("/")[:2])
        if last is None or last.place != place:
            if last is not None:
                yield last
            last = Leftover(place)
        last.files, last.bytes = last.files + 1, last.bytes + size
    if last is not None:
        yield last


def _multiparts() -> Iterator[Leftover]:
    """What a bucket holds of objects that were never completed."""
    objects = store()
    if isinstance(objects, Folder):
        return
    for key, multipart_id in objects.unfinished():
        if key.startswith(tuple(f"{root}/" for root in ROOTS)):
            yield Leftover(key, multipart_id=multipart_id)


def _at_work(multipart: Leftover) -> bool:
    """An upload goes on with it, or may be about to write it down; workers know their film."""
    if not multipart.place.startswith("originals/"):
        return multipart.place in _known([multipart.place])
    film = uuid_or_none(multipart.place.split("/")[1])
    open_ones = (
        Upload.objects.filter(video_id=film, finished_at=None) if film else Upload.objects.none()
    )
    return open_ones.filter(multipart_id__in=["", multipart.multipart_id]).exists()


def _known(places: Iterable[str]) -> set[str]:
    films = {str(pk) for pk in Video.objects.values_list("pk", flat=True)}
    open_ones = Upload.objects.filter(finished_at=None)
    uploads = {str(pk) for pk in open_ones.values_list("pk", flat=True)}
    owners = {"originals": films, "hls": films, "uploads": uploads}
    return {place for place in places if _id_of(place) in owners[place.split("/")[0]]}


def _id_of(place: str) -> str:
    pk: UUID | None = uuid_or_none(place.split("/")[1])
    return str(pk) if pk else ""


def leftover_remove(*, leftover: Leftover) -> bool:
    """Remove it; False where a row knows it by now."""
    known = _at_work(leftover) if leftover.multipart_id else _known([leftover.place])
    if known:
        return False
    objects = store()
    if leftover.multipart_id and not isinstance(objects, Folder):
        objects.abandon(leftover.place, leftover.multipart_id)
    else:
        _remove_place(leftover.place)
    detail = {"files": leftover.files, "bytes": leftover.bytes}
    audit.record(None, "storage.prune", leftover.place, detail)
    return True


def _remove_place(place: str) -> None:
    objects = store()
    if isinstance(objects, Folder) and objects.path(place).is_file():
        objects.delete(place)
        return
    objects.delete_below(place)
    objects.delete(place)


def expired_unfinished() -> list[Upload]:
    """Uploads for which nothing came for a day."""
    late = Upload.objects.filter(finished_at=None, expires_at__lt=clock.now())
    return list(late.select_related("video", "owner").order_by("expires_at"))


def upload_prune(*, upload: Upload) -> bool:
    """Give it up with what is stored of it; False for one that went on or ended meanwhile."""
    late = Upload.objects.filter(pk=upload.pk, finished_at=None, expires_at__lt=clock.now())
    if not late.exists():
        return False
    upload_drop(upload=upload)
    audit.record(None, "upload.prune", upload.pk, {"owner": str(upload.owner_id)})
    return True


def silent_since(upload: Upload) -> datetime.datetime:
    return upload.expires_at - EXPIRES
