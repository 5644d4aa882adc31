"""`manage.py requeue [VIDEO]`: failed and stuck films are worked on again."""

import argparse
from typing import Any

from syncwatch.lib.operators import Deed, OperatorCommand, nothing_such
from videos import services, upkeep
from videos.models import State, Video

DEED = Deed("requeue", "requeued", "film", "films")


class Command(OperatorCommand):
    help = (
        "Work on films again: the one that is named, in whatever state; else all that failed for "
        "a reason that may pass, and all that wait without a worker knowing."
    )
    asks = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("video", nargs="?", metavar="VIDEO", help="id of a film")

    def handle(self, *args: Any, **options: Any) -> None:
        word = options["video"]
        films = upkeep.films_to_requeue() if word is None else [_the_one(word)]
        self.carry_out(
            DEED, films, line=_line,
            act=lambda film: services.video_requeue(video_id=film.pk), options=options,
        )  # fmt: skip


def _the_one(word: str) -> Video:
    video = upkeep.film_named(word)
    if video is None or video.deleted_at is not None:
        raise nothing_such(f"There is no film {word!r} here.")
    if video.state == State.UPLOADING:
        raise nothing_such(f"“{video.title}” is not here yet: its upload goes on.")
    return video


def _line(video: Video) -> str:
    why = f": {video.error_message}" if video.error_message else ""
    return f"{upkeep.described(video)}{why}"
