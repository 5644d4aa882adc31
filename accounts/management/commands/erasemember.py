"""`manage.py erasemember USER`: takes a person and everything of theirs away, for good."""

import argparse
from typing import Any

from django.core.management.base import CommandError

from accounts import services, upkeep
from syncwatch.lib.operators import FAILED, Deed, OperatorCommand, nothing_such

DEED = Deed("erase", "erased", "person", "people")


class Command(OperatorCommand):
    help = (
        "Erase a person now, without days of grace: account, sign-ins, films, words, places. "
        "Rooms of theirs go to the highest in rank who has an account, or are deleted."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("user", metavar="USER", help="username or id")

    def handle(self, *args: Any, **options: Any) -> None:
        user = upkeep.person_named(options["user"])
        if user is None:
            raise nothing_such(f"There is nobody named {options['user']!r} here.")
        if held := upkeep.belongings(user):
            self.stdout.write(f"What {user} has here:")
            self.say_list(held)
        erased = self.carry_out(
            DEED,
            [user],
            line=upkeep.described,
            act=lambda person: services.account_erase(user=person),
            options=options,
        )
        if erased and (left := upkeep.belongings(user)):
            self.stdout.write("Still there; the sweep takes it as soon as it can:")
            self.say_list(left)
            raise CommandError("Not everything is gone yet.", returncode=FAILED)
