"""Films are made by a process that is not root: the image's user is none."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from videos.tests.clips import film
from videos.tests.ordinary import NOBODY

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.ffmpeg,
    pytest.mark.skipif(os.geteuid() != 0, reason="not root: every other test says it already"),
]


@pytest.fixture
def data():
    """Not below pytest's own folder, which is closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="sw-ordinary-", dir="/tmp"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def ordinary(data):
    """`ordinary(verb)`: what a worker of another user says, with the films in `data`."""

    def run(verb):
        environment = {**os.environ, "SYNCWATCH_DATA": str(data), "PYTHONPATH": str(ROOT)}
        argv = [sys.executable, "-m", "videos.tests.ordinary", verb, str(film("tiny.mp4"))]
        done = subprocess.run(
            argv, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    return run


def test_ffmpeg_tells_its_codecs_to_an_ordinary_user(ordinary):
    assert ordinary("codecs") == "same"


def test_an_ordinary_user_need_not_be_allowed_more_than_the_worker_itself(ordinary):
    assert ordinary("limited") == "same"


def test_an_ordinary_user_makes_a_whole_film(ordinary):
    assert ordinary("film") == f"{NOBODY} ready"
