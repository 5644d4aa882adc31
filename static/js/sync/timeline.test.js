/** Where the room is, what is newer, and what a newer timeline asks of a player. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { clampPosition, planFor, positionAt, TimelineTracker } from "./timeline.js";

/** @param {Partial<import("./types.js").Timeline>} [change] */
const timeline = (change = {}) => ({
  item_id: "film",
  source: "video",
  paused: false,
  position: 10,
  rate: 1,
  at: 1000,
  hold: null,
  seq: 5,
  ...change,
});
/** @param {Partial<{running: any, serverMs: number, leadMs: number, durationS: number | null}>} [change] */
const now = (change = {}) => ({
  running: null,
  serverMs: 0,
  leadMs: 100,
  durationS: null,
  ...change,
});

test("a film stands before its appointment and runs after it", () => {
  assert.equal(positionAt(timeline(), 0), 10);
  assert.equal(positionAt(timeline(), 1000), 10);
  assert.equal(positionAt(timeline(), 3500), 12.5);
  assert.equal(positionAt(timeline({ rate: 2 }), 3500), 15);
  assert.equal(positionAt(timeline({ paused: true }), 99_000), 10);
});

test("no place is before the beginning or past the end", () => {
  assert.equal(positionAt(timeline(), 60_000, 30), 30);
  assert.equal(clampPosition(-5, null), 0);
  assert.equal(clampPosition(50, 0), 50);
});

test("only what is newer is taken", () => {
  const tracker = new TimelineTracker();
  assert.ok(tracker.take(timeline()));
  assert.equal(tracker.take(timeline({ position: 99 })), false);
  assert.equal(tracker.take(timeline({ seq: 4 })), false);
  assert.ok(tracker.take(timeline({ seq: 6 })));
  assert.equal(tracker.take(null), false);
});

test("another epoch starts afresh, whatever the numbers", () => {
  const tracker = new TimelineTracker();
  tracker.takeSnapshot({ epoch: "one", timeline: timeline({ seq: 500 }) });
  assert.equal(tracker.takeSnapshot({ epoch: "one", timeline: timeline({ seq: 3 }) }), false);
  assert.ok(tracker.takeSnapshot({ epoch: "two", timeline: timeline({ seq: 3 }) }));
});

test("nothing on means nothing to do", () => {
  assert.deepEqual(planFor(null, now()), { kind: "idle" });
  assert.deepEqual(planFor(timeline({ item_id: null }), now()), { kind: "idle" });
});

test("an appointment that can be kept is kept", () => {
  assert.deepEqual(planFor(timeline(), now()), { kind: "start_at", atMs: 1000, positionS: 10 });
});

test("an appointment that has passed, or is too near, means joining under way", () => {
  assert.equal(planFor(timeline(), now({ serverMs: 5000 })).kind, "rejoin");
  assert.equal(planFor(timeline(), now({ serverMs: 950 })).kind, "rejoin");
});

test("a run that simply goes on is not interrupted", () => {
  const running = timeline();
  const faster = timeline({ seq: 6, at: 5000, position: 14, rate: 1.5 });
  assert.deepEqual(planFor(faster, now({ running, serverMs: 4000 })), {
    kind: "continue",
    atMs: 5000,
  });
});

test("a pause is kept at its moment while running, at once when standing", () => {
  const pause = timeline({ seq: 6, paused: true, at: 5000, position: 14 });
  const running = timeline();
  assert.equal(planFor(pause, now({ running, serverMs: 4800 })).kind, "pause_at");
  assert.deepEqual(planFor(pause, now({ serverMs: 4800 })), { kind: "rest", positionS: 14 });
  assert.equal(planFor(pause, now({ running, serverMs: 6000 })).kind, "rest");
});

test("another film or another place is no continuation", () => {
  const running = timeline();
  const jump = timeline({ seq: 6, at: 5000, position: 700 });
  const other = timeline({ seq: 6, at: 5000, position: 14, item_id: "other" });
  assert.equal(planFor(jump, now({ running, serverMs: 4000 })).kind, "start_at");
  assert.equal(planFor(other, now({ running, serverMs: 4000 })).kind, "start_at");
});
