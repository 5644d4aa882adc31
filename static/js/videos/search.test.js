/** Finding by name. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { matches } from "./search.js";

test("every word must occur, in any order and any case", () => {
  assert.ok(matches("Sunday Rabbit Club", "rabbit sun"));
  assert.ok(!matches("Sunday Rabbit Club", "rabbit monday"));
});

test("marks on letters do not matter", () => {
  assert.ok(matches("Amélie’s room", "AMELIE"));
  assert.ok(matches("Amelie", "amélie"));
});

test("nothing wanted is everything found", () => {
  assert.ok(matches("anything", ""));
  assert.ok(matches("", "  "));
});
