"""`manage.py words`: collects what people read, and says what has no translation yet."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from syncwatch.management.words import DOMAINS, compiled


class Command(BaseCommand):
    help = (
        "Collect every sentence of Python, templates and browser modules into locale/*/*.po, make "
        "them ready to serve, and list what is not translated. With --check change nothing, and "
        "exit 1 where something is missing. With --compile only make them ready."
    )
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say what is missing")
        parser.add_argument("--compile", action="store_true", help="only what a start needs")
        parser.add_argument("--root", type=Path, default=Path(settings.BASE_DIR),
                            help="the folder that holds locale/")  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        root: Path = options["root"]
        if options["compile"]:
            done = compiled.ensure(root)
            self.stdout.write("Catalogues made." if done else "Catalogues are up to date.")
            return
        problems = self._collect(root, change=not options["check"])
        if not options["check"]:
            compiled.ensure(root)
        for line in problems:
            self.stdout.write(line)
        if problems and options["check"]:
            raise CommandError(f"{len(problems)} to mend. Run: python manage.py words")
        if not problems:
            self.stdout.write("Every sentence is translated.")

    def _collect(self, root: Path, *, change: bool) -> list[str]:
        from syncwatch.management.words import catalogues, extract

        finders = (extract.server_words, extract.browser_words)
        lines: list[str] = []
        for domain, finder in zip(DOMAINS, finders, strict=True):
            found = finder(root)
            lines += found.problems
            for language in catalogues.TRANSLATED:
                path = catalogues.path_of(root, language, domain)
                catalog = catalogues.merged(catalogues.read(path, language), found.catalog)
                text = catalogues.rendered(catalog)
                name = path.relative_to(root)
                old = path.read_text(encoding="utf-8") if path.exists() else ""
                if old != text and change:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(text, encoding="utf-8")
                    self.stdout.write(f"{name} written.")
                elif old != text:
                    lines.append(f"{name}: not what the sources say")
                lines += [f"{language}: {line}" for line in catalogues.lacking(catalog)]
        return lines
