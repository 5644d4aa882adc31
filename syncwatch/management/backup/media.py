"""The objects of the storage, in an order in which a film in the making stays whole."""

from collections.abc import Iterator
from typing import BinaryIO

from syncwatch.management.backup.archive import ArchiveError
from videos.storage import MissingError, store

# What browsers are still sending is not in a backup: they begin again.
ROOTS = ("originals", "hls", "faces")
PLAYLIST = ".m3u8"


def stored_keys() -> Iterator[str]:
    """Playlists first: whatever one names was stored before it, so a later look finds it."""
    yield from (key for key in _all(("hls",)) if key.endswith(PLAYLIST))
    yield from (key for key in _all(ROOTS) if not key.endswith(PLAYLIST))


def _all(roots: tuple[str, ...]) -> Iterator[str]:
    for root in roots:
        for key, _ in store().sizes(root):
            if not key.rpartition("/")[2].startswith("."):  # being written
                yield key


def is_empty() -> bool:
    return next(iter(stored_keys()), None) is None


def put(key: str, content: BinaryIO) -> None:
    """Store what a backup brings; nothing outside of what may be in one."""
    parts = key.split("/")
    if parts[0] not in ROOTS or ".." in parts:
        raise ArchiveError(f"{key!r} does not belong into a backup.")
    try:
        store().put_stream(key, content)
    except MissingError:
        raise ArchiveError(f"{key!r} does not belong into a backup.") from None


def remove_all() -> int:
    return sum(store().delete_below(root) for root in (*ROOTS, "uploads"))


def matters(key: str) -> bool:
    """A film can be played, or made again, where there is this object."""
    return key.startswith("originals/") or key.endswith("/master.m3u8")
