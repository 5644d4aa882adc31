"""`manage.py restore FILE`: puts a backup back, onto an empty machine."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError

from syncwatch.lib import clock
from syncwatch.lib.operators import FAILED, WRONG_USE, OperatorCommand, size_words
from syncwatch.lib.redis import RedisError
from syncwatch.management.backup import putting_back, unfinished
from syncwatch.management.backup.archive import ArchiveError
from syncwatch.management.backup.putting_back import Contents
from syncwatch.management.backup.tables import TableError
from syncwatch.management.backup.taking import NotPossibleError
from syncwatch.management.runfile import AlreadyRunningError, RunFile
from videos.storage import StorageError

FAULTS = (OSError, ArchiveError, NotPossibleError, TableError, StorageError, DatabaseError,
          RedisError)  # fmt: skip


class Command(OperatorCommand):
    help = (
        "Put the backup in FILE back: database, films, keys. All of it is checked first. Only onto "
        "an empty machine, unless --force is given; SyncWatch must not run."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--force", action="store_true", help="replace what is here")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"].resolve()
        if not path.is_file():
            raise CommandError(f"There is no file {path}.", returncode=WRONG_USE)
        holder = RunFile(settings.DATA_DIR / "run")
        try:
            holder.claim()  # nothing may start on half of it
        except AlreadyRunningError as error:
            raise CommandError(str(error), returncode=FAILED) from error
        try:
            self._restore(path, options)
        except FAULTS as error:
            raise CommandError(self._words(error), returncode=FAILED) from error
        finally:
            holder.clear()

    def _restore(self, path: Path, options: dict[str, Any]) -> None:
        began_ms = clock.monotonic_ms()
        contents = putting_back.examine(path, tell=self.progress())
        self.stdout.write(_described(path, contents))
        self._require_empty(options)
        if not self.may("Put it back?", options):
            return
        putting_back.backup_put_back(path=path, contents=contents, tell=self.progress())
        took_s = (clock.monotonic_ms() - began_ms) / 1000
        self.stdout.write(f"Restored in {took_s:.0f} s. Start SyncWatch: bin/run")
        if lost := contents.facts["films_without_files"]:
            self.stdout.write(f"{len(lost)} films had no files any more and were removed.")

    def _require_empty(self, options: dict[str, Any]) -> None:
        if cut_off := unfinished.begun():
            self.stdout.write(f"A restore of {cut_off} was cut off here: it is begun anew.")
            return
        found = putting_back.in_the_way()
        if found and not options["force"]:
            words = "; ".join(found)
            raise CommandError(
                f"This machine is not empty: {words}. --force replaces it, for good.",
                returncode=FAILED,
            )
        if found:
            self.stdout.write("What is here would be lost:")
            self.say_list(found)

    def _words(self, error: Exception) -> str:
        if not unfinished.begun():
            return f"{error} Nothing was changed."
        return f"{error} The restore is unfinished: mend that, then say the same again."


def _described(path: Path, contents: Contents) -> str:
    header, facts = contents.header, contents.facts
    return (
        f"{path}: SyncWatch {header['syncwatch']} of {header['taken_at'][:16]}, from "
        f"{header['database']} and a {header['storage']}; {contents.rows} rows of "
        f"{len(facts['rows'])} tables, {facts['media']['files']} files with "
        f"{size_words(facts['media']['bytes'])}. Whole and sound."
    )
