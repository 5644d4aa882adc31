"""Running ffmpeg: its own process group, under limits, and never longer than it makes progress."""

import ctypes
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from syncwatch.lib.clock import monotonic_ms

GIB = 1024**3
NICENESS = 10
STALL_MS = 120_000  # no progress for so long: killed
COMPLAINT_BYTES = 4000
OPEN_FILES = 256
LOOK_EVERY_S = 0.25
PR_SET_PDEATHSIG = 1
# ffmpeg reports in a steady beat, so only numbers that have moved are a sign of life.
_PROGRESS = re.compile(rb"^(?:frame|out_time_us|total_size)=\s*(\S+)", re.MULTILINE)
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Limits:
    """What the kernel lets a child have."""

    memory_bytes: int = 4 * GIB
    file_bytes: int = 4 * GIB


PROBE_LIMITS = Limits(memory_bytes=2 * GIB, file_bytes=64 * 1024**2)
ENCODE_LIMITS = Limits()


def _confine(limits: Limits) -> Callable[[], None]:
    """Runs in the child between fork and exec; the kernel ties its life to our main thread."""
    parent = os.getpid()
    wanted = [
        (what, _at_most(what, most))
        for what, most in (
            (resource.RLIMIT_AS, limits.memory_bytes),
            (resource.RLIMIT_FSIZE, limits.file_bytes),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NOFILE, OPEN_FILES),
        )
    ]

    def confine() -> None:
        if _LIBC is not None:
            _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died between fork and prctl
            os._exit(1)
        os.nice(NICENESS)
        for what, most in wanted:
            resource.setrlimit(what, (most, most))

    return confine


def _at_most(what: int, most: int) -> int:
    """Only root may have more than what the worker itself was given."""
    _, hard = resource.getrlimit(what)
    return most if hard == resource.RLIM_INFINITY else min(most, hard)


class Child:
    """One running ffmpeg or ffprobe. `poll` it often; `stop` it in a `finally`."""

    def __init__(self, argv: Sequence[str], *, cwd: Path, limits: Limits) -> None:
        self._complaints = tempfile.TemporaryFile(dir=cwd)  # noqa: SIM115  closed by stop()
        self._process = subprocess.Popen(
            argv,
            cwd=cwd,
            env={"PATH": "/nonexistent", "HOME": str(cwd), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            start_new_session=True,
            close_fds=True,
            preexec_fn=_confine(limits),  # noqa: PLW1509  only libc calls on loaded names
        )
        assert self._process.stdout is not None  # noqa: S101  PIPE was asked for
        self._out = self._process.stdout
        os.set_blocking(self._out.fileno(), False)
        self.output = b""
        self._said: tuple[bytes, ...] = ()
        self._moved_ms = monotonic_ms()

    @property
    def pid(self) -> int:
        return self._process.pid

    def poll(self) -> int | None:
        """Take what it printed; its exit code once it has ended."""
        code = self._process.poll()
        self._drain()
        return code

    def _drain(self) -> None:
        while chunk := self._out.read(65536):
            self.output += chunk
        said = tuple(_PROGRESS.findall(self.output[-1000:])[-3:])
        if said != self._said:
            self._said, self._moved_ms = said, monotonic_ms()

    @property
    def stalled(self) -> bool:
        """True after two minutes without a sign of progress."""
        return monotonic_ms() - self._moved_ms > STALL_MS

    @property
    def complaint(self) -> str:
        """The end of what it wrote to stderr."""
        self._complaints.seek(0, os.SEEK_END)
        self._complaints.seek(max(0, self._complaints.tell() - COMPLAINT_BYTES))
        return self._complaints.read().decode(errors="replace")

    def wait(self, timeout_s: float) -> int | None:
        """Wait at most so long for the end; None when it goes on."""
        deadline_ms = monotonic_ms() + timeout_s * 1000
        while (code := self.poll()) is None and monotonic_ms() < deadline_ms:
            try:
                self._process.wait(0.02)
            except subprocess.TimeoutExpired:
                continue
        return code

    def stop(self) -> None:
        """Kill the whole group and take its remains; harmless when it has ended."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._out.close()
        self._complaints.close()


@dataclass(frozen=True)
class Outcome:
    """How a short command ended; `code` is None when it was killed for taking too long."""

    code: int | None
    output: bytes
    complaint: str


def run(
    argv: Sequence[str],
    *,
    cwd: Path,
    limits: Limits,
    timeout_s: float,
    each: Callable[[Child], object] = lambda child: None,
) -> Outcome:
    """A short command from start to end. `each` is called a few times a second and once it has
    ended; it may take what is there of the output.
    """
    child = Child(argv, cwd=cwd, limits=limits)
    deadline_ms = monotonic_ms() + timeout_s * 1000
    try:
        code = None
        while code is None and (left_ms := deadline_ms - monotonic_ms()) > 0:
            code = child.wait(min(LOOK_EVERY_S, left_ms / 1000))
            each(child)
        return Outcome(code, child.output, child.complaint)
    finally:
        child.stop()
