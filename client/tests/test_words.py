"""What happens in a room, in one line for whoever reads along."""

import json

import pytest

from client.state import RoomState
from client.tests.test_timeline import FIXTURE
from client.words import WORDS, film_time, line_of, one_line


@pytest.fixture(scope="module")
def told():
    """Every deed that the browser's reducer is held to, as (type, line)."""
    kept = json.loads(FIXTURE.read_text())
    state, lines = RoomState(), []
    state.take_snapshot(kept["first"])
    lines.append(("room:snapshot", line_of({**kept["first"], "member_count": 2}, state)))
    for deed in kept["deeds"]:
        for event in deed["events"]:
            state.take(event)
            lines.append((event["type"], line_of(event, state)))
    return lines


def test_what_people_do_reads_as_sentences(told):
    lines = {line for _, line in told}
    assert "In “Sunday Rabbit Club” as Ana: 2 people" in lines
    assert "Ilya came in" in lines
    assert "Ilya left" in lines
    assert "The room is “Monday Rabbit Club” now" in lines
    films = [line for kind, line in told if kind == "sync:command"]
    assert any(line.startswith("Mara puts on “") for line in films)
    assert any(line.startswith("Mara goes to ") for line in films)


def test_each_is_one_line_and_what_others_tell_is_none(told):
    for kind, line in told:
        assert line is None or (line and "\n" not in line and "None" not in line), (kind, line)
        assert kind in WORDS or line is None


def test_nothing_that_somebody_wrote_moves_the_terminal():
    assert one_line("a\x1b[2Jb\r\nc \u202ed") == "a [2Jb c d"
    assert one_line("👩\u200d👩\u200d👧") == "👩\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, "–"), (0, "0:00.0"), (83.99, "1:23.9"), (3723.5, "1:02:03.5")],
)
def test_film_times(seconds, words):
    assert film_time(seconds) == words
