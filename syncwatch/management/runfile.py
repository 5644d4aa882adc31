"""What a supervisor writes down, so that the next one can end what a killed one left behind."""

import contextlib
import fcntl
import json
import logging
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from syncwatch.management import guard

log = logging.getLogger(__name__)


class AlreadyRunningError(RuntimeError):
    """Another supervisor holds this data folder."""


class RunFile:
    """`run/serve.json`: the supervisor's pid, its children with their birth times, its scratch."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "serve.json"
        self._lock = (folder / "serve.lock").open("a")

    def claim(self) -> None:
        """Hold the data folder until this process ends, however it ends."""
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            owner = self._read()
            raise AlreadyRunningError(
                f"SyncWatch already runs on this data folder (process {owner.get('pid', '?')}, "
                f"{owner.get('url', 'no address yet')}). Stop it first, or choose another folder "
                "with SYNCWATCH_DATA."
            ) from None

    def write(self, *, url: str, children: Mapping[str, int], scratch: Path | None) -> None:
        began = {name: [pid, guard.started_at(pid)] for name, pid in children.items()}
        record = {
            "pid": os.getpid(),
            "url": url,
            "children": began,
            "scratch": str(scratch) if scratch else "",
        }
        fresh = self._path.with_suffix(".new")
        try:
            fresh.write_text(json.dumps(record))
            fresh.replace(self._path)
        except OSError as error:  # the older record stays; a full disk is no reason to stop
            log.warning("%s could not be written: %s", self._path, error)

    def end_leftovers(self) -> list[str]:
        """End exactly the processes that a killed supervisor had started; say which."""
        record = self._read()
        left = {
            name: pid
            for name, (pid, began) in record.get("children", {}).items()
            if began is not None and guard.started_at(pid) == began
        }
        guard.end_groups(left.values())
        if scratch := record.get("scratch"):
            shutil.rmtree(scratch, ignore_errors=True)
        return sorted(left)

    def clear(self) -> None:
        """Let go of the data folder."""
        self._path.unlink(missing_ok=True)
        self._lock.close()

    def _read(self) -> dict[str, Any]:
        return _record(self._path)


def running(folder: Path) -> dict[str, Any] | None:
    """What the supervisor that holds this folder wrote down; None when none does."""
    try:
        with (folder / "serve.lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except OSError:
        return _record(folder / "serve.json")
    return None


def _record(path: Path) -> dict[str, Any]:
    with contextlib.suppress(OSError, ValueError):
        found = json.loads(path.read_text())
        if isinstance(found, dict):
            return found
    return {}
