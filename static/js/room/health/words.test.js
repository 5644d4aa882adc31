/** How a film runs with somebody, as people read it and as it is drawn. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { DriftHistory } from "../drift-history.js";
import { barOf, driftWords, factsOf, sparkOf, standingOf, summaryOf } from "./words.js";

/** @param {Partial<import("./words.js").Row>} [change] @returns {import("./words.js").Row} */
const row = (change) => ({
  user: /** @type {any} */ ({ id: "ana", display_name: "Ana" }),
  state: "playing",
  drift_ms: 3,
  rtt_ms: 20,
  buffered_s: 30,
  quality: 720,
  clock_bound_ms: 2,
  age_ms: 800,
  waited_for: false,
  exempt: false,
  ...change,
});

test("how far a film is off, and which way", () => {
  const said = [0.4, 3.4, -3.4, 999.4, -1_240, 65_000].map(driftWords);
  assert.deepEqual(said, [
    "exactly in step",
    "3 ms behind",
    "3 ms ahead",
    "999 ms behind",
    "1.2 s ahead",
    "65 s behind",
  ]);
});

/** @type {[Partial<import("./words.js").Row>, string][]} */
const STANDINGS = [
  [{}, "In sync"],
  [{ drift_ms: -46 }, "Catching up"],
  [{ state: "paused", drift_ms: null }, "Paused"],
  [{ state: "ready", drift_ms: null }, "Ready to go"],
  [{ state: "buffering", drift_ms: null }, "Buffering"],
  [{ state: "buffering", drift_ms: null, waited_for: true }, "The room waits"],
  [{ state: "detached", drift_ms: null }, "Not following"],
  [{ age_ms: 14_000 }, "Not heard of for 14 s"],
];
for (const [change, words] of STANDINGS)
  test(`standing: ${words}`, () => assert.equal(standingOf(row(change)).words, words));

test("one sentence says how everybody does", () => {
  const said = (/** @type {import("./words.js").Row[]} */ ...rows) => summaryOf(rows, "mara");
  const bad = row({ state: "buffering", drift_ms: null });
  const own = { ...bad, user: /** @type {any} */ ({ id: "mara", display_name: "Mara" }) };
  assert.equal(said(row(), row()), "Everybody is in step");
  assert.equal(said(row(), row({ state: "detached" })), "Everybody is in step");
  assert.equal(said(row(), bad, own), "Out of step: Ana and you");
  assert.equal(said(bad, bad, bad, bad, row()), "4 people are out of step");
  assert.equal(said(row({ state: "paused" })), "The film stands still");
  assert.equal(said(), "The film stands still");
});

test("facts have units, and a dash where nothing is known", () => {
  const facts = (/** @type {any} */ change) =>
    factsOf({
      driftMs: null,
      rttMs: 41.4,
      bufferedS: 12.4,
      heightPx: 720,
      clockBoundMs: 1.84,
      ...change,
    }).map(({ value }) => value);
  assert.deepEqual(facts({}), ["41 ms", "12 s", "720p", "± 1.8 ms"]);
  assert.deepEqual(facts({ rttMs: null, heightPx: 0, clockBoundMs: null }), [
    "–",
    "12 s",
    "–",
    "–",
  ]);
  assert.equal(facts({ clockBoundMs: 64.2 })[3], "± 64 ms");
  assert.equal(facts({ clockBoundMs: 0.02 })[3], "± 0.1 ms", "no clock is perfect");
});

test("the bar begins in the middle: behind is left, ahead is right, and it ends at the edge", () => {
  assert.deepEqual(barOf(0), { x: 50, width: 0 });
  assert.deepEqual(barOf(100), { x: 25, width: 25 });
  assert.deepEqual(barOf(-100), { x: 50, width: 25 });
  assert.deepEqual(barOf(9_000), { x: 0, width: 50 });
});

test("the last minute is a look a second, and older ones go", () => {
  const history = new DriftHistory();
  for (let atMs = 0; atMs <= 90_000; atMs += 250) history.note(atMs / 1_000, atMs);
  assert.equal(history.looks.length, 60);
  assert.deepEqual(history.looks.at(-1), { atMs: 90_000, driftMs: 90 });
  assert.equal(history.looks[0].atMs, 31_000);
});

test("its line breaks where nothing was measured and ends at the right", () => {
  const looks = [
    { atMs: 40_000, driftMs: 10 },
    { atMs: 50_000, driftMs: null },
    { atMs: 90_000, driftMs: -25 },
    { atMs: 100_000, driftMs: 0 },
  ];
  assert.deepEqual(sparkOf(looks, 100_000), {
    path: "M0.0 16.0M50.0 2.0L60.0 12.0",
    mostMs: 30,
    behindMs: 10,
    aheadMs: 25,
  });
  assert.equal(sparkOf([{ atMs: 0, driftMs: null }], 1_000), null);
});
