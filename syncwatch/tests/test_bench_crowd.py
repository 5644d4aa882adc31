"""The driver of the load test, held to a server of the websockets library"""

import asyncio
import os
import threading
from contextlib import contextmanager

import pytest
from websockets.asyncio.server import broadcast, serve

from bench.crowd import SNAPSHOT, TOLD, Crowd, masked
from bench.pacing import Spell, percentile, spell
from syncwatch.tests.servers import free_ports

COMMAND = b'{%s,"pad":"%s"}' % (TOLD, b"x" * 300)


def commands(_number):
    return COMMAND


@contextmanager
def server():
    """Everybody gets a snapshot, and hears what anybody says; `ping` is answered when the pong of
    the one who said it has come.
    """
    members = set()

    async def member(connection):
        members.add(connection)
        await connection.send('{"pad":"' + "y" * 5000 + '",' + SNAPSHOT.decode() + "}")
        async for words in connection:
            if words == "out":
                connection.transport.close()  # the driver answers no close, which takes 10 s
            elif words == "ping":
                await (await connection.ping(b"abcd"))
            if words != "out":
                broadcast(members, COMMAND.decode() if words == "ping" else words)

    loop, ready, (port,) = asyncio.new_event_loop(), threading.Event(), free_ports(1)

    async def run():
        async with serve(member, "127.0.0.1", port, compression=None, ping_interval=None):
            ready.set()
            await stopped.wait()

    stopped = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    assert ready.wait(10)
    yield f"http://127.0.0.1:{port}"
    loop.call_soon_threadsafe(stopped.set)
    thread.join()
    loop.close()


@pytest.fixture
def crowd():
    with server() as url:
        made = Crowd(url, path="/")
        made.sit_all([("one", ""), ("one", ""), ("one", "")], at_once=2)
        yield made
        made.close()


def test_everybody_hears_every_command_and_when(crowd):
    for number in range(20):
        crowd.command(crowd.seats[number % 3], COMMAND)
    assert crowd.settle(10, crowd.all_heard)
    assert [seat.heard for seat in crowd.seats] == [20, 20, 20]
    assert len(crowd.latencies_ms) == 60
    assert all(0 <= each < 10_000 for each in crowd.latencies_ms)
    crowd.begin()
    assert crowd.all_heard()


def test_a_ping_of_the_server_is_answered(crowd):
    crowd.sent_s["one"].append(0.0)
    crowd.seats[0].send(b"ping")
    assert crowd.settle(10, crowd.all_heard)


def test_who_does_not_read_is_not_waited_for(crowd):
    crowd.pause_reading(crowd.seats[2])
    crowd.command(crowd.seats[0], COMMAND)
    assert crowd.settle(10, crowd.all_heard)
    assert crowd.seats[2].heard == 0


def test_who_was_closed_spoils_what_is_measured_and_comes_back(crowd):
    crowd.seats[1].send(b"out")
    assert crowd.settle(10, lambda: crowd.seats[1].closed)
    found = spell(crowd, crowd.seats[:1], pace=50, for_s=0.1, pid=os.getpid(), words=commands)
    assert not found.whole
    crowd.come_back()
    assert len(crowd.seats) == 3
    found = spell(crowd, crowd.seats[:1], pace=50, for_s=0.1, pid=os.getpid(), words=commands)
    assert (found.whole, found.deliveries) == (True, 15)


def test_a_sender_that_was_closed_ends_the_measurement(crowd):
    crowd.seats[0].send(b"out")
    assert crowd.settle(10, lambda: crowd.seats[0].closed)
    found = spell(crowd, crowd.seats[:1], pace=50, for_s=0.1, pid=os.getpid(), words=commands)
    assert (found.whole, found.deliveries) == (False, 0)


@pytest.mark.parametrize("size", [1, 125, 126, 4000])
def test_a_frame_has_the_length_it_says(size):
    frame = masked(b"x" * size)
    short = frame[1] & 0x7F
    told = int.from_bytes(frame[2:4], "big") if short == 126 else short
    assert (frame[0], frame[1] & 0x80, told) == (0x81, 0x80, size)
    assert frame.endswith(b"x" * size)


def test_what_a_spell_says_of_itself():
    told = Spell(
        deliveries=1000, seconds=2.0, server_s=0.02, driver_s=0.5, median_ms=1.0, p99_ms=3.0,
        whole=True,
    )  # fmt: skip
    assert told.us == pytest.approx(20)
    assert told.per_second == 500
    assert told.results("room")["room_driver_share"] == 0.25
    assert percentile([float(n) for n in range(100)], 0.99) == 99
    assert percentile([], 0.5) == float("inf")
