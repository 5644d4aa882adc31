"""Deadlines: claimed once by many processes, again when one of them died."""

import asyncio

import pytest

from rooms.gateway.deadlines import CLAIM_MS, Deadlines
from rooms.gateway.events import Catalogue, RoomEvents, on_deadline
from rooms.gateway.script import DEADLINES
from syncwatch.lib import clock, redis

CODE = "0123456789ab"


class Bells(RoomEvents):
    """Rings when told, fails as often as it was told to."""

    prefix = "bell"

    def __init__(self):
        self.rung = []
        self.fail_times = 0

    @on_deadline("bell.ring")
    async def ring(self, code, token):
        await asyncio.sleep(0)  # let the other process have its turn
        if self.fail_times:
            self.fail_times -= 1
            raise RuntimeError("the bell is stuck")
        self.rung.append(token)


@pytest.fixture
async def processes():
    """Two processes' deadlines with bells of their own."""
    made = [Deadlines(Catalogue((Bells(),))) for _ in range(2)]
    yield made
    await redis.close_shared()


def bells(processes):
    return [each._modules[0] for each in processes]


def due(token, in_ms=0, kind="bell.ring"):
    redis.sync().zadd(DEADLINES, {f"{CODE}|{kind}|{token}": clock.server_ms() + in_ms})


def left():
    return redis.sync().zcard(DEADLINES)


async def test_two_processes_run_each_once(processes, frozen_clock):
    for number in range(30):
        due(str(number))
    counts = await asyncio.gather(*(each.run_due() for each in processes))
    rung = [token for each in bells(processes) for token in each.rung]
    assert sorted(rung, key=int) == [str(number) for number in range(30)]
    assert sum(counts) == 30
    assert left() == 0


async def test_what_is_not_due_waits(processes, frozen_clock):
    due("later", in_ms=1)
    assert await processes[0].run_due() == 0
    frozen_clock.advance(1)
    assert await processes[0].run_due() == 1
    assert left() == 0


async def test_a_process_that_died_with_its_claim_is_followed_by_another(processes, frozen_clock):
    due("x")
    first, second = processes
    bells(processes)[0].fail_times = 1
    await first.run_due()
    assert await second.run_due() == 0, "it is the first one's for a while"
    frozen_clock.advance(CLAIM_MS + 1)
    await second.run_due()
    assert bells(processes)[1].rung == ["x"]
    assert left() == 0


async def test_a_failing_handler_is_tried_again_and_keeps_nobody_waiting(
    processes, frozen_clock, caplog
):
    bells(processes)[0].fail_times = 1
    due("bad"), due("good")
    await processes[0].run_due()
    assert len(bells(processes)[0].rung) == 1
    frozen_clock.advance(CLAIM_MS + 1)
    await processes[0].run_due()
    assert sorted(bells(processes)[0].rung) == ["bad", "good"]
    assert "the bell is stuck" in caplog.text


async def test_a_deadline_moved_while_it_ran_stays(processes, frozen_clock, monkeypatch):
    due("x")
    ring = Bells.ring

    async def ring_and_move(self, code, token):
        due(token, in_ms=7_000)

    monkeypatch.setattr(Bells, "ring", ring_and_move)
    on_deadline("bell.ring")(ring_and_move)
    moved = Deadlines(Catalogue((Bells(),)))
    await moved.run_due()
    assert left() == 1
    monkeypatch.setattr(Bells, "ring", ring)
    frozen_clock.advance(7_000)
    await processes[0].run_due()
    assert bells(processes)[0].rung == ["x"]


async def test_one_that_takes_long_keeps_no_other_waiting(processes, monkeypatch, frozen_clock):
    free, ring = asyncio.Event(), Bells.ring

    async def slow(self, code, token):
        if token == "slow":
            await free.wait()
        await ring(self, code, token)

    monkeypatch.setattr(Bells, "ring", on_deadline("bell.ring")(slow))
    deadlines = Deadlines(Catalogue((Bells(),)))
    due("slow")
    held = await deadlines.start_due()
    due("quick")
    await deadlines.run_due()
    assert bells([deadlines])[0].rung == ["quick"]
    frozen_clock.advance(CLAIM_MS + 1)
    assert await deadlines.start_due() == [], "it runs here still"
    free.set()
    await asyncio.gather(*held)
    assert bells([deadlines])[0].rung == ["quick", "slow"]


async def test_only_so_many_run_at_once(processes, monkeypatch, frozen_clock):
    monkeypatch.setattr("rooms.gateway.deadlines.AT_ONCE", 2)
    for token in "abc":
        due(token)
    first = await processes[0].start_due()
    assert await processes[0].start_due() == []
    await asyncio.gather(*first)
    assert await processes[0].run_due() == 1
    assert left() == 0


async def test_one_set_anew_for_the_end_of_its_claim_stays(processes, monkeypatch, frozen_clock):
    async def again(self, code, token):
        due(token, in_ms=5_000)

    monkeypatch.setattr(Bells, "ring", on_deadline("bell.ring")(again))
    due("x")
    await Deadlines(Catalogue((Bells(),))).run_due()
    assert left() == 1


async def test_what_runs_ends_with_the_process(processes, monkeypatch, frozen_clock):
    async def forever(self, code, token):
        await asyncio.Event().wait()

    monkeypatch.setattr(Bells, "ring", on_deadline("bell.ring")(forever))
    deadlines = Deadlines(Catalogue((Bells(),)))
    due("x")
    [task] = await deadlines.start_due()
    await deadlines.stop()
    assert task.cancelled()
    assert left() == 1, "another process takes it up"


async def test_a_kind_that_nobody_knows_is_logged_and_goes(processes, frozen_clock, caplog):
    due("x", kind="riddle")
    await processes[0].run_due()
    assert left() == 0
    assert "riddle" in caplog.text
