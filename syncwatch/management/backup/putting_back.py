"""Putting a backup back: check all of it, then tables, media and keys of an empty machine.

A file in the data folder says that it has begun, until it has ended: nothing starts on half of it.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from accounts import audit
from syncwatch import env
from syncwatch.lib import redis
from syncwatch.lib.operators import size_words
from syncwatch.management.backup import archive, keys, media, schema, tables, unfinished
from syncwatch.management.backup.archive import ArchiveError
from syncwatch.management.backup.taking import NotPossibleError, Tell
from videos import upkeep

MADE_ANEW = frozenset({"contenttypes", "auth", "sessions"})


@dataclass(frozen=True)
class Contents:
    """What a backup says of itself."""

    header: dict[str, Any]
    facts: dict[str, Any]

    @property
    def rows(self) -> int:
        return sum(self.facts["rows"].values())


@dataclass
class Read:
    """How far reading is, in words for whoever waits."""

    rows: int = 0
    bytes: int = 0

    def checked(self) -> str:
        return f"checked {size_words(self.bytes)} …"

    def put_back(self) -> str:
        return f"put back {self.rows} rows, {size_words(self.bytes)} …"


def examine(path: Path, *, tell: Tell) -> Contents:
    """Read all of it, and refuse what is damaged, too new or no backup, before anything changes."""
    header, facts, read = None, None, Read()
    for name, content in archive.entries(path):
        if name == archive.MANIFEST:
            facts = json.loads(content.read())
        elif header is None:
            header = _header(path, name, content.read() if name == archive.HEADER else b"")
        while data := content.read(archive.BLOCK_BYTES):
            read.bytes += len(data)
            tell(read.checked)
    if header is None or facts is None:
        raise ArchiveError(f"{path} is no backup.")
    return Contents(header, facts)


def _header(path: Path, name: str, raw: bytes) -> dict[str, Any]:
    header = json.loads(raw) if raw else {}
    if "format" not in header:
        raise ArchiveError(f"{path} is no backup: it begins with {name!r}.")
    made_by = f"{path} was made by SyncWatch {header['syncwatch']}, this is {settings.VERSION}"
    if header["format"] > archive.FORMAT:
        raise NotPossibleError(f"{made_by}: bring the checkout up to date first.")
    if unknown := schema.unknown(header["migrations"]):
        names = ", ".join(sorted(unknown))
        raise NotPossibleError(f"{made_by}, which lacks {names}: bring the checkout up to date.")
    return header


def in_the_way() -> list[str]:
    """What is here already and would be lost, in words."""
    found = []
    models = [
        model for model in tables.kept_models() if tables.facts(model).app_label not in MADE_ANEW
    ]
    if full := tables.have_rows(models):
        found.append(f"the database has rows in {', '.join(full)}")
    if not media.is_empty():
        found.append("the storage holds films")
    if _redis_of_others() and (count := redis.sync().dbsize()):
        found.append(f"the Redis of REDIS_URL holds {count} keys")
    return found


def _redis_of_others() -> bool:
    return bool(env.secret("REDIS_URL"))


def backup_put_back(*, path: Path, contents: Contents, tell: Tell) -> None:
    """Replace everything that is here. May be cut off anywhere and said again."""
    unfinished.mark(path)
    media.remove_all()
    registry = schema.build(contents.header["migrations"])
    with transaction.atomic():
        tables.empty_tables(registry)
        _read_in(path, lambda packed: tables.load(registry, packed), tell)
        tables.sequences_reset(registry)
    schema.bring_up_to_date()
    upkeep.put_back(lost=contents.facts["films_without_files"])
    _forget_live_state()
    detail = {"taken_at": contents.header["taken_at"], "version": contents.header["syncwatch"]}
    audit.record(None, "site.restore", "", detail)
    connection.close()
    unfinished.clear()


def _read_in(path: Path, load: Callable[[bytes], tuple[str, int]], tell: Tell) -> None:
    read = Read()
    for name, content in archive.entries(path):
        folder, _, rest = name.partition("/")
        if folder == "database":
            read.rows += load(content.read())[1]
        elif folder == "media":
            media.put(rest, content)  # type: ignore[arg-type]  # it reads, which is all it has to
        elif folder == "keys":
            keys.put(rest, content.read())
        read.bytes += content.count
        tell(read.put_back)


def _forget_live_state() -> None:
    """Redis tells of another past; rooms are put together again from the database."""
    if _redis_of_others():
        redis.sync().flushdb()
        return
    shutil.rmtree(Path(settings.DATA_DIR) / "redis", ignore_errors=True)
