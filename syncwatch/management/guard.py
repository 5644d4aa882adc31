"""Ends what a supervisor left behind: the last one standing when the supervisor was killed.

Started by the supervisor with the reading end of a pipe as standard input. Lines `+PID` and
`-PID` say whose process groups belong to it. The pipe closes when the supervisor is gone, by
whatever means; then every group listed, and every descendant of its leader, is ended.
Standard library only, and started with `python -I -S`: it must be up before anything else.
"""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path

GRACE_S = 4.0
_POLL_S = 0.05


def descendants(roots: Iterable[int]) -> set[int]:
    """Every process below `roots`, sessions of their own included."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(entry.parent.name))
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        below = children.get(waiting.pop(), [])
        found.update(below)
        waiting.extend(below)
    return found


def started_at(pid: int) -> str | None:
    """When a process began, in the kernel's ticks: with the pid it names a process for good."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else fields[19]


def signal_group(leader: int, number: int) -> bool:
    """Whether the group of `leader` still had a process to signal."""
    try:
        os.killpg(leader, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def end_strays(strays: dict[int, str | None]) -> None:
    """Kill those still alive, and only if the pid still names the same process."""
    for pid, began in strays.items():
        if began is not None and started_at(pid) == began:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)


def end_groups(leaders: Iterable[int], grace_s: float = GRACE_S) -> None:
    """SIGTERM, a moment to finish, then SIGKILL for whoever is left."""
    alive = set(leaders)
    strays = {pid: started_at(pid) for pid in descendants(alive)}
    for leader in alive:
        signal_group(leader, signal.SIGTERM)
    deadline = time.monotonic() + grace_s
    while alive and time.monotonic() < deadline:
        alive = {leader for leader in alive if signal_group(leader, 0)}
        time.sleep(_POLL_S)
    for leader in alive:
        signal_group(leader, signal.SIGKILL)
    end_strays(strays)


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    leaders: set[int] = set()
    for line in sys.stdin:
        change = leaders.add if line[0] == "+" else leaders.discard
        change(int(line[1:]))
    end_groups(leaders)


if __name__ == "__main__":
    main()
