"""`manage.py purgevideo VIDEO`: takes a film away with everything that was made of it."""

import argparse
from typing import Any

from syncwatch.lib.operators import Deed, OperatorCommand, nothing_such
from videos import upkeep
from videos.models import Video

DEED = Deed("purge", "purged", "film", "films")


class Command(OperatorCommand):
    help = (
        "Remove a film for good: its row, the original, all renditions, its place on every list. "
        "Rooms that watch it go on with the next one."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("video", metavar="VIDEO", help="id of a film")

    def handle(self, *args: Any, **options: Any) -> None:
        video = upkeep.film_named(options["video"])
        if video is None:
            raise nothing_such(f"There is no film {options['video']!r} here.")
        if held := upkeep.holdings(video):
            self.stdout.write(f"What there is of “{video.title}”:")
            self.say_list(held)
        self.carry_out(DEED, [video], line=upkeep.described, act=self._purge, options=options)

    def _purge(self, video: Video) -> None:
        removed = upkeep.video_erase(video=video)
        self.stdout.write(f"{removed} objects of “{video.title}” and its original are gone.")
