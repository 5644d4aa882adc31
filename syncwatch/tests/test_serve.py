"""`manage.py serve` with real processes: it starts, mends itself, and leaves nothing behind.

All tests share one data folder and, where a test leaves it running, one stack.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from syncwatch.management import guard
from syncwatch.tests.stack import FOREIGN, ROOT, Stack

pytestmark = pytest.mark.stack
GONE_WITHIN_S = 15


@pytest.fixture(scope="module")
def stack():
    made = Stack(bare=True)
    yield made
    made.close()


@pytest.fixture
def running(stack):
    """Everything is up, whatever the test before did to it."""
    if not stack.answers():
        stack.stop()
        stack.start()
    return stack


def record(stack):
    from syncwatch.management import runfile

    return runfile.running(stack.data / "run") or {}


def family(stack):
    """Every process of a stack, the supervisor and its guard too: pid → when it began."""
    pid = record(stack)["pid"]
    return {each: guard.started_at(each) for each in {pid, *guard.descendants([pid])}}


def wait_for(holds, within_s):
    deadline_s = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline_s, "it did not come about in time"
        time.sleep(0.05)


def alive(processes):
    return {pid for pid, began in processes.items() if guard.started_at(pid) == began}


def workers_are_up(stack):
    up = {"web", "web-2", "worker", "transcode", "beat", "redis"}
    return set(record(stack).get("children", {})) >= up


def serve(data, *arguments):
    """One more `manage.py serve`, to its end."""
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return subprocess.run(
        [sys.executable, "manage.py", "serve", *arguments],
        cwd=ROOT,
        env={**environment, "SYNCWATCH_DATA": str(data)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def test_everything_it_needs_is_ready(running):
    answer = httpx.get(f"{running.url}/readyz", timeout=10)
    assert answer.json() == {
        "ready": True, "parts": {"database": "ok", "redis": "ok", "storage": "ok"},
    }  # fmt: skip
    wait_for(lambda: workers_are_up(running), 20)


def test_it_prints_the_address(running):
    wait_for(lambda: f"SyncWatch is ready: {running.url}" in running.log(), 20)


@pytest.mark.long
def test_a_second_start_on_the_same_data_is_refused_in_words(running):
    done = serve(running.data)
    assert done.returncode == 1
    assert "SyncWatch already runs on this data folder" in done.stderr
    assert running.url in done.stderr
    assert running.answers()


@pytest.mark.long
def test_a_port_in_use_is_said_in_words(running, tmp_path):
    done = serve(tmp_path, "--port", str(running.port))
    assert done.returncode == 1
    assert f"Cannot serve on 127.0.0.1:{running.port}: Address already in use" in done.stderr
    assert f"PORT={running.port + 1} bin/run" in done.stderr


def test_killed_web_servers_come_back_while_callers_wait(running):
    wait_for(lambda: workers_are_up(running), within_s=30)
    killed = {name: running.pid_of(name) for name in ("web", "web-2")}
    for pid in killed.values():
        os.kill(pid, signal.SIGKILL)
    assert httpx.get(f"{running.url}/healthz", timeout=30).status_code == httpx.codes.OK
    wait_for(lambda: all(running.pid_of(name) != pid for name, pid in killed.items()), within_s=30)
    assert "web was ended by SIGKILL; starting it again at once" in running.log()


@pytest.mark.parametrize(
    "number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.long)]
)
def test_asked_to_stop_it_ends_everything(running, number):
    processes, scratch = family(running), Path(record(running)["scratch"])
    os.kill(record(running)["pid"], number)
    assert running._process.wait(30) == 0
    wait_for(lambda: not alive(processes), GONE_WITHIN_S)
    assert not scratch.exists()
    assert record(running) == {}


def test_a_killed_supervisor_takes_everything_with_it(running):
    processes = family(running)
    assert len(processes) >= 4  # itself, its guard, Redis, web
    os.kill(record(running)["pid"], signal.SIGKILL)
    wait_for(lambda: not alive(processes), GONE_WITHIN_S)


@pytest.mark.long
def test_what_was_made_is_there_after_a_restart(running):
    made = httpx.post(
        f"{running.url}/api/auth/guest/", json={"display_name": "Mara"}, timeout=10
    ).json()
    running.stop()
    running.start()
    signed = {"Authorization": f"Bearer {made['access']}"}
    me = httpx.get(f"{running.url}/api/auth/me/", headers=signed, timeout=10).json()
    assert me["id"] == made["user"]["id"]
