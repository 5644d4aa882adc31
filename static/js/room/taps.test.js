/** Taps on the film, in a time of our own. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { DOUBLE_MS, isTap, jumpText, MORE_MS, sideOf, Taps } from "./taps.js";

function rig() {
  /** @type {number[]} */
  const jumps = [];
  return { jumps, taps: new Taps((totalS) => jumps.push(totalS)) };
}

test("the first tap is the controls' at once, wherever it is", () => {
  for (const side of /** @type {const} */ ([-1, 0, 1]))
    assert.deepEqual(rig().taps.tap(side, 0), { kind: "controls" });
});

test("two taps on one side jump ten seconds, once they are over", () => {
  const { taps, jumps } = rig();
  taps.tap(-1, 0);
  assert.deepEqual(taps.tap(-1, 200), { kind: "jump", totalS: -10, first: true });
  assert.equal(taps.dueMs, 200 + MORE_MS);
  taps.look(200 + MORE_MS - 1);
  assert.deepEqual(jumps, [], "another tap may come");
  taps.look(200 + MORE_MS);
  assert.deepEqual(jumps, [-10]);
  assert.equal(taps.dueMs, null);
  taps.look(99_000);
  assert.deepEqual(jumps, [-10], "and never twice");
});

test("more taps make one longer jump", () => {
  const { taps, jumps } = rig();
  const said = [0, 200, 500, 1000].map((atMs) => taps.tap(1, atMs));
  assert.deepEqual(said.slice(1), [
    { kind: "jump", totalS: 10, first: true },
    { kind: "jump", totalS: 20, first: false },
    { kind: "jump", totalS: 30, first: false },
  ]);
  taps.look(1000 + MORE_MS);
  assert.deepEqual(jumps, [30]);
});

test("two slow taps are two taps", () => {
  const { taps, jumps } = rig();
  taps.tap(1, 0);
  assert.deepEqual(taps.tap(1, DOUBLE_MS + 1), { kind: "controls" });
  assert.equal(taps.dueMs, null);
  assert.deepEqual(jumps, []);
});

test("the middle never jumps", () => {
  const { taps } = rig();
  taps.tap(0, 0);
  assert.deepEqual(taps.tap(0, 100), { kind: "controls" });
});

test("a tap on the other side ends the jump first", () => {
  const { taps, jumps } = rig();
  taps.tap(1, 0);
  taps.tap(1, 100);
  assert.deepEqual(taps.tap(-1, 300), { kind: "controls" });
  assert.deepEqual(jumps, [10]);
  assert.deepEqual(taps.tap(-1, 500), { kind: "jump", totalS: -10, first: true });
});

test("a tap that comes too late ends the jump, and begins anew", () => {
  const { taps, jumps } = rig();
  taps.tap(1, 0);
  taps.tap(1, 100);
  assert.deepEqual(taps.tap(1, 100 + MORE_MS), { kind: "controls" });
  assert.deepEqual(jumps, [10]);
});

test("who stays or moves did not tap", () => {
  const down = { atMs: 0, x: 10, y: 10 };
  assert.equal(isTap(down, { atMs: 90, x: 12, y: 9 }), true);
  assert.equal(isTap(down, { atMs: 900, x: 10, y: 10 }), false);
  assert.equal(isTap(down, { atMs: 90, x: 10, y: 60 }), false);
});

test("the sides are thirds, and a jump is written with a real minus", () => {
  assert.deepEqual(
    [0, 119, 121, 239, 241, 360].map((x) => sideOf(x, 360)),
    [-1, -1, 0, 0, 1, 1],
  );
  assert.equal(jumpText(-20), "−20 s");
  assert.equal(jumpText(10), "+10 s");
});
