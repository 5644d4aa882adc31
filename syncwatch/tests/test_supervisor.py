"""The supervisor's rules, on small processes: restarts, patience, and nobody left behind."""

import json
import os
import signal
import sys
import time

import pytest

from syncwatch.management import child as child_module
from syncwatch.management import guard, supervisor
from syncwatch.management.child import Child
from syncwatch.management.processes import Process
from syncwatch.management.runfile import RunFile
from syncwatch.management.supervisor import Supervisor

NAP = [sys.executable, "-c", "import time; time.sleep(60)"]
# Deaf to SIGTERM, and the parent of a process in a session of its own.
STUBBORN = """
import os, signal, subprocess, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen(["sleep", "60"], start_new_session=True)
open("child", "w").write(str(child.pid))
time.sleep(60)
"""


@pytest.fixture
def said():
    return []


@pytest.fixture
def keeper(tmp_path, said, monkeypatch):
    quick = ((0.0, signal.SIGTERM), (0.2, signal.SIGQUIT), (0.4, signal.SIGKILL))
    monkeypatch.setattr(supervisor, "_STOP_LADDER", quick)
    made = Supervisor(
        logs=tmp_path / "logs", cwd=tmp_path, environment=os.environ,
        say=said.append, changed=lambda children: None,
    )  # fmt: skip
    yield made
    made.stop()
    made._wake_reader.close()
    made._wake_writer.close()


def until(holds, within_s=10):
    deadline_s = time.monotonic() + within_s
    return lambda: holds() or time.monotonic() > deadline_s


def test_what_crashes_is_started_again_and_its_last_words_are_told(keeper, said):
    child = keeper.start(
        Process("web", [sys.executable, "-c", "raise SystemExit('no such database')"])
    )
    keeper.watch(until=until(lambda: child.crashes >= 2))
    assert said[0] == (
        "web stopped with exit code 1; starting it again at once. Last words: no such database"
    )
    assert "starting it again in 1 s" in said[1]


def test_waits_grow_to_half_a_minute(tmp_path):
    child = Child(Process("web", ["false"]), logs=tmp_path, cwd=tmp_path)
    waits = []
    for _ in range(8):
        child.start(os.environ)
        child._popen.wait()
        before_s = time.monotonic()
        child.crashed()
        waits.append(round(child.restart_due_s - before_s))
    assert waits == [0, 1, 2, 4, 8, 16, 30, 30]


def test_what_ran_for_long_is_started_again_at_once(tmp_path):
    child = Child(Process("web", ["false"]), logs=tmp_path, cwd=tmp_path)
    child.crashes = 5
    child.start(os.environ)
    child._popen.wait()
    child._started_s -= 3600
    assert "starting it again at once" in child.crashed()


def test_stopping_ends_the_deaf_and_what_they_had_started(keeper, tmp_path):
    keeper.start(Process("worker", [sys.executable, "-c", STUBBORN]))
    note = tmp_path / "child"
    keeper.watch(until=until(lambda: note.exists() and note.read_text()))
    grandchild = int(note.read_text())
    assert guard.started_at(grandchild) is not None
    keeper.stop()
    assert until(lambda: guard.started_at(grandchild) is None)()
    assert guard.started_at(grandchild) is None


def test_one_process_goes_last(keeper, monkeypatch):
    keeper.start(Process("redis", NAP))
    keeper.start(Process("web", NAP))
    ended = []
    monkeypatch.setattr(
        Child, "signal",
        lambda child, number: ended.append(child.name) or child._popen.send_signal(number),
    )  # fmt: skip
    keeper.stop()
    assert ended[0] == "web"
    assert ended[-1] == "redis"


def test_a_log_that_grew_too_long_is_cut_and_one_older_part_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("syncwatch.management.child._LOG_MAX_BYTES", 10)
    child = Child(Process("web", NAP), logs=tmp_path, cwd=tmp_path)
    child.log.write_text("far more than ten bytes")
    child.trim_log()
    assert child.log.read_text() == ""
    assert child.log.with_suffix(".log.1").read_text() == "far more than ten bytes"


def test_a_number_that_was_given_to_another_process_is_left_alone():
    guard.end_strays({os.getpid(): "began at another time"})
    assert guard.started_at(os.getpid()) is not None


def test_a_full_disk_stops_no_process(tmp_path, monkeypatch):
    """Its log is cut without an older part; where none can be written, it runs unheard."""
    monkeypatch.setattr(child_module, "_LOG_MAX_BYTES", 10)
    child = Child(Process("web", NAP), logs=tmp_path, cwd=tmp_path)
    child.log.write_text("x" * 100)
    (tmp_path / "web.log.1").symlink_to("/dev/full")
    child.trim_log()
    assert child.log.stat().st_size == 0
    child.log.unlink()
    child.log.symlink_to(tmp_path / "no such folder" / "web.log")
    child.start(os.environ)
    assert child.running()
    child.signal(signal.SIGKILL)
    child._popen.wait()
    assert child.crashed() == "web was ended by SIGKILL; starting it again at once. "


def test_the_record_of_a_supervisor_on_a_full_disk_stays_the_older_one(tmp_path):
    record = RunFile(tmp_path)
    record.write(url="http://one", children={}, scratch=None)
    (tmp_path / "serve.new").symlink_to("/dev/full")
    record.write(url="http://two", children={}, scratch=None)
    assert json.loads((tmp_path / "serve.json").read_text())["url"] == "http://one"
    record.clear()
