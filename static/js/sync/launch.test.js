/** Sending a player to a place: each start is to be like the others, or none can be foretold. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { LatencyBook } from "./latency.js";
import { Launch } from "./launch.js";
import { SimPlayer } from "./sim/player.js";
import { Dice, deviceTimers, World } from "./sim/world.js";

async function watching() {
  const world = new World();
  const timers = deviceTimers(world);
  const player = new SimPlayer(world, new Dice(1), timers.now, { noiseMs: 0, startJitterMs: 0 });
  const clock = /** @type {any} */ ({ known: true, toLocal: (/** @type {number} */ ms) => ms });
  const launch = new Launch({
    ...{ player, timers, clock, latencies: new LatencyBook("chromium") },
    onStart: () => void player.play(),
    onLate: () => assert.fail("nobody is late here"),
  });
  void player.load(/** @type {any} */ ({ startS: 10 }));
  await world.run(1000);
  launch.arm({ positionS: 10, atMs: 2000, rate: 1 });
  await world.run(5000);
  assert.ok(player.moving);
  return { world, player, launch };
}

/** @param {{world: World, player: SimPlayer}} watched */
async function startedAfterMs({ world, player }) {
  const called = world.now;
  void player.play();
  while (!player.moving) await world.run(world.now + 1);
  return world.now - called;
}

test("what lies ready at its place is not sent there", async () => {
  const { launch } = await watching();
  assert.equal(launch.seeks, 0);
});

test("what has run is sent even to where it stands, so that it starts like any other", async () => {
  const watched = await watching();
  const { world, player, launch } = watched;
  launch.rest(player.truth());
  assert.equal(launch.seeks, 1);
  await world.run(world.now + 1000);
  assert.ok((await startedAfterMs(watched)) > 60);
});

test("… once", async () => {
  const { world, player, launch } = await watching();
  launch.rest(player.truth());
  await world.run(world.now + 1000);
  launch.rest(player.truth());
  assert.equal(launch.seeks, 1);
});
