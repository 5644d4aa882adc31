/** Order, gaps and repeats of kept events. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Sequencer } from "./sequencer.js";

/** @param {number} seq */
const event = (seq) => ({ type: "chat:message", seq });
/** @param {import("./types.js").Frame[]} events */
const seqs = (events) => events.map(({ seq }) => seq);

test("events in order go straight through", () => {
  const sequencer = new Sequencer();
  sequencer.reset(4);
  assert.deepEqual(seqs(sequencer.push(event(5))), [5]);
  assert.equal(sequencer.gap, false);
});

test("an early event waits for the one before it", () => {
  const sequencer = new Sequencer();
  sequencer.reset(4);
  assert.deepEqual(sequencer.push(event(7)), []);
  assert.deepEqual(seqs(sequencer.push(event(5))), [5]);
  assert.equal(sequencer.gap, true);
  assert.deepEqual(seqs(sequencer.push(event(6))), [6, 7]);
  assert.equal(sequencer.gap, false);
});

test("what was already handed out comes no second time", () => {
  const sequencer = new Sequencer();
  sequencer.reset(4);
  sequencer.push(event(5));
  assert.deepEqual(sequencer.push(event(5)), []);
  assert.deepEqual(sequencer.push(event(3)), []);
});

test("passing events have no order", () => {
  const sequencer = new Sequencer();
  assert.equal(sequencer.push({ type: "sync:members" }).length, 1);
});

test("a fresh snapshot closes the gap it covers and hands out what lies behind it", () => {
  const sequencer = new Sequencer();
  sequencer.reset(4);
  sequencer.push(event(7));
  sequencer.push(event(9));
  sequencer.reset(8);
  assert.deepEqual(seqs(sequencer.due()), [9]);
  assert.equal(sequencer.gap, false);
});
