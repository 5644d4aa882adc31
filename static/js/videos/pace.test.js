/** The pace of an upload. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Pace } from "./pace.js";

/** @param {[number, number][]} samples milliseconds, bytes */
function paceOf(samples) {
  const pace = new Pace();
  for (const [atMs, done] of samples) pace.add(atMs, done);
  return pace;
}

test("it says nothing before it has looked for a while", () => {
  assert.ok(Number.isNaN(paceOf([]).perSecond));
  const early = paceOf([
    [0, 0],
    [1000, 5_000_000],
  ]);
  assert.ok(Number.isNaN(early.secondsLeft(10_000_000)));
});

test("it tells bytes a second and the seconds that are left", () => {
  const pace = paceOf([
    [0, 0],
    [2000, 2000],
  ]);
  assert.equal(pace.perSecond, 1000);
  assert.equal(pace.secondsLeft(5000), 3);
});

test("only the last seconds count", () => {
  const pace = paceOf([[0, 0]]);
  for (let second = 1; second <= 60; second += 1) pace.add(second * 1000, second * 100);
  for (let second = 61; second <= 80; second += 1)
    pace.add(second * 1000, 6000 + (second - 60) * 1000);
  assert.equal(pace.perSecond, 1000);
});

test("what was there before a resumed upload began does not count as speed", () => {
  const pace = paceOf([
    [0, 1_000_000],
    [2000, 1_002_000],
  ]);
  assert.equal(pace.perSecond, 1000);
});

test("going back begins a new look", () => {
  const pace = paceOf([
    [0, 0],
    [2000, 8000],
    [3000, 4000],
  ]);
  assert.ok(Number.isNaN(pace.perSecond));
  pace.add(5000, 6000);
  assert.equal(pace.perSecond, 1000);
});

test("a pause does not count", () => {
  const pace = paceOf([
    [0, 0],
    [2000, 2000],
  ]);
  pace.reset();
  pace.add(600_000, 2000);
  pace.add(602_000, 4000);
  assert.equal(pace.perSecond, 1000);
});

test("where nothing moves there is no time to tell", () => {
  const pace = paceOf([
    [0, 500],
    [4000, 500],
  ]);
  assert.ok(Number.isNaN(pace.secondsLeft(1000)));
});
