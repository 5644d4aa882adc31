"""`manage.py closerooms --idle DAYS`: closes rooms that nobody uses any more."""

import argparse
import datetime
from functools import partial
from typing import Any

from rooms import idle
from rooms.idle import IdleRoom
from syncwatch.lib.operators import Deed, OperatorCommand, days_ago, whole_days

DEED = Deed("close", "closed", "room", "rooms")


class Command(OperatorCommand):
    help = (
        "Close every room in which nothing happened for that many days: nobody came, wrote, "
        "watched or is there now. Its people keep their films; the room itself is over for good."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--idle", type=whole_days, required=True, metavar="DAYS")

    def handle(self, *args: Any, **options: Any) -> None:
        since = days_ago(options["idle"])
        found = idle.idle_rooms(since=since)
        self.carry_out(DEED, found, line=_line, act=partial(_close, since=since), options=options)


def _close(found: IdleRoom, *, since: datetime.datetime) -> bool:
    return idle.idle_room_close(room=found.room, since=since)


def _line(found: IdleRoom) -> str:
    room = found.room
    people = "1 member" if found.members == 1 else f"{found.members} members"
    return f"{room.code}  “{room.name}”, {people}, active {room.active_at:%Y-%m-%d}"
