"""Taking a backup: the database at one moment, then the media, while SyncWatch may run on."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from syncwatch.lib import clock
from syncwatch.lib.operators import size_words
from syncwatch.management.backup import archive, keys, media, schema, tables
from syncwatch.management.backup.archive import Writer
from videos import upkeep
from videos.storage import MissingError, store

Tell = Callable[[Callable[[], str]], None]


class NotPossibleError(Exception):
    """A backup cannot be taken or put back like this; the text says why and what to do."""


@dataclass
class Taken:
    """What a backup holds."""

    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    bytes: int = 0
    gone: int = 0  # objects that were removed while it was taken
    lost: list[str] = field(default_factory=list)  # films of which no file was found

    def facts(self) -> dict[str, Any]:
        media_facts = {"files": self.files, "bytes": self.bytes}
        return {"rows": self.rows, "media": media_facts, "films_without_files": self.lost}


def backup_take(*, to: Path, tell: Tell) -> Taken:
    """Write everything that must outlive the machine into one file.

    The database comes first: a file without a row is only a file too many.
    """
    if count := schema.pending():
        raise NotPossibleError(f"{count} migrations are not applied. Run: python manage.py migrate")
    taken = Taken()
    with archive.whole_file(to) as file:
        writer = Writer(file)
        writer.add_bytes(archive.HEADER, json.dumps(_header(), indent=1).encode())
        for name, path in keys.made_here().items():
            writer.add_bytes(f"keys/{name}", path.read_bytes())
        films = _write_tables(writer, taken, tell)
        found = _write_media(writer, taken, tell)
        taken.lost = sorted(films - found)
        writer.finish(taken.facts())
    return taken


def _header() -> dict[str, Any]:
    return {
        "format": archive.FORMAT,
        "syncwatch": settings.VERSION,
        "taken_at": clock.now().isoformat(),
        "migrations": schema.leaves(),
        "database": connection.vendor,
        "storage": "bucket" if settings.S3_BUCKET else "folder",
    }


def _write_tables(writer: Writer, taken: Taken, tell: Tell) -> set[str]:
    """Every table; answers the films that should have files."""
    number = 0
    with tables.snapshot():
        for model in tables.kept_models():
            for piece in tables.pieces(model):
                number += 1
                writer.add_bytes(f"database/{number:06}-{piece.label}.jsonl.gz", piece.packed)
                taken.rows[piece.label] = taken.rows.get(piece.label, 0) + piece.rows
                tell(lambda: f"{sum(taken.rows.values())} rows …")
        return upkeep.films_with_files()


def _write_media(writer: Writer, taken: Taken, tell: Tell) -> set[str]:
    """Every object; answers the films of which there is one that matters."""
    found = set()
    for key in media.stored_keys():
        try:
            with store().opened(key) as (content, size):
                writer.add(f"media/{key}", content, size)
        except MissingError:
            taken.gone += 1  # a film was deleted meanwhile
            continue
        taken.files, taken.bytes = taken.files + 1, taken.bytes + size
        if media.matters(key):
            found.add(key.split("/")[1])
        tell(lambda: f"{taken.files} files, {size_words(taken.bytes)} …")
    return found
