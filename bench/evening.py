"""A long evening's chat, written straight into the database of a running stack.

Bursts of one person, days, lines of what people did, long words, emoji, right-to-left writing,
links and film times: what makes lines of unequal height. The same seed writes the same evening.
"""

import datetime
import os
import random
import subprocess
import sys
from pathlib import Path
from uuid import UUID

from syncwatch.tests.stack import FOREIGN

ROOT = Path(__file__).resolve().parent.parent
SNAPSHOT = 50  # messages that a room's live tail holds
FIRST_DAY = datetime.datetime(2026, 11, 20, 18, 0, tzinfo=datetime.UTC)
SAID = (
    "ha",
    "wait, is that the same rabbit as in the opening?",
    "🐇🐇🐇",
    "😂",
    "look at his left ear at 0:12, it moves before the wind does",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "هذا المشهد جميل جدا، هل رأيتم الفراشة في الزاوية؟",
    "https://example.org/a/rather/long/address/that/goes/on?and=on&and=on&until=the-edge",
    (
        "I was going to say something clever about the light here, how it comes from the left until"
        " the apple falls, and then never again. But I think I just like the rabbit."
    ),
    "one\ntwo\nthree",
    "mm",
    "👩‍👩‍👧‍👦 are coming over, pause at 0:45?",
)


def lines(length: int, people: list[str], first: int = 0) -> list[dict[str, object]]:
    """So many messages, oldest first: fields of the table, without room and rank."""
    dice = random.Random(first + 7)
    at, speaker, found = FIRST_DAY + datetime.timedelta(hours=first), people[0], []
    for number in range(first, first + length):
        if dice.random() < 0.4:
            speaker = dice.choice(people)
        at += datetime.timedelta(seconds=dice.choice((2, 5, 9, 20, 40, 400)))
        line: dict[str, object] = {
            "author_id": UUID(speaker), "nonce": f"evening-{number}", "created_at": at,
            "body": f"{dice.choice(SAID)} #{number}", "media_time_s": dice.choice((None, 12.5)),
        }  # fmt: skip
        if dice.random() < 0.06:
            deed = {"name": "pause", "position": float(number % 3000)}
            line |= {"kind": "system", "body": "paused", "deed": deed, "media_time_s": None}
        found.append(line)
    return found


def write(
    data: Path, code: str, people: list[str], length: int, *, first: int = 0, told: int = SNAPSHOT
) -> None:
    """Into the stack whose data lie there, by a process of its own.

    `told` of them, the newest, go out to the room as events; the others only lie in the history.
    `first` numbers the first one, for a second writing into the same room.
    """
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    environment = {**kept, "SYNCWATCH_DATA": str(data)}
    numbers = f"{length}, {first}, {told}"
    call = f"from bench.evening import write_here; write_here({code!r}, {people!r}, {numbers})"
    argv = [sys.executable, "manage.py", "shell", "--no-imports", "-c", call]
    subprocess.run(argv, env=environment, cwd=ROOT, check=True, capture_output=True)


def write_here(code: str, people: list[str], length: int, first: int, told: int) -> None:
    from chat.models import Message
    from chat.services import message_publish
    from rooms.models import Room

    room = Room.objects.get(code=code)
    said = [Message(room=room, **line) for line in lines(length, people, first)]
    for rank, message in enumerate(said[: length - told], start=1):
        message.rank = rank
    Message.objects.bulk_create(said, batch_size=500)
    for message in said[length - told :]:
        message_publish(message)
