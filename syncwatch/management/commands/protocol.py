"""`manage.py protocol`: writes down what the room socket speaks, or says that this is not done."""

import argparse
import difflib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from syncwatch.management.protocol import javascript, markdown
from syncwatch.management.protocol.spoken import spoken

SCRIPT = Path("static/js/protocol.js")
PAGE = Path("docs/protocol.md")


class Command(BaseCommand):
    help = (
        "Write the types of the room socket into static/js/protocol.js and docs/protocol.md, from "
        "the server's own wire types. With --check change nothing, and exit 1 where they differ."
    )
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only compare; show what differs")
        parser.add_argument(
            "--root", type=Path, default=settings.BASE_DIR, help="the folder that holds both files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        root: Path = options["root"]
        said = spoken()
        page = (root / PAGE).read_text(encoding="utf-8")
        wanted = {SCRIPT: javascript.render(said), PAGE: markdown.put_into(page, said)}
        stale = [name for name, text in wanted.items() if _text(root / name) != text]
        if options["check"]:
            self._judge(root, stale, wanted)
            return
        for name in stale:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(wanted[name], encoding="utf-8")
            self.stdout.write(f"{name} written.")
        if not stale:
            self.stdout.write("Both files are up to date.")

    def _judge(self, root: Path, stale: list[Path], wanted: dict[Path, str]) -> None:
        for name in stale:
            old, new = _text(root / name).splitlines(), wanted[name].splitlines()
            for line in difflib.unified_diff(old, new, str(name), "as it should be", lineterm=""):
                self.stdout.write(line)
        if stale:
            names = " and ".join(str(name) for name in stale)
            raise CommandError(f"{names} out of date. Run: python manage.py protocol")
        self.stdout.write("Both files are up to date.")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
