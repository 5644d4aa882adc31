"""Workers as processes of their own (killable.py), on a database and a storage of a test's own."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def started(data, **more):
    """`start(verb, argument)`: what was started and still runs at the end is ended."""
    running = []

    def start(verb, argument):
        environment = {
            **os.environ, **more, "SYNCWATCH_DATA": str(data), "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "syncwatch.settings",
        }  # fmt: skip
        argv = [sys.executable, "-m", "videos.tests.killable", verb, str(argument)]
        one = subprocess.Popen(argv, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        running.append(one)
        return one

    try:
        yield start
    finally:
        for one in running:
            one.kill()
            one.wait()
            one.stdout.close()


def wait_for(what, seconds=60):
    """What `what` answers as soon as that is something."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.02)
    raise AssertionError("it never happened")
