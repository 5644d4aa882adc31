"""One look for all commands of operators: what is said, asked, and shown meanwhile."""

import argparse

import pytest

from syncwatch.lib import operators
from syncwatch.lib.operators import Deed, OperatorCommand, Progress, size_words, whole_days
from syncwatch.tests.operators import command

DEED = Deed("paint", "painted", "door", "doors")


class Painting(OperatorCommand):
    """Paints what it is given."""

    def __init__(self, things, painted, **kwargs):
        super().__init__(**kwargs)
        self._things, self._painted = things, painted

    def handle(self, *args, **options):
        self.carry_out(DEED, self._things, line=str, act=self._painted.append, options=options)


@pytest.fixture
def painted():
    return []


@pytest.fixture
def at_a_terminal(monkeypatch):
    """`at_a_terminal("y")`: somebody sits there and answers so; gives what they were asked."""

    def sit(answer):
        asked = []
        monkeypatch.setattr(operators, "_someone_there", lambda: True)
        monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or answer)
        return asked

    return sit


def paint(things, painted, **options):
    return command(Painting(things, painted), **options)


def test_it_says_what_it_is_about_and_what_came_of_it(painted):
    said = paint(["red", "blue"], painted)
    assert said.out == "Going to paint 2 doors:\n  red\n  blue\nPainted 2 doors.\n"
    assert painted == ["red", "blue"]


def test_at_a_terminal_it_asks_and_does_it(painted, at_a_terminal):
    asked = at_a_terminal("y")
    assert paint(["red"], painted).code == 0
    assert asked == ["Paint 1 door? [y/N] "]
    assert painted == ["red"]


@pytest.mark.parametrize("answer", ["", "n", "nonsense"])
def test_whoever_does_not_agree_keeps_everything(painted, at_a_terminal, answer):
    at_a_terminal(answer)
    said = paint(["red"], painted)
    assert (said.code, said.err) == (1, "Not confirmed. Nothing was changed.")
    assert painted == []


@pytest.mark.parametrize("option", ["yes", "dry_run"])
def test_with_an_answer_given_nobody_is_asked(painted, at_a_terminal, option):
    asked = at_a_terminal("n")
    assert paint(["red"], painted, **{option: True}).code == 0
    assert asked == []
    assert painted == (["red"] if option == "yes" else [])


def test_a_long_list_is_cut_short(painted, monkeypatch):
    monkeypatch.setattr(operators, "LISTED_MAX", 2)
    said = paint(list("abcd"), painted)
    assert "  b\n  … and 2 more\n" in said.out
    assert len(painted) == 4


def test_a_line_every_three_seconds_for_whoever_watches(frozen_clock):
    said = []
    watched, alone = Progress(said.append, watched=True), Progress(said.append, watched=False)
    for second in range(7):
        watched(lambda second=second: f"at {second}")
        alone(lambda: "nobody reads this")
        frozen_clock.advance(1000)
    assert said == ["at 3", "at 6"]


@pytest.mark.parametrize("raw", ["0", "-1", "ten", "1.5", "", "99999"])
def test_days_are_whole_and_at_least_one(raw):
    with pytest.raises(argparse.ArgumentTypeError):
        whole_days(raw)


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1536 * 1024, "1.5 MiB"), (2**40, "1.0 TiB")],
)
def test_sizes_read_well(count, words):
    assert size_words(count) == words
