"""`manage.py demo`: something to look at, and away with it again."""

import argparse
import subprocess
import time
from typing import Any

from django.core.management.base import CommandError

from accounts.models import User
from accounts.upkeep import described
from rooms.models import Room
from syncwatch.lib.errors import ApiError
from syncwatch.lib.operators import FAILED, WRONG_USE, Deed, OperatorCommand
from syncwatch.lib.parts import PartMissing
from syncwatch.management import demo
from syncwatch.management.address import address
from syncwatch.management.demo import Demo
from syncwatch.management.doctor import services
from videos.models import State, Video
from videos.storage import StorageError

DEED = Deed("take away", "taken away", "part of the demo", "parts of the demo")
LOOK_EVERY_S, LOOKS = 0.5, 600


class Command(OperatorCommand):
    help = (
        "Make three people, a room with a conversation, and a film, and wait until the film is "
        "ready. Said twice it makes only what is missing. --clear takes all of it away."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--clear", action="store_true", help="take everything away again")
        parser.add_argument("--no-wait", action="store_true", help="do not wait for the film")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["clear"]:
            found: list[Room | User] = [*demo.demo_rooms(), *demo.demo_people()]
            self.carry_out(DEED, found, line=_line, act=demo.part_remove, options=options)
            return
        if options["dry_run"]:
            raise CommandError("--dry-run goes with --clear.", returncode=WRONG_USE)
        try:
            made = demo.demo_make()
        except (PartMissing, ApiError, StorageError, OSError, subprocess.SubprocessError) as error:
            raise CommandError(f"No demo: {error}", returncode=FAILED) from error
        self._tell(made)
        self._wait(made.film, patient=not options["no_wait"])

    def _tell(self, made: Demo) -> None:
        self.stdout.write("Demo people; a password is shown this once:")
        for key, user in made.people.items():
            password = made.fresh.get(key, "(shown when it was made)")
            self.stdout.write(f"  {user.username:<12} {password:<24} {user.display_name}")
        self.stdout.write(f"Room: {address()}/r/{made.room.code}  “{made.room.name}”")
        self.stdout.write("`manage.py demo --clear` takes all of it away.")

    def _wait(self, film: Video, *, patient: bool) -> None:
        there = services.processes().state == "ok"
        progress = self.progress()

        def look(video: Video) -> None:
            progress(lambda: f"The film: {video.state}, {video.progress} % …")
            time.sleep(LOOK_EVERY_S)

        film = demo.film_wait(film, look=look, most=LOOKS if there and patient else 1)
        if film.state == State.READY:
            self.stdout.write(f"The film “{film.title}” is ready.")
        elif film.state == State.FAILED:
            raise CommandError(f"The film failed: {film.error_message}", returncode=FAILED)
        else:
            start = "" if there else " Nothing runs here: start everything with bin/run."
            self.stdout.write(f"The film “{film.title}” waits for a worker.{start}")


def _line(part: Room | User) -> str:
    return described(part) if isinstance(part, User) else f"room {part.code} “{part.name}”"
