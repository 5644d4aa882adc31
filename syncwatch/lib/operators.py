"""Commands for operators: one way to say what would go, to ask, to show progress, and to end.

Exit codes: 0 done, 1 failed, 2 wrong use, or nothing matched where one thing was named.
"""

import argparse
import datetime
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError

from syncwatch.lib import clock

T = TypeVar("T")
FAILED, WRONG_USE = 1, 2
PROGRESS_EVERY_MS = 3_000
LISTED_MAX = 200
KIB = 1024


@dataclass(frozen=True)
class Deed:
    """What a command does, and to what: `Deed("close", "closed", "room", "rooms")`."""

    verb: str
    past: str
    one: str
    many: str

    def of(self, count: int) -> str:
        return f"{count} {self.one if count == 1 else self.many}"


class Progress:
    """A line every few seconds for whoever sits in front of it; nothing where nobody does."""

    def __init__(self, say: Callable[[str], object], *, watched: bool) -> None:
        self._say, self._watched = say, watched
        self._due_ms = clock.monotonic_ms() + PROGRESS_EVERY_MS

    def __call__(self, words: Callable[[], str]) -> None:
        """Call it as often as you like; `words` is asked only when a line is due."""
        if self._watched and clock.monotonic_ms() >= self._due_ms:
            self._say(words())
            self._due_ms = clock.monotonic_ms() + PROGRESS_EVERY_MS


def progress_of(command: BaseCommand) -> Progress:
    """To standard error, where it disturbs nobody who reads what was done."""

    def say(line: str) -> None:
        command.stderr.write(line, command.style.NOTICE)

    return Progress(say, watched=command.stderr.isatty())


class OperatorCommand(BaseCommand):
    """A command that changes things for good: `--dry-run` shows what, `--yes` asks nothing.

    Without a terminal nobody can be asked, so it goes on: that is how a timer runs it.
    """

    requires_system_checks = []
    asks = True  # False for what takes nothing away

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and change nothing"
        )
        parser.add_argument("--yes", action="store_true", help="do it without asking")

    def progress(self) -> Progress:
        return progress_of(self)

    def say_list(self, lines: Iterable[str]) -> None:
        """Indented, and not for ever."""
        listed = list(lines)
        for line in listed[:LISTED_MAX]:
            self.stdout.write(f"  {line}")
        if len(listed) > LISTED_MAX:
            self.stdout.write(f"  … and {len(listed) - LISTED_MAX} more")

    def may(self, question: str, options: dict[str, Any]) -> bool:
        """False for a dry run, which says so. Raises CommandError where somebody says no."""
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was changed.")
            return False
        if self.asks and not options["yes"] and _someone_there() and not _agreed(question):
            raise CommandError("Not confirmed. Nothing was changed.", returncode=FAILED)
        return True

    def carry_out(
        self,
        deed: Deed,
        things: Sequence[T],
        *,
        line: Callable[[T], str],
        act: Callable[[T], object],
        options: dict[str, Any],
    ) -> int:
        """Say what it is about, ask, do it to one after the other, say what came of it.

        `act` answers False where there was nothing to do any more. One that fails keeps no other
        from being done; then the command exits with 1. Returns how many were done.
        """
        if not things:
            self.stdout.write(f"Nothing to do: no {deed.one} to {deed.verb}.")
            return 0
        word = "Would" if options["dry_run"] else "Going to"
        self.stdout.write(f"{word} {deed.verb} {deed.of(len(things))}:")
        self.say_list(map(line, things))
        if not self.may(f"{deed.verb.capitalize()} {deed.of(len(things))}?", options):
            return 0
        return self._act_on(deed, things, line=line, act=act, loud=bool(options.get("traceback")))

    def _act_on(
        self,
        deed: Deed,
        things: Sequence[T],
        *,
        line: Callable[[T], str],
        act: Callable[[T], object],
        loud: bool,
    ) -> int:
        done, failed, progress = 0, 0, self.progress()
        for at, thing in enumerate(things):
            progress(lambda at=at: f"{at} of {deed.of(len(things))} …")  # type: ignore[misc]
            try:
                done += act(thing) is not False
            except Exception as error:
                if loud:
                    raise
                failed += 1
                self.stderr.write(f"  {line(thing)}: {one_line(error)}")
        self.stdout.write(f"{deed.past.capitalize()} {deed.of(done)}.")
        if failed:
            raise CommandError(f"{deed.of(failed)} could not be {deed.past}.", returncode=FAILED)
        return done


def nothing_such(words: str) -> CommandError:
    """One thing was named, and it is not there."""
    return CommandError(words, returncode=WRONG_USE)


def one_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"


def whole_days(raw: str) -> int:
    """For argparse: `--idle 30`."""
    if not raw.isdecimal() or not 1 <= int(raw) <= 36_500:  # noqa: PLR2004  a hundred years
        raise argparse.ArgumentTypeError(f"{raw!r} is no number of days: 1 or more")
    return int(raw)


def days_ago(days: int) -> datetime.datetime:
    return clock.now() - datetime.timedelta(days=days)


def size_words(count: int) -> str:
    """`812 B`, `3.4 MiB`, `1.0 GiB`."""
    size, unit = float(count), "B"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if size < KIB:
            break
        size, unit = size / KIB, larger
    return f"{count} B" if unit == "B" else f"{size:.1f} {unit}"


def _someone_there() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _agreed(question: str) -> bool:
    try:
        return input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}
    except (EOFError, KeyboardInterrupt):
        return False
