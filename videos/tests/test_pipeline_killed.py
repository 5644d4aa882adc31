"""A worker killed in the middle of a film, twice: another goes on, and nobody could tell."""

import json
import signal
from collections import Counter
from pathlib import Path

import pytest

from videos.models import State
from videos.tests.clips import film
from videos.tests.films import times
from videos.tests.workers import started, wait_for

pytestmark = pytest.mark.ffmpeg
CLIP = "television.mkv"


@pytest.fixture
def worker(tmp_path):
    with started(tmp_path) as start:
        yield start


def listed(folder, track):
    index = folder / track / "index.m3u8"
    return index.read_text().count("#EXTINF") if index.exists() else 0


def encoders(pid):
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def kill_once_listed(one, folder, track, count):
    """Returns how many segments of the track were listed at the moment of death."""
    wait_for(lambda: listed(folder, track) >= count or one.poll() is not None)
    assert one.poll() is None, "it was done before it could be killed"
    pids = encoders(one.pid)
    assert pids
    one.send_signal(signal.SIGKILL)
    one.wait()
    wait_for(lambda: not any(alive(pid) for pid in pids), seconds=5)
    return listed(folder, track)


def test_a_worker_killed_twice_leaves_the_very_film_of_one_that_was_not(worker, tmp_path, made):
    video_id = worker("prepare", film(CLIP)).communicate()[0].strip()
    folder = tmp_path / "media" / "hls" / video_id
    first = kill_once_listed(worker("work", video_id), folder, "360p", 2)
    expire(tmp_path)
    second = kill_once_listed(worker("work", video_id), folder, "480p", 1)
    last = worker("finish", video_id)
    answer = json.loads(last.communicate(timeout=120)[0])
    assert last.returncode == 0

    assert answer["state"] == State.READY
    undisturbed = made(CLIP)
    for track in ("360p", "480p", "a0"):
        assert answer["times"][track] == times(undisturbed, track)
    by_first = [name for name in answer["names"]["360p"] if name.startswith("1-")]
    assert len(by_first) == first, "what was listed was not made again"
    by_second = [name for name in answer["names"]["480p"] if name.startswith("2-")]
    assert len(by_second) == second
    for track in ("360p", "480p"):
        stored = [path.name for path in (folder / track).glob("*.m4s")]
        made_twice = [n for n, count in Counter(n[-9:] for n in stored).items() if count > 1]
        assert not made_twice, "pieces of the dead are cleared away"


def expire(data):
    """Twenty seconds later."""
    import sqlite3

    with sqlite3.connect(data / "syncwatch.sqlite3", timeout=20) as database:
        database.execute("UPDATE videos_video SET lease_until = '2000-01-01 00:00:00'")
    database.close()
