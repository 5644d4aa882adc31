/** Where the line "New" stands, and how often the server hears how far one is. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { message } from "../room/fixtures/people.js";
import { firstNew, Reading } from "./reading.js";

/** @param {number} minute */
const at = (minute) => `2026-11-22T10:0${minute}:00Z`;
const said = [
  message("a", 1, "mara", { created_at: at(1) }),
  message("b", 2, "ana", { created_at: at(2) }),
  message("c", 3, "mara", { created_at: at(3), kind: "system" }),
  message("d", 4, "mara", { created_at: at(4) }),
];

test("new is the first word of somebody else behind the place where one stopped", () => {
  assert.deepEqual(firstNew(said, { id: "a", at: at(1) }, "ana"), { id: "d", sure: true });
  assert.deepEqual(firstNew(said, { id: "d", at: at(4) }, "ana"), { id: null, sure: true });
  assert.deepEqual(firstNew(said, null, "ana"), { id: null, sure: true });
});

test("where that was taken back, its time says it; what is older may say otherwise", () => {
  assert.deepEqual(firstNew(said, { id: "gone", at: at(2) }, "ana"), { id: "d", sure: true });
  assert.deepEqual(firstNew(said, { id: "older", at: at(0) }, "ana"), { id: "a", sure: false });
});

test("the line is looked for until it is sure, and stays", () => {
  const reading = new Reading({ stopped: { id: "b", at: at(2) }, me: () => "ana", tell() {} });
  assert.equal(
    reading.line(() => said.slice(2)),
    "d",
  );
  assert.equal(
    reading.line(() => said),
    "d",
  );
  assert.equal(
    reading.line(() => said),
    undefined,
  );
});

test("one message is told once, and not more often than every three seconds", () => {
  /** @type {string[]} */
  const told = [];
  let nowMs = 0;
  const reading = new Reading({
    stopped: { id: "a", at: at(1) },
    me: () => "ana",
    tell: (id) => told.push(id),
    now: () => nowMs,
  });
  reading.seen(said[0]);
  reading.seen(null);
  assert.deepEqual(told, []);
  reading.seen(said[1]);
  reading.seen(said[1]);
  assert.deepEqual(told, ["b"]);
  nowMs = 3_000;
  reading.seen(said[3]);
  assert.deepEqual(told, ["b", "d"]);
});
