/** Which files may come. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { refusal, titleOf } from "./files.js";

const LIMIT = 1000;

test("it takes films by name or by kind", () => {
  assert.equal(refusal({ name: "A.MKV", size: 1, type: "" }, LIMIT), null);
  assert.equal(refusal({ name: "film", size: 1, type: "video/mp4" }, LIMIT), null);
});

test("it refuses what is no film, is empty or is too large, and says which file", () => {
  assert.match(refusal({ name: "a.txt", size: 1, type: "text/plain" }, LIMIT) ?? "", /“a.txt”/);
  assert.match(refusal({ name: "a.mp4", size: 0, type: "" }, LIMIT) ?? "", /empty/);
  assert.match(refusal({ name: "a.mp4", size: 2000, type: "" }, LIMIT) ?? "", /2 kB.*1 kB/);
});

test("a title is the name without its ending", () => {
  assert.equal(titleOf("The Lock.mkv"), "The Lock");
  assert.equal(titleOf("S01.E02.mp4"), "S01.E02");
  assert.equal(titleOf(".mp4"), ".mp4");
  assert.equal(titleOf("Mr. Nobody"), "Mr. Nobody");
});
