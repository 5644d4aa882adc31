/** Keeping step in one's own way: what is remembered, running dry, and not being waited for. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { DryWatch } from "./dry.js";
import { OwnPace } from "./own-pace.js";
import { DRY } from "./settings.js";
import { pair } from "./sim/room.js";

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
