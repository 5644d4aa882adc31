/** The seek bar's arithmetic. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { bufferedEnd, keyTarget, redrawMs, spoken, timeAt } from "./seek.js";

test("a pointer's place is a time, never outside the film", () => {
  assert.equal(timeAt(50, 200, 600), 150);
  assert.equal(timeAt(-9, 200, 600), 0);
  assert.equal(timeAt(999, 200, 600), 600);
  assert.equal(timeAt(5, 0, 600), 0);
});

test("keys of the slider move, leap and stop at the ends", () => {
  assert.equal(keyTarget("ArrowRight", 10, 600), 15);
  assert.equal(keyTarget("ArrowLeft", 3, 600), 0);
  assert.equal(keyTarget("PageUp", 580, 600), 600);
  assert.equal(keyTarget("Home", 80, 600), 0);
  assert.equal(keyTarget("End", 80, 600), 600);
  assert.equal(keyTarget("x", 80, 600), null);
});

test("in a film of unknown length keys move from here, and nobody is sent to the start", () => {
  assert.equal(keyTarget("ArrowRight", 80, 0), 85);
  assert.equal(keyTarget("ArrowLeft", 80, 0), 75);
  assert.equal(keyTarget("ArrowLeft", 3, 0), 0);
  assert.equal(keyTarget("PageDown", 80, 0), 20);
  assert.equal(keyTarget("End", 80, 0), null);
  assert.equal(keyTarget("Home", 80, 0), 0);
});

test("it reads as people say it", () => {
  assert.equal(spoken(723, 0), "12:03");
  assert.equal(spoken(723, 6000), "12:03 of 1:40:00");
});

test("what is loaded ends with the range one stands in", () => {
  const ranges = {
    length: 2,
    start: (/** @type {number} */ i) => [0, 50][i],
    end: (/** @type {number} */ i) => [20, 90][i],
  };
  assert.equal(bufferedEnd(ranges, 10), 20);
  assert.equal(bufferedEnd(ranges, 60), 90);
  assert.equal(bufferedEnd(ranges, 30), 30);
  assert.equal(bufferedEnd(ranges, 49.8), 90);
});

test("a short film's bar moves often, a long one's as often as it shows", () => {
  assert.equal(redrawMs(10, 500), 33);
  assert.equal(redrawMs(6000, 500), 250);
  assert.equal(redrawMs(0, 500), 250, "only the words move");
});
