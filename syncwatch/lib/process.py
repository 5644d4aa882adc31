"""Child processes that end with their parent, whatever ends the parent."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def spawn(
    argv: Sequence[str],
    *,
    log: IO[bytes] | int = subprocess.DEVNULL,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    user: int | None = None,
    parent_died: signal.Signals | None = signal.SIGTERM,
    pass_fds: Sequence[int] = (),
    stdin: int = subprocess.DEVNULL,
) -> "subprocess.Popen[bytes]":
    """Start a process in a session of its own that gets `parent_died` when we are gone.

    Call it from the main thread: the kernel ties the signal to the thread that forked.
    """
    return subprocess.Popen(
        argv,
        stdin=stdin,
        stdout=log,
        stderr=subprocess.STDOUT,
        env=env,
        cwd=cwd,
        user=user,
        group=user,
        extra_groups=[] if user is not None else None,
        start_new_session=True,
        pass_fds=pass_fds,
        preexec_fn=_tie_to_parent(parent_died),  # noqa: PLW1509  no threads before the fork
    )


def _tie_to_parent(parent_died: signal.Signals | None) -> Callable[[], None]:
    parent = os.getpid()

    def tie() -> None:
        if parent_died is None:
            return
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(parent_died))
        if os.getppid() != parent:  # it died between fork and prctl
            os._exit(1)

    return tie
