/** Keeping step in one's own way: not waited for, and coming back by running instead of jumping. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { DryWatch } from "./dry.js";
import { OwnPace, wayBack } from "./own-pace.js";
import { CHASE, CHROMIUM, COARSE, DRY } from "./settings.js";
import { WAYS } from "./sim/network.js";
import { SimRoom } from "./sim/room.js";

/** @param {number} seed */
async function pair(seed) {
  const room = new SimRoom(seed);
  room.join({ way: WAYS.near });
  room.join({ way: WAYS.middling });
  await room.pass(4);
  room.server.command("play");
  await room.pass(20);
  return room;
}

/** @param {import("./sim/room.js").Viewer} viewer */
const seeksOf = ({ session }) => /** @type {any} */ (session.diagnostics()).seeks;

const memory = () => {
  const kept = new Map();
  return {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
  };
};

test("what one chose is remembered, can be taken back, and a garbled memory is no harm", () => {
  const store = memory();
  let heard = 0;
  const pace = new OwnPace(store, () => heard++);
  assert.deepEqual([pace.unwaited, pace.way], [false, "jump"]);
  pace.unwaited = true;
  pace.way = "run";
  const later = new OwnPace(store, () => {});
  assert.deepEqual([later.unwaited, later.way, heard], [true, "run", 2]);
  later.unwaited = false;
  assert.equal(new OwnPace(store, () => {}).unwaited, false);
  store.setItem("syncwatch.sync.pace", "{{");
  assert.deepEqual(new OwnPace(store, () => {}).way, "jump");
});

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

/** @param {(atS: number) => number} aheadAt @param {number} [leftS] */
function judged(aheadAt, leftS = 600) {
  const watch = new DryWatch();
  let dry = false;
  for (let atS = 0; atS <= 10; atS += 0.05)
    dry = watch.look({ atMs: atS * 1000, aheadS: aheadAt(atS), leftS: leftS - atS, rate: 1 });
  return dry;
}

/** @type {[string, (atS: number) => number, number | undefined, boolean][]} */
const SUPPLIES = [
  ["plenty that falls", (atS) => 20 - atS, undefined, false],
  ["little that falls", (atS) => 11 - atS, undefined, true],
  ["little that stays", () => 1, undefined, false],
  ["little that grows", (atS) => 0.5 + atS / 20, undefined, false],
  ["the end of the film", (atS) => 11 - atS, 11, false],
];
for (const [words, aheadAt, leftS, dry] of SUPPLIES)
  test(`running dry: ${words}: ${dry}`, () => assert.equal(judged(aheadAt, leftS), dry));

test("running dry is over when enough lies ahead again", () => {
  const watch = new DryWatch();
  const at = (/** @type {number} */ atS, /** @type {number} */ aheadS) =>
    watch.look({ atMs: atS * 1000, aheadS, leftS: 600, rate: 1 });
  for (let atS = 0; atS < 2; atS += 0.1) at(atS, 2.9 - atS);
  assert.equal(at(2.1, 0.8), true);
  assert.equal(at(2.2, DRY.enoughS - 0.1), true, "not at the first drop");
  assert.equal(at(2.3, DRY.enoughS + 0.1), false);
});

test("with waiting on the room waits before the film stands still for anybody", async () => {
  const room = await pair(34);
  room.server.wait = true;
  const { id, session, player } = room.viewers[1];
  player.dryUp(4, 9000);
  await room.pass(3.8);
  assert.deepEqual(room.server.timeline.hold?.by, [id]);
  await room.pass(0.5);
  const stalls = () => /** @type {any} */ (session.diagnostics()).stalls;
  assert.equal(stalls(), 0);
  const places = room.record.at(-1)?.places ?? [];
  assert.ok(Math.abs(places[0] - places[1]) < 0.001, "all stand at the same picture");
  await room.pass(8);
  assert.equal(room.server.timeline.hold, null);
  assert.ok(room.viewers.every((each) => each.player.moving));
  assert.equal(stalls(), 0);
});

test("nobody waits for whoever asked for that, until they take it back", async () => {
  const room = await pair(35);
  room.server.wait = true;
  const { session, player } = room.viewers[1];
  const heldFor = () => room.server.timeline.hold?.reason ?? null;
  session.pace.unwaited = true;
  player.stall(2000);
  await room.pass(2);
  assert.equal(heldFor(), null);
  session.exempt = true; // they step away …
  session.exempt = false; // … and come back
  await room.pass(6);
  player.stall(2000);
  await room.pass(2);
  assert.equal(heldFor(), null, "coming back does not take the choice back");
  session.pace.unwaited = false;
  await room.pass(6);
  player.stall(3000);
  await room.pass(2);
  assert.equal(heldFor(), "buffering");
});
