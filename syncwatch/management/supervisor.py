"""Keeps a handful of processes alive, and leaves none behind."""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO

from syncwatch.lib.process import spawn
from syncwatch.management import guard
from syncwatch.management.child import Child
from syncwatch.management.processes import Process

Say = Callable[[str], None]
_TICK_S = 0.1
_LOG_CHECK_S = 30.0
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Celery finishes its task on SIGTERM, which may be a film: after a moment it is told to drop it,
# and the task is taken up again later from what it had written.
_STOP_LADDER: tuple[tuple[float, signal.Signals], ...] = (
    (0.0, signal.SIGTERM),
    (3.0, signal.SIGQUIT),
    (7.0, signal.SIGKILL),
)


class Supervisor:
    def __init__(
        self,
        *,
        logs: Path,
        cwd: Path,
        environment: Mapping[str, str],
        say: Say,
        changed: Callable[[Mapping[str, int]], None],
    ) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self._logs = logs
        self._cwd = cwd
        self.environment = dict(environment)
        self._say = say
        self._changed = changed
        self._children: dict[str, Child] = {}
        self._guard: subprocess.Popen[bytes] | None = None
        self._asked_to_stop = 0
        self._next_log_check_s = 0.0
        self._wake_reader, self._wake_writer = socket.socketpair()
        for end in (self._wake_reader, self._wake_writer):
            end.settimeout(0)

    # -- life ------------------------------------------------------------------------------
    def listen_for_signals(self) -> None:
        signal.set_wakeup_fd(self._wake_writer.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only to wake up
        for number in _STOP_SIGNALS:
            signal.signal(number, self._ask_to_stop)

    @property
    def stopping(self) -> bool:
        return self._asked_to_stop > 0

    @property
    def _hurried(self) -> bool:
        """A second Ctrl-C, or a second signal of another kind."""
        return self._asked_to_stop > 1

    def start(self, process: Process) -> Child:
        child = Child(process, logs=self._logs, cwd=self._cwd)
        self._children[process.name] = child
        self._launch(child)
        return child

    def forget(self, name: str) -> None:
        del self._children[name]

    def watch(self, *, until: Callable[[], bool] = lambda: False) -> None:
        """Restart what ends, until told to stop or `until` is true."""
        while not self.stopping and not until():
            self._tick()
            self._wait()

    def stop(self, *, last: str = "redis") -> None:
        """End every child; `last` goes when the others are gone, because they write to it."""
        others = [child for child in self._children.values() if child.name != last]
        self._end(others)
        self._end(child for child in self._children.values() if child.name == last)
        self._children.clear()
        if self._guard is not None:
            self._guard_pipe().close()
            self._guard.wait()

    # -- one round ---------------------------------------------------------------------------
    def _tick(self) -> None:
        for child in self._children.values():
            pid = child.pid
            if pid is not None and (news := child.crashed()):
                self._say(news)
                guard.signal_group(pid, signal.SIGKILL)  # what the dead one had started
                self._tell_guard(f"-{pid}\n")
            if child.restart_due_s is not None and time.monotonic() >= child.restart_due_s:
                self._launch(child)
        self._trim_logs()

    def _launch(self, child: Child) -> None:
        pid = child.start(self.environment)
        self._tell_guard(f"+{pid}\n")
        self._changed({c.name: c.pid for c in self._children.values() if c.pid is not None})

    def _wait(self) -> None:
        select.select([self._wake_reader], [], [], _TICK_S)
        with contextlib.suppress(BlockingIOError):
            self._wake_reader.recv(4096)

    def _trim_logs(self) -> None:
        if time.monotonic() >= self._next_log_check_s:
            self._next_log_check_s = time.monotonic() + _LOG_CHECK_S
            for child in self._children.values():
                child.trim_log()

    def _ask_to_stop(self, *_: object) -> None:
        self._asked_to_stop += 1

    # -- the end -------------------------------------------------------------------------------
    def _end(self, children: Iterable[Child]) -> None:
        left = [child for child in children if child.running()]
        leaders = [child.pid for child in left if child.pid is not None]
        strays = {pid: guard.started_at(pid) for pid in guard.descendants(leaders)}
        began_s = time.monotonic()
        steps = list(_STOP_LADDER)
        while left:
            patience_s = 0.0 if self._hurried else steps[0][0]
            if time.monotonic() - began_s >= patience_s:
                number = steps.pop(0)[1] if len(steps) > 1 else signal.SIGKILL
                for child in left:
                    if number != signal.SIGQUIT or child.process.drops_work:
                        child.signal(number)
            self._wait()
            left = [child for child in left if child.running()]
        for leader in leaders:
            guard.signal_group(leader, signal.SIGKILL)
        guard.end_strays(strays)

    # -- the guard -------------------------------------------------------------------------------
    def _tell_guard(self, change: str) -> None:
        """The guard learns every process group, and all of them again when it had to be renewed."""
        if self._guard is None or self._guard.poll() is not None:
            self._guard = spawn(
                [sys.executable, "-I", "-S", os.fspath(guard.__file__)],
                stdin=subprocess.PIPE,
                parent_died=None,  # it outlives us on purpose, and only for a moment
            )
            pids = [child.pid for child in self._children.values() if child.pid is not None]
            change = "".join(f"+{pid}\n" for pid in pids)
        with contextlib.suppress(BrokenPipeError):  # died this moment: renewed at the next change
            self._guard_pipe().write(change.encode())
            self._guard_pipe().flush()

    def _guard_pipe(self) -> IO[bytes]:
        if self._guard is None or self._guard.stdin is None:
            raise RuntimeError("The guard has no pipe.")
        return self._guard.stdin
