"""One supervised process: its log, its crashes and when it may start again."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from syncwatch.lib.process import spawn
from syncwatch.management.processes import Process

_STABLE_AFTER_S = 60.0
_LONGEST_WAIT_S = 30.0
_LOG_MAX_BYTES = 20 * 1024 * 1024


class Child:
    def __init__(self, process: Process, *, logs: Path, cwd: Path) -> None:
        self.process = process
        self.log = logs / f"{process.name}.log"
        self._cwd = cwd
        self._popen: subprocess.Popen[bytes] | None = None
        self._started_s = 0.0
        self.crashes = 0
        self.restart_due_s: float | None = None

    @property
    def name(self) -> str:
        return self.process.name

    @property
    def pid(self) -> int | None:
        return self._popen.pid if self._popen else None

    def start(self, environment: Mapping[str, str]) -> int:
        self.trim_log()
        with self._open_log() as log:
            self._popen = spawn(
                self.process.argv,
                log=log.fileno(),
                env=environment,
                cwd=self._cwd,
                pass_fds=self.process.pass_fds,
            )
        self._started_s = time.monotonic()
        self.restart_due_s = None
        return self._popen.pid

    def running(self) -> bool:
        return self._popen is not None and self._popen.poll() is None

    def crashed(self) -> str | None:
        """In words, once, when the process has just ended by itself; plans the next start."""
        if self._popen is None or (code := self._popen.poll()) is None:
            return None
        self._popen = None
        now_s = time.monotonic()
        self.crashes = 0 if now_s - self._started_s > _STABLE_AFTER_S else self.crashes + 1
        wait_s = 0.0 if self.crashes <= 1 else min(_LONGEST_WAIT_S, 2.0 ** (self.crashes - 2))
        self.restart_due_s = now_s + wait_s
        when = "at once" if wait_s == 0 else f"in {wait_s:.0f} s"
        return f"{self.name} {_ending(code)}; starting it again {when}. {self._last_words()}"

    def signal(self, number: signal.Signals) -> None:
        if self._popen is not None:
            self._popen.send_signal(number)

    def _open_log(self) -> IO[bytes]:
        try:
            return self.log.open("ab")
        except OSError:  # a full disk: rather run unheard than not at all
            return Path(os.devnull).open("ab")

    def trim_log(self) -> None:
        """Keep one older part; the writer appends, so cutting the file under it is safe. On a full
        disk the older part is what there was room for.
        """
        with contextlib.suppress(OSError):
            if self.log.stat().st_size <= _LOG_MAX_BYTES:
                return
            with contextlib.suppress(OSError):
                shutil.copyfile(self.log, self.log.with_suffix(".log.1"))
            os.truncate(self.log, 0)

    def _last_words(self) -> str:
        lines: list[str] = []
        with contextlib.suppress(OSError), self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 2000))
            lines = log.read().decode(errors="replace").strip().splitlines()
        return f"Last words: {lines[-1][:200]}" if lines else ""


def _ending(code: int) -> str:
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"stopped with exit code {code}"
