"""Processes that look at films: under limits, alone, and watched for signs of life."""

import time
from pathlib import Path

import pytest

from videos.encoder import process
from videos.encoder.process import Child


@pytest.fixture
def child(tmp_path, in_a_hurry):
    started = []

    def start(script, **limits):
        one = Child(["/bin/sh", "-c", script], cwd=tmp_path, limits=process.Limits(**limits))
        started.append(one)
        return one

    yield start
    for one in started:
        one.stop()


def test_a_child_sees_nothing_of_our_environment(child, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    one = child("/usr/bin/env")
    assert one.wait(5) == 0
    assert b"hunter2" not in one.output
    assert b"DJANGO" not in one.output


def test_a_child_cannot_write_more_than_it_may(child, tmp_path):
    one = child("/usr/bin/head -c 5000000 /dev/zero > big", file_bytes=1_000_000)
    assert one.wait(5) != 0
    assert (tmp_path / "big").stat().st_size <= 1_000_000


def test_the_whole_group_ends_with_a_stop(child, tmp_path):
    one = child("/bin/sleep 60 & echo $! > pid; wait")
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        time.sleep(0.01)
    one.stop()
    assert_gone(int((tmp_path / "pid").read_text()))


def assert_gone(pid):
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return
        except FileNotFoundError:
            return
        time.sleep(0.01)
    raise AssertionError(f"{pid} lives on")


@pytest.mark.parametrize(
    ("says", "stalls"),
    [("out_time_us=5", True), ("speed=$i", True), ("frame=$i", False), ("out_time_us=$i", False)],
)
def test_only_numbers_that_move_are_a_sign_of_life(child, monkeypatch, says, stalls):
    monkeypatch.setattr(process, "STALL_MS", 300)
    one = child(f'i=0; while :; do i=$((i+1)); echo "{says}"; /bin/sleep 0.02; done')
    until = time.monotonic() + 0.9
    while time.monotonic() < until and not one.stalled:
        one.wait(0.02)
    assert one.stalled is stalls
