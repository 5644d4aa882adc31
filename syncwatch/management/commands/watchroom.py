"""`manage.py watchroom CODE`: into a room without a browser, and read along."""

import argparse
import asyncio
import contextlib
import logging
import signal
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from client.errors import ClientError
from client.watching import Door, Wish, watch
from syncwatch import env
from syncwatch.lib.operators import FAILED, WRONG_USE, nothing_such
from syncwatch.management.address import address

NOT_THERE = {"not_found", "unreachable", "closed_4404"}


class Command(BaseCommand):
    help = (
        "Come into a room as a guest, follow its film as a player does, and write a line about "
        "each thing that happens, until the time is over or Ctrl-C. Runs against any server."
    )
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("room", metavar="ROOM", help="code, address or link; or an invitation")
        parser.add_argument("--url", default="", help="of the server; left out: this one")
        parser.add_argument("--name", default="Watcher", help="of the guest")
        token = parser.add_mutually_exclusive_group()
        token.add_argument("--token", help="an access token: come as that person")
        token.add_argument("--token-file", metavar="FILE", help="one that holds the token")
        parser.add_argument("--password", default="", help="of the room")
        parser.add_argument("--say", metavar="TEXT", default="", help="say this first")
        parser.add_argument("--for", dest="for_s", metavar="SECONDS", type=float, help="then leave")
        parser.add_argument("--exempt", action="store_true", help="nobody waits for this player")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines would show invitations
        try:
            door = Door.of(options["room"], options["url"] or address())
            token = _token(options["token"], options["token_file"])
        except (ValueError, ImproperlyConfigured) as error:
            raise CommandError(str(error), returncode=WRONG_USE) from error
        wish = Wish(
            as_json=options["json"],
            token=token,
            **{name: options[name] for name in ("name", "password", "say", "for_s", "exempt")},
        )
        try:
            asyncio.run(self._watch(door, wish))
        except ClientError as error:
            if error.code in NOT_THERE:
                raise nothing_such(error.message) from error
            raise CommandError(error.message, returncode=FAILED) from error

    async def _watch(self, door: Door, wish: Wish) -> None:
        """A signal is no failure: it says that this was enough."""
        watching = asyncio.create_task(watch(door, wish, self._write))
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(ValueError, RuntimeError):  # not in the main thread
                asyncio.get_running_loop().add_signal_handler(number, watching.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await watching

    def _write(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _token(given: str | None, path: str | None) -> str:
    """As it was given, else of a file, else of the environment: a command's line is read by
    everybody on the machine.
    """
    if given is not None:
        return given
    found = env.content("--token-file", path) if path else env.secret("WATCHROOM_TOKEN")
    if path and not found:
        raise ImproperlyConfigured(f"--token-file: {path} holds no token.")
    return found
