/** How good the line to somebody is, in words. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { snapshot } from "./fixtures/people.js";
import { lineOf, lineText } from "./line.js";
import { fromSnapshot } from "./state.js";

/** @param {any} [more] */
const quality = (more) => ({ bars: 4, rttMs: 12.4, lossShare: 0, relayed: false, ...more });

/** @param {string} who @param {Record<string, any>} lines by session @param {any} [call] */
const line = (who, lines, call = {}) => {
  const peers = ["ana", "mara", "bo"].map((id) => ({ session: `s-${id}`, user: { id } }));
  const state = fromSnapshot({ ...snapshot(), voice: { peers } });
  const pairs = Object.fromEntries(Object.keys(lines).map((session) => [session, "connected"]));
  const value = { phase: "in", pairs, quality: new Map(Object.entries(lines)), ...call };
  return lineOf(state, who, /** @type {any} */ ({ state: { value } }));
};

test("words say what the bars draw, and what was measured", () => {
  assert.equal(lineText(quality()), "Good connection · 12 ms");
  assert.equal(lineText(quality({ bars: 3, rttMs: 200 })), "Fair connection · 200 ms");
  const weak = quality({ bars: 2, rttMs: 240, lossShare: 0.042, relayed: true });
  assert.equal(lineText(weak), "Weak connection · 240 ms · 4 % lost · by relay");
  assert.equal(lineText(quality({ bars: 1, rttMs: 900 })), "Bad connection · 900 ms");
});

test("each of the others has the line to them", () => {
  const found = line("mara", { "s-mara": quality({ bars: 2 }), "s-bo": quality() });
  assert.deepEqual(found, { bars: 2, words: "Weak connection · 12 ms" });
});

test("oneself has the weakest of all lines", () => {
  const lines = { "s-mara": quality(), "s-bo": quality({ bars: 1, rttMs: 700 }) };
  assert.deepEqual(line("ana", lines), {
    bars: 1,
    words: "Your weakest line: Bad connection · 700 ms",
  });
  assert.equal(line("ana", { "s-mara": quality() })?.words, "Your line: Good connection · 12 ms");
});

test("nothing is drawn without a call, a person in it, a line, or a measurement", () => {
  const lines = { "s-mara": quality() };
  assert.equal(line("mara", lines, { phase: "out" }), null);
  assert.equal(line("ilya", lines), null);
  assert.equal(line("bo", lines), null);
  assert.equal(line("mara", lines, { pairs: { "s-mara": "lost" } }), null);
  assert.equal(line("mara", { "s-mara": quality({ bars: 0, rttMs: null }) }), null);
  assert.equal(line("ana", {}), null);
});
