/** Qualities to choose from. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { AUTO, levelsOf } from "./levels.js";

const levels = [360, 720].map((height) => ({ height, bitrate: height * 1000 }));
/** @param {import("./levels.js").Levels} hls */
const said = (hls) => levelsOf(hls).map(({ id, active, shown }) => [id, active, shown]);

test("nobody chose: it goes by itself, and what is seen is known", () => {
  assert.deepEqual(said({ levels, currentLevel: 1 }), [
    [AUTO, true, false],
    [0, false, false],
    [1, false, true],
  ]);
});

test("a choice counts before it is on the screen, and can be taken back", () => {
  assert.deepEqual(said({ levels, currentLevel: 1, manualLevel: 0 }), [
    [AUTO, false, false],
    [0, true, false],
    [1, false, true],
  ]);
});

test("one quality is no choice", () => {
  assert.deepEqual(said({ levels: levels.slice(0, 1), currentLevel: 0 }), [[0, true, true]]);
  assert.deepEqual(levelsOf({}), []);
});
