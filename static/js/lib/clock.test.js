/** The server's clock behind wrong clocks and jittery ways. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, wire } from "../sync/sim/network.js";
import { Dice, deviceTimers, World } from "../sync/sim/world.js";
import { ClockEstimator, ServerClock } from "./clock.js";

const SERVER_AHEAD_MS = 1_700_000_000_000;

/**
 * A device on a wrong clock behind a way; answers its clock and the world it lives in.
 * @param {number} seed
 * @param {import("../sync/sim/network.js").Way} way
 * @param {{offsetMs?: number, ppm?: number}} [wrong]
 */
function device(seed, way, wrong = {}) {
  const world = new World();
  const dice = new Dice(seed);
  const timers = deviceTimers(world, wrong);
  const server = () => world.now + SERVER_AHEAD_MS;
  const down = wire(world, dice, way, (pong) => clock.onPong(pong));
  const up = wire(world, dice, way, ({ t0 }) => down({ t0, t1: server(), t2: server() }));
  const clock = new ServerClock({ timers, send: up, random: () => dice.roll() });
  clock.burst();
  return { world, clock, errorMs: () => clock.now() - server() };
}

/** @param {number[]} values */
const p95 = (values) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Infinity;

test("two seconds after joining the clock is good to a few milliseconds", async () => {
  const errors = [];
  for (let seed = 1; seed <= 60; seed++) {
    const { world, errorMs } = device(seed, WAYS.middling, { offsetMs: 137_000, ppm: 40 });
    await world.run(2000);
    errors.push(Math.abs(errorMs()));
  }
  assert.ok(p95(errors) <= 16, `p95 ${p95(errors).toFixed(1)} ms`);
});

test("after half a minute even a far way is known to a few milliseconds, drift or not", async () => {
  const errors = [];
  for (let seed = 1; seed <= 30; seed++) {
    const { world, errorMs } = device(seed, WAYS.far, { offsetMs: -95_000, ppm: -35 });
    await world.run(30_000);
    errors.push(Math.abs(errorMs()));
  }
  assert.ok(p95(errors) <= 20, `p95 ${p95(errors).toFixed(1)} ms`);
});

test("a way that is slower in one direction costs no more than the bound it admits", async () => {
  const estimator = new ClockEstimator();
  for (let at = 0; at < 3000; at += 100)
    estimator.addPong({ t0: at, t1: at + 500 + 90, t2: at + 500 + 90 }, at + 100);
  const error = Math.abs(estimator.offsetAt(3000) - 500);
  assert.equal(error, 40);
  assert.ok(error <= estimator.boundAt(3000) + 0.1);
});

test("a clock that jumps is noticed and measured anew", () => {
  const estimator = new ClockEstimator();
  for (let at = 0; at < 1000; at += 100)
    estimator.addPong({ t0: at, t1: at + 1010, t2: at + 1010 }, at + 20);
  assert.equal(estimator.addPong({ t0: 31_000, t1: 2010, t2: 2010 }, 31_020), false);
  assert.ok(Math.abs(estimator.offsetAt(31_020) - (2010 - 31_010)) < 1);
});

test("a pong nobody asked for, or a broken one, changes nothing", () => {
  const { clock } = device(1, WAYS.near);
  const before = clock.offsetMs;
  clock.onPong({ t0: 123_456, t1: 1, t2: 1 });
  clock.onPong(/** @type {any} */ ({ t0: null, t1: "x" }));
  clock.onPong(/** @type {any} */ (null));
  assert.equal(clock.offsetMs, before);
});

test("it pings quickly at first and once a second afterwards", async () => {
  const world = new World();
  /** @type {number[]} */
  const pings = [];
  const clock = new ServerClock({
    timers: deviceTimers(world),
    send: () => pings.push(world.now),
    random: () => 0.5,
  });
  clock.burst();
  await world.run(1450);
  assert.equal(pings.length, 15);
  await world.run(20_000);
  const steady = pings.slice(-5).map((at, i, all) => at - (all[i - 1] ?? at));
  assert.deepEqual(steady.slice(1), [1000, 1000, 1000, 1000]);
  clock.stop();
});
