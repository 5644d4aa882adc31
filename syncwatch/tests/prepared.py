"""What a first start prepares and every later one would prepare alike: browser's files, tables.

The first product of a run leaves a copy behind, the next ones begin with it. That a start without
one works is proved by the first, and by test_serve, which uses none. Processes that
belong to one run share the folder that `SYNCWATCH_TEST_PREPARED` names.
"""

import atexit
import contextlib
import os
import shutil
import sqlite3
import tempfile
from functools import cache
from pathlib import Path

VARIABLE = "SYNCWATCH_TEST_PREPARED"
DATABASE = "syncwatch.sqlite3"
STATIC = "static"
STAMP = ".collected"


@cache
def _home() -> Path:
    if named := os.environ.get(VARIABLE):
        return Path(named)
    own = tempfile.TemporaryDirectory(prefix="sw-prepared-", dir="/tmp")
    atexit.register(own.cleanup)
    return Path(own.name)


def give(data: Path) -> None:
    """Put what is prepared into a fresh data folder."""
    whole = _home() / "whole"
    if data.exists() or not whole.exists():
        return
    data.mkdir(parents=True)
    shutil.copytree(whole / STATIC, data / STATIC, copy_function=_link)
    if (whole / DATABASE).exists():
        shutil.copy2(whole / DATABASE, data / DATABASE)


def keep(data: Path) -> None:
    """Leave a copy of what a start has just prepared, unless another did."""
    whole = _home() / "whole"
    if whole.exists() or not (data / STATIC / STAMP).exists():
        return
    fresh = Path(tempfile.mkdtemp(dir=_home()))
    shutil.copytree(data / STATIC, fresh / STATIC, copy_function=_link)
    if (data / DATABASE).exists():
        _copy_database(data / DATABASE, fresh / DATABASE)
    with contextlib.suppress(OSError):  # another process was there first
        fresh.rename(whole)


def _link(source: str, target: str) -> None:
    """The same file again, but for the one that may be written anew."""
    (shutil.copy2 if source.endswith(STAMP) else os.link)(source, target)


def _copy_database(source: Path, target: Path) -> None:
    """As it is at one moment: the product is running on it."""
    with (
        contextlib.closing(sqlite3.connect(source, timeout=20)) as running,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        running.backup(copy)
