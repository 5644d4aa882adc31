"""Pictures in the storage of this installation, below `faces/`: a folder for each, named by chance.

A picture never changes: another one has another name. Faults of the storage are told as `OSError`.
"""

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from syncwatch.lib import bucket, clock

SMALL_PX, LARGE_PX = 128, 512
SIZES = (SMALL_PX, LARGE_PX)
ROOT = "faces"
FRESH = datetime.timedelta(hours=1)  # its row may not be written yet


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise
    except bucket.faults() as error:
        raise OSError(str(error)) from error


def key(token: str, side: int) -> str:
    return f"{ROOT}/{token}/{side}.webp"


def put(token: str, drawn: Mapping[int, bytes]) -> None:
    with _told():
        for side, content in drawn.items():
            default_storage.save(key(token, side), ContentFile(content))


def read(token: str, side: int) -> bytes:
    with _told(), default_storage.open(key(token, side), "rb") as file:
        return bytes(file.read())


def drop(token: str) -> None:
    """Repeatable."""
    with _told():
        for side in SIZES:
            default_storage.delete(key(token, side))
        default_storage.delete(f"{ROOT}/{token}")  # the empty folder, where there are folders


def settled() -> list[str]:
    """The tokens of what has lain there for a while."""
    with _told():
        try:
            tokens, _ = default_storage.listdir(ROOT)
        except FileNotFoundError:
            return []
        return [token for token in tokens if _is_settled(token)]


def _is_settled(token: str) -> bool:
    """A picture whose bytes are half gone is settled too."""
    try:
        made = default_storage.get_modified_time(key(token, SIZES[-1]))
    except FileNotFoundError:
        return True
    except bucket.refusals():
        return True
    return clock.now() - made > FRESH
