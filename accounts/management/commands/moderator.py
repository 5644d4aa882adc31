"""`manage.py moderator USER`: lets somebody keep order in /admin/, or takes that from them."""

import argparse
from typing import Any

from django.core.management.base import CommandError

from accounts import upkeep
from accounts.desk import powers
from accounts.models import User
from syncwatch.lib.errors import ApiError
from syncwatch.lib.operators import FAILED, Deed, OperatorCommand, nothing_such

MAKE = Deed("make staff", "made moderator", "person", "people")
UNMAKE = Deed("take off the staff", "taken off the staff", "moderator", "moderators")


class Command(OperatorCommand):
    help = (
        "Let a person keep order in /admin/ as one of the group “moderators”, which is made with "
        "its rights at the first use. With --lift, take that from them."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("user", metavar="USER", help="username or id")
        parser.add_argument("--lift", action="store_true", help="take it from them")

    def handle(self, *args: Any, **options: Any) -> None:
        user = upkeep.person_named(options["user"])
        if user is None:
            raise nothing_such(f"There is nobody named {options['user']!r} here.")
        act = powers.moderator_unmake if options["lift"] else powers.moderator_make

        def do(person: User) -> bool:
            try:
                return act(actor=None, user=person)
            except ApiError as refusal:
                raise CommandError(str(refusal.message), returncode=FAILED) from refusal

        deed = UNMAKE if options["lift"] else MAKE
        self.carry_out(deed, [user], line=upkeep.described, act=do, options=options)
