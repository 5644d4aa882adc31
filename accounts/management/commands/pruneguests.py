"""`manage.py pruneguests --idle DAYS`: erases guests that nobody uses any more."""

import argparse
from typing import Any

from accounts import upkeep
from syncwatch.lib.operators import Deed, OperatorCommand, days_ago, whole_days

DEED = Deed("erase", "erased", "guest", "guests")


class Command(OperatorCommand):
    help = (
        "Erase guests who did nothing for that many days, with everything of theirs. Never one "
        "who owns an open room, whose film is on the list of one, or who was here since."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--idle", type=whole_days, required=True, metavar="DAYS")

    def handle(self, *args: Any, **options: Any) -> None:
        since = days_ago(options["idle"])
        self.carry_out(
            DEED,
            upkeep.idle_guests(since=since),
            line=upkeep.described,
            act=lambda guest: upkeep.guest_prune(user=guest, since=since),
            options=options,
        )
