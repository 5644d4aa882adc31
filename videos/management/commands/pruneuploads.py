"""`manage.py pruneuploads`: gives up uploads nobody finished, and bytes that no row knows."""

from typing import Any

from syncwatch.lib.operators import Deed, OperatorCommand, size_words
from videos.models import Upload
from videos.uploads import leftovers
from videos.uploads.leftovers import Leftover

DEED = Deed("remove", "removed", "leftover", "leftovers")


class Command(OperatorCommand):
    help = (
        "Remove unfinished uploads for which nothing came for a day, and whatever lies in the "
        "storage of films and uploads that the database does not know."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found: list[Upload | Leftover] = [*leftovers.expired_unfinished(), *leftovers.leftovers()]
        self.carry_out(DEED, found, line=_line, act=_remove, options=options)


def _remove(each: Upload | Leftover) -> bool:
    if isinstance(each, Upload):
        return leftovers.upload_prune(upload=each)
    return leftovers.leftover_remove(leftover=each)


def _line(each: Upload | Leftover) -> str:
    if isinstance(each, Upload):
        whole = "?" if each.length is None else size_words(each.length)
        since = leftovers.silent_since(each)
        return (
            f"upload {each.pk} “{each.video.title}” of {each.owner}: "
            f"{size_words(each.offset)} of {whole}, silent since {since:%Y-%m-%d %H:%M}"
        )
    if each.multipart_id:
        return f"{each.place}: a multipart upload that nobody completed"
    files = "1 file" if each.files == 1 else f"{each.files} files"
    return f"{each.place}: {files}, {size_words(each.bytes)}, unknown to the database"
