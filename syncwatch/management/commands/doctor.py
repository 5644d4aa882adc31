"""`manage.py doctor`: every dependency by name; what is wrong and how to mend it."""

import argparse
import dataclasses
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from syncwatch.management.doctor import report


class Command(BaseCommand):
    help = (
        "Look at everything SyncWatch needs, say where it comes from, and what is wrong and how "
        "to mend it. Exits 1 when something is wrong."
    )
    requires_system_checks = []  # they are one of the findings

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs instead of people")

    def handle(self, *args: Any, **options: Any) -> None:
        found = []
        for finding in report.findings():
            found.append(finding)
            if not options["json"]:
                self.stdout.write(report.as_text(finding))
        well = all(finding.state != "wrong" for finding in found)
        if options["json"]:
            rows = [dataclasses.asdict(finding) for finding in found]
            self.stdout.write(json.dumps({"ok": well, "findings": rows}, indent=1))
        else:
            self.stdout.write(f"\n{report.conclusion(found)}")
        if not well:
            sys.exit(1)
