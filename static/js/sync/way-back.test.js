/** Coming back: after the others instead of a jump, from being away, after a pause from outside. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Course } from "./course.js";
import { CHASE, CHROMIUM, COARSE, START } from "./settings.js";
import { pair } from "./sim/room.js";
import { Comeback, wayBack } from "./way-back.js";

/** @param {import("./sim/room.js").Viewer} viewer */
const seeksOf = ({ session }) => /** @type {any} */ (session.diagnostics()).seeks;

/** @type {[string, Parameters<typeof wayBack>[0], string][]} */
const WAYS_BACK = [
  ["who chose nothing jumps", { chosen: "jump", behindMs: 5000, profile: CHROMIUM }, "jump"],
  ["who chose to run runs", { chosen: "run", behindMs: 5000, profile: CHROMIUM }, "run"],
  ["a moment is for a burst", { chosen: "run", behindMs: 20, profile: CHROMIUM }, "jump"],
  ["whoever is ahead jumps", { chosen: "run", behindMs: -5000, profile: CHROMIUM }, "jump"],
  ["too far is too far", { chosen: "run", behindMs: CHASE.mostMs + 1, profile: CHROMIUM }, "jump"],
  ["where rates are coarse", { chosen: "run", behindMs: 5000, profile: COARSE }, "jump"],
];
for (const [words, now, way] of WAYS_BACK)
  test(`the way back: ${words}`, () => assert.equal(wayBack(now), way));

/**
 * A player at 50 s of a film whose room is at 60 s and for which a jump takes a second.
 * @param {{way?: "jump" | "run", durationS?: number}} [chosen]
 */
function behind({ way = "jump", durationS = 600 } = {}) {
  const clock = /** @type {any} */ ({ now: () => 60_000 });
  const course = new Course({ clock, timers: /** @type {any} */ ({}), durationS });
  course.next = /** @type {any} */ ({
    item_id: "film",
    paused: false,
    position: 0,
    rate: 1,
    at: 0,
  });
  course.turn();
  /** @type {any[]} */
  const steps = [];
  const take =
    (/** @type {string} */ name) =>
    (/** @type {any[]} */ ...how) =>
      void steps.push([name, ...how]);
  const player = {
    read: () => ({ positionS: 50, atMs: 0 }),
    paused: () => false,
    ready: () => true,
  };
  const comeback = new Comeback({
    ...{ clock, course, pace: { way }, profile: CHROMIUM },
    player: /** @type {any} */ (player),
    launch: /** @type {any} */ ({ leadMs: () => 1000 }),
    steps: { rest: take("rest"), arm: take("arm"), start: take("start"), chase: take("chase") },
  });
  return { comeback, steps };
}

test("each jump that came too late gets half as much time more, and the fourth just starts", () => {
  const { comeback, steps } = behind();
  comeback.jump();
  for (let i = 0; i < START.rejoinTries; i++) comeback.missed();
  comeback.commanded();
  comeback.missed();
  assert.deepEqual(
    steps.map(([, { positionS }, { hurry }]) => [positionS, hurry]),
    [
      [61, false],
      [61.5, false],
      [62, false],
      [62.5, true],
      [61.5, false],
    ],
  );
});

test("what mends a stall by a jump says so, what runs after the others does not", () => {
  const jumps = behind();
  jumps.comeback.mend(true);
  assert.deepEqual([jumps.comeback.stalled, jumps.steps[0][0]], [true, "arm"]);
  const runs = behind({ way: "run" });
  runs.comeback.mend(true);
  assert.deepEqual([runs.comeback.stalled, runs.steps], [false, [["chase"]]]);
});

test("who cannot be back before the film is over stands at its end", () => {
  const { comeback, steps } = behind({ durationS: 60.5 });
  comeback.jump();
  assert.deepEqual(steps, [["rest", 60.5]]);
});

test("after a stall who chose so runs after the others, at a tenth more, and sees all of it", async () => {
  const room = await pair(31);
  const viewer = room.viewers[1];
  viewer.session.pace.way = "run";
  const seeks = seeksOf(viewer);
  viewer.player.stall(3000);
  await room.pass(8);
  const { state, chasing } = viewer.session.state;
  assert.deepEqual([state, chasing], ["catching_up", true]);
  assert.equal(viewer.player.rates.at(-1), 1.1);
  assert.ok(room.viewers[0].player.moving, "nobody else is disturbed");
  const at = room.world.now;
  await room.pass(40);
  assert.deepEqual([viewer.session.state.state, viewer.session.state.chasing], ["in_sync", false]);
  assert.equal(seeksOf(viewer), seeks);
  assert.ok(room.settledAfter(at, 16.7) < 32_000, `${room.settledAfter(at, 16.7)} ms`);
});

test("from watching on one's own, too; and one press jumps after all", async () => {
  const room = await pair(32);
  const { session, player } = room.viewers[1];
  session.pace.way = "run";
  session.detach();
  player.pause();
  await room.pass(6);
  const stoodS = player.truth();
  session.resync();
  await room.pass(1);
  assert.ok(player.moving && player.truth() - stoodS < 1.3, "it goes on from where one was");
  await room.pass(8);
  assert.equal(session.state.state, "catching_up", "and is not called out of sync meanwhile");
  session.resync();
  await room.pass(3);
  assert.deepEqual([session.state.state, session.state.chasing], ["in_sync", false]);
  const [one, other] = room.record.at(-1)?.places ?? [0, 9];
  assert.ok(Math.abs(one - other) < 0.05);
});

test("another speed of the room is caught up with at a tenth more than that", async () => {
  const room = await pair(33);
  const { session, player } = room.viewers[1];
  session.pace.way = "run";
  player.stall(3000);
  await room.pass(6);
  room.server.command("rate", { rate: 1.5 });
  await room.pass(2);
  assert.ok(Math.abs((player.rates.at(-1) ?? 0) - 1.65) < 1e-9);
  room.server.command("pause");
  await room.pass(3);
  assert.deepEqual([session.state.chasing, session.state.state], [false, "in_sync"]);
});

test("what a media key stopped stands for a moment, then is where the others are", async () => {
  const room = await pair(36);
  const { session, player } = room.viewers[1];
  let heard = 0;
  session.on("external_pause", () => heard++);
  player.pause();
  await room.pass(0.8);
  assert.deepEqual([player.moving, heard], [false, 1]);
  const at = room.world.now;
  await room.pass(15);
  assert.deepEqual([player.moving, session.state.state, heard], [true, "in_sync", 1]);
  assert.ok(room.settledAfter(at, 16.7) <= 6000, `${room.settledAfter(at, 16.7)} ms`);
});
