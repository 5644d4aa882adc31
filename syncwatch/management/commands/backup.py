"""`manage.py backup FILE`: everything that must outlive the machine, in one file."""

import argparse
import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from syncwatch.lib import clock
from syncwatch.lib.operators import FAILED, WRONG_USE, OperatorCommand, size_words
from syncwatch.management.backup.archive import ArchiveError
from syncwatch.management.backup.taking import NotPossibleError, Taken, backup_take
from videos.storage import StorageError


class Command(OperatorCommand):
    help = (
        "Write database, films and the keys made here into FILE, which only its owner can read. "
        "SyncWatch may run meanwhile. The file appears when it is whole."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--force", action="store_true", help="replace FILE if it exists")

    def handle(self, *args: Any, **options: Any) -> None:
        to: Path = options["file"]
        if to.exists() and not options["force"]:
            raise CommandError(f"{to} exists. --force replaces it.", returncode=WRONG_USE)
        if to.is_dir() or not to.parent.is_dir():
            raise CommandError(f"{to} cannot be written: no such folder.", returncode=WRONG_USE)
        if not self._goes_on(to, options):
            return
        began_ms = clock.monotonic_ms()
        try:
            taken = backup_take(to=to, tell=self.progress())
        except (OSError, ArchiveError, NotPossibleError, StorageError) as error:
            words = f"No backup was written: {error}"
            raise CommandError(words, returncode=FAILED) from error
        self._say(to, taken, (clock.monotonic_ms() - began_ms) / 1000)

    def _goes_on(self, to: Path, options: dict[str, Any]) -> bool:
        """Nobody is asked where nothing is lost; a dry run ends here either way."""
        if not to.exists():
            return not options["dry_run"] or self.may(f"Write {to}?", options)
        found = to.stat()
        since = datetime.datetime.fromtimestamp(found.st_mtime, datetime.UTC)
        self.stdout.write(
            f"What would be lost: {to}, {size_words(found.st_size)} of {since:%Y-%m-%d %H:%M} UTC."
        )
        return self.may("Replace it?", options)

    def _say(self, to: Path, taken: Taken, took_s: float) -> None:
        rows = sum(taken.rows.values())
        self.stdout.write(
            f"{to}: {rows} rows of {len(taken.rows)} tables, {taken.files} files with "
            f"{size_words(taken.bytes)}, in {took_s:.0f} s; {size_words(to.stat().st_size)} in all."
        )
        if taken.gone:
            self.stdout.write(f"{taken.gone} files were removed meanwhile and are not in it.")
        if taken.lost:
            self.stdout.write(
                f"{len(taken.lost)} films have no files in the storage: {', '.join(taken.lost)}"
            )
