/** Polls in words: who leads, how one ended. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { leading, resultWords } from "./poll.js";

/** @param {number[]} counts @returns {any} */
const poll = (counts) => ({ options: ["A", "B", "C"], counts, voters: 5 });

test("one option leads, or none does", () => {
  assert.equal(leading(poll([1, 3, 0])), 1);
  assert.equal(leading(poll([2, 2, 0])), -1);
  assert.equal(leading(poll([0, 0, 0])), -1);
});

test("the result is a sentence", () => {
  assert.equal(resultWords("Now?", poll([1, 3, 0])), "The poll “Now?” is closed: B, 3 of 5.");
  assert.equal(
    resultWords("Now?", poll([0, 0, 0])),
    "The poll “Now?” is closed, without a winner.",
  );
});
