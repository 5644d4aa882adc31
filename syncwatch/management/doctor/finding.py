"""One line of the doctor's report, and how an examination becomes one."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "note", "wrong"]
PATIENCE_S = 10.0


@dataclass(frozen=True)
class Finding:
    """`note` is worth knowing and no reason to fail. `mend` says what to do about it."""

    name: str
    state: State
    words: str
    mend: str = ""


@dataclass(frozen=True)
class Verdict:
    """What an examination found, before it is put under its name."""

    state: State
    words: str
    mend: str = ""


def ok(words: str) -> Verdict:
    return Verdict("ok", words)


def note(words: str, mend: str = "") -> Verdict:
    return Verdict("note", words, mend)


def wrong(words: str, mend: str) -> Verdict:
    return Verdict("wrong", words, mend)


Examination = Callable[[], Verdict]


def examine(name: str, ask: Examination, *, patience_s: float = PATIENCE_S) -> Finding:
    """Whatever happens in `ask` becomes a finding; a part that hangs is one that is wrong."""
    heard: list[Verdict] = []

    def listen() -> None:
        try:
            heard.append(ask())
        except Exception as error:  # noqa: BLE001  the doctor goes on to the next part
            heard.append(wrong(f"{type(error).__name__}: {error}", "See the line above."))

    asking = threading.Thread(target=listen, daemon=True)
    asking.start()
    asking.join(patience_s)
    silence = wrong(f"no answer within {patience_s:g} s", "Is its address right, and is it up?")
    verdict = heard[0] if heard else silence
    return Finding(name, verdict.state, verdict.words, verdict.mend)
