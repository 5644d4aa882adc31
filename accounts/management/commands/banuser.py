"""`manage.py banuser USER`: shuts a person out, or lets them in again."""

import argparse
import datetime
from typing import Any

from accounts import suspension, upkeep
from accounts.models import SUSPENDED_REASON_MAX, User
from accounts.selectors import sessions_of
from syncwatch.lib import clock
from syncwatch.lib.operators import Deed, OperatorCommand, nothing_such

BAN = Deed("suspend", "suspended", "person", "people")
LIFT = Deed("let in", "let in again", "person", "people")


class Command(OperatorCommand):
    help = (
        "Shut a person out: they cannot sign in, every sign-in of theirs ends and their sockets "
        "close at once. With --lift, let them in again."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("user", metavar="USER", help="username or id")
        parser.add_argument("--lift", action="store_true", help="let them in again")
        parser.add_argument("--reason", type=_reason, default="", help="what they read on sign-in")
        parser.add_argument(
            "--until", type=_moment, metavar="WHEN",
            help="2026-12-24 or 2026-12-24T18:00, in UTC; else for good",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        user = upkeep.person_named(options["user"])
        if user is None:
            raise nothing_such(f"There is nobody named {options['user']!r} here.")
        if options["lift"]:
            self._lift(user, options)
            return

        terms = {"reason": options["reason"], "until": options["until"]}
        if suspension.stands(user, **terms):
            self.stdout.write(f"{user} is suspended already. Nothing was changed.")
            return

        def ban(person: User) -> bool:
            return suspension.account_suspend(actor=None, user=person, **terms)

        self.carry_out(BAN, [user], line=_line, act=ban, options=options)
        if user.is_guest:
            self.stdout.write("A guest has no password: nobody comes back as this one.")

    def _lift(self, user: User, options: dict[str, Any]) -> None:
        if user.is_active:
            raise nothing_such(f"{user} is not suspended.")

        def lift(person: User) -> None:
            suspension.account_restore(actor=None, user=person)

        self.carry_out(LIFT, [user], line=_line, act=lift, options=options)


def _line(user: User) -> str:
    return f"{upkeep.described(user)}, sign-ins: {sessions_of(user).count()}"


def _reason(raw: str) -> str:
    words = " ".join(raw.split())
    if len(words) > SUSPENDED_REASON_MAX:
        raise argparse.ArgumentTypeError(f"{SUSPENDED_REASON_MAX} characters at most")
    return words


def _moment(raw: str) -> datetime.datetime:
    try:
        when = datetime.datetime.fromisoformat(raw)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{raw!r} is no date such as 2026-12-24") from None
    when = when if when.tzinfo else when.replace(tzinfo=datetime.UTC)
    if when <= clock.now():
        raise argparse.ArgumentTypeError(f"{raw!r} is over already")
    return when
