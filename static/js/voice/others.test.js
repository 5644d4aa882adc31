/** What is known of the others: lines that come, break, come back, or never come. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Store } from "../lib/store.js";
import { OUT } from "./call-state.js";
import { Others } from "./others.js";

/** @param {import("node:test").TestContext} t */
function rig(t) {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const state = new Store(OUT);
  const others = new Others(state, () => "ana");
  return { others, state, line: () => state.value.pairs.s, tick: t.mock.timers.tick };
}

test("a line that does not come about for long could not connect", (t) => {
  const { others, line } = rig(t);
  others.line("s", "connecting");
  t.mock.timers.tick(24_000);
  others.line("s", "connecting");
  assert.equal(line(), "connecting", "the first seconds are no fault");
  t.mock.timers.tick(1_000);
  assert.equal(line(), "unreached");
});

test("further attempts in vain do not change the words; one that succeeds does", (t) => {
  const { others, line } = rig(t);
  others.line("s", "lost");
  t.mock.timers.tick(25_000);
  others.line("s", "connecting");
  assert.equal(line(), "unreached");
  others.line("s", "connected");
  assert.equal(line(), "connected");
  others.line("s", "lost");
  assert.equal(line(), "lost", "the patience is a fresh one");
});

test("nobody waits for those who left, nor after the call", (t) => {
  const { others, state } = rig(t);
  others.line("s", "connecting");
  others.drop("s");
  others.line("r", "connecting");
  others.clear();
  state.set(OUT);
  t.mock.timers.tick(60_000);
  assert.deepEqual(state.value.pairs, {});
});

test("a measurement that comes back after the call is dropped", async (t) => {
  const { others, state } = rig(t);
  /** @type {(found: any) => void} */
  let answer = () => {};
  const measured = new Promise((resolve) => {
    answer = resolve;
  });
  others.watch(/** @type {any} */ ({ heard: () => [], quality: () => measured }));
  t.mock.timers.tick(2_000);
  others.clear();
  answer(new Map([["s", {}]]));
  await measured;
  assert.equal(state.value.quality.size, 0);
});
