"""The server's clock behind jittery ways and wrong clocks, and the same sums as the browser's."""

import heapq
import itertools
import json
import random
import subprocess

import pytest

from client.clock import ClockEstimator, ServerClock
from syncwatch.tests.operators import ROOT
from syncwatch.tests.programs import needed

SERVER_AHEAD_MS = 1_700_000_000_000
MIDDLING, FAR = (80, 40), (200, 80)


class World:
    """Simulated time; a device on a wrong clock behind a way of so many ms each way, in order."""

    def __init__(self, seed, way, *, offset_ms=0.0, ppm=0.0):
        self.dice = random.Random(seed)
        self.way, self.wrong = way, (offset_ms, ppm)
        self.now = 0.0
        self._due, self._order = [], itertools.count()
        self._last = {"up": 0.0, "down": 0.0}
        self.clock = ServerClock(local_ms=self.local_ms, chance=self.dice.random)
        self.clock.burst()
        self._ping()

    def local_ms(self):
        offset_ms, ppm = self.wrong
        return self.now * (1 + ppm * 1e-6) + offset_ms

    def server_ms(self):
        return self.now + SERVER_AHEAD_MS

    def error_ms(self):
        return abs(self.clock.now() - self.server_ms())

    def run(self, until_ms):
        while self._due and self._due[0][0] <= until_ms:
            self.now, _, happen = heapq.heappop(self._due)
            happen()
        self.now = until_ms

    def _at(self, at_ms, happen):
        heapq.heappush(self._due, (at_ms, next(self._order), happen))

    def _carry(self, direction, happen):
        mean_ms, sd_ms = self.way
        spike = 3 if self.dice.random() < 0.01 else 1
        delay_ms = max(mean_ms - 1.5 * sd_ms, self.dice.gauss(mean_ms, sd_ms)) * spike
        self._last[direction] = max(self._last[direction], self.now + delay_ms)
        self._at(self._last[direction], happen)

    def _ping(self):
        frame = self.clock.ping()
        self._carry("up", lambda: self._answer(frame))
        self._at(self.now + self.clock.gap_s() * 1000, self._ping)

    def _answer(self, frame):
        pong = {"t0": frame["t0"], "t1": self.server_ms(), "t2": self.server_ms()}
        self._carry("down", lambda: self.clock.take_pong(pong))


def p95(errors):
    return sorted(errors)[int(len(errors) * 0.95)]


def errors_after(until_ms, way, count=60):
    worlds = [World(seed, way, offset_ms=137_000, ppm=40) for seed in range(count)]
    for world in worlds:
        world.run(until_ms)
    return [world.error_ms() for world in worlds]


def test_after_twelve_seconds_on_a_jittery_way_it_is_good_to_five_milliseconds():
    assert p95(errors_after(12_000, MIDDLING)) <= 5


def test_it_is_usable_two_seconds_after_connecting():
    assert p95(errors_after(2_000, MIDDLING)) <= 16


def test_a_far_way_and_a_drifting_crystal_cost_little():
    assert p95(errors_after(60_000, FAR, count=30)) <= 20


def test_a_way_that_is_slower_back_costs_no_more_than_the_bound():
    estimator = ClockEstimator()
    for at in range(0, 3000, 100):
        estimator.add_pong(at, at + 590, at + 590, at + 100)
    assert abs(estimator.offset_at(3000) - 500) == pytest.approx(40)
    assert estimator.bound_at(3000) == pytest.approx(50, abs=0.1)


def test_a_clock_that_jumps_is_noticed_and_measured_anew():
    estimator = ClockEstimator()
    for at in range(0, 1000, 100):
        assert estimator.add_pong(at, at + 1010, at + 1010, at + 20)
    assert not estimator.add_pong(31_000, 2010, 2010, 31_020)
    assert estimator.offset_at(31_020) == pytest.approx(2010 - 31_010)


def test_a_pong_that_nobody_asked_for_or_twice_or_too_late_changes_nothing():
    now = [0.0]
    clock = ServerClock(local_ms=lambda: now[0])
    clock.take_pong({"t0": 7, "t1": 1, "t2": 1})
    assert clock.bound_ms == float("inf")
    asked = clock.ping()
    now[0] = 20_000.0
    clock.take_pong({"t0": asked["t0"], "t1": 1, "t2": 1})
    assert (clock.offset_ms, clock.sure) == (0.0, False)


def test_the_server_may_be_read_off_a_push_until_there_is_a_pong():
    clock = ServerClock(local_ms=lambda: 100.0)
    clock.take_push(5000.0)
    assert clock.now() == 5000


def test_fifteen_pings_in_a_row_and_then_one_a_second_out_of_step():
    clock = ServerClock(local_ms=lambda: 0.0, chance=iter([0.0, 0.5, 1.0]).__next__)
    clock.burst()
    gaps = [clock.gap_s() for _ in range(17)]
    assert gaps == [*[0.1] * 14, 0.8, 1.0, 1.2]


def test_a_jittery_way_is_measured_longer():
    clock = ServerClock(local_ms=lambda: 0.0, chance=lambda: 0.5)
    clock.burst()
    for rtt in range(0, 300, 20):
        clock._estimator.add_pong(0, 1000, 1000, rtt)
    gaps = [clock.gap_s() for _ in range(60)]
    assert (gaps[:14], gaps[14:53]) == ([0.1] * 14, [0.25] * 39)
    assert set(gaps[53:]) == {1.0}


def test_the_browser_computes_the_same_from_the_same_stamps():
    dice = random.Random(7)
    pongs = []
    for at in range(0, 90_000, 300):
        forth, back = dice.uniform(20, 160), dice.uniform(20, 160)
        pongs.append([at, at + 40_000 + forth, at + 40_001 + forth, at + forth + back + 1])
    said = subprocess.run(
        [needed("node", "nodejs"), "--input-type=module", "-e", BROWSER, json.dumps(pongs)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    estimator, ours = ClockEstimator(), []
    for t0, t1, t2, t3 in pongs:
        estimator.add_pong(t0, t1, t2, t3)
        ours.append([estimator.offset_at(t3), estimator.bound_at(t3), estimator.rtt_ms])
    theirs = json.loads(said.stdout)
    for mine, its in zip(ours, theirs, strict=True):
        assert mine == pytest.approx(its, abs=1e-6)


BROWSER = """
import { ClockEstimator } from "./static/js/lib/clock.js";
const clock = new ClockEstimator();
const rows = JSON.parse(process.argv[1]).map(([t0, t1, t2, t3]) => {
  clock.addPong({ t0, t1, t2 }, t3);
  return [clock.offsetAt(t3), clock.boundAt(t3), clock.rttMs];
});
console.log(JSON.stringify(rows));
"""
