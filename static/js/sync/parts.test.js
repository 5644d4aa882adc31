/** Small parts of the engine: latencies, stalls, reports, words for the chip, the remote. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { LatencyBook, StartProbe } from "./latency.js";
import { addressOf, expiryMs } from "./loader.js";
import { Remote } from "./remote.js";
import { StatusReporter } from "./report.js";
import { START } from "./settings.js";
import { deviceTimers, World } from "./sim/world.js";
import { StallWatch } from "./stall.js";
import { chipState, reportState, unready } from "./view.js";

test("a device's start latency is the median of the last few, within bounds", () => {
  const book = new LatencyBook("chromium");
  assert.equal(book.of("start"), START.startLatencyMs);
  for (const ms of [70, 90, 100_000, -5, 80]) book.learn("start", ms);
  assert.equal(book.of("start"), 80);
  book.learn("start", Number.NaN);
  assert.equal(book.of("start"), 80);
});

test("latencies are remembered, and a garbled memory is no harm", () => {
  const memory = new Map();
  const store = {
    getItem: (/** @type {string} */ key) => memory.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) =>
      void memory.set(key, value),
  };
  new LatencyBook("chromium", store).learn("seek", 222);
  assert.equal(new LatencyBook("chromium", store).of("seek"), 222);
  assert.equal(new LatencyBook("firefox", store).of("seek"), START.seekLatencyMs);
  memory.set([...memory.keys()][0], "{{{");
  assert.equal(new LatencyBook("chromium", store).of("seek"), START.seekLatencyMs);
});

test("a start is timed by the media clock, not by events, and a spoilt one teaches nothing", () => {
  const start = { calledMs: 1000, fromS: 50, rate: 1, settleMs: 300, samples: 3 };
  const probe = new StartProbe(start);
  assert.equal(probe.add({ positionS: 50.1, atMs: 1200 }), null);
  let found = null;
  for (const atMs of [1350, 1400, 1450])
    found = probe.add({ positionS: 50 + (atMs - 1090) / 1000, atMs });
  assert.ok(found !== null && Math.abs(found - 90) < 0.01);
  const spoilt = new StartProbe(start);
  spoilt.spoiled = true;
  assert.equal(spoilt.add({ positionS: 51, atMs: 3000 }), null);
});

test("a player that waits or stands still stalls; a running one does not", () => {
  const watch = new StallWatch();
  const run = (/** @type {number} */ from, /** @type {number} */ speed, ready = true) => {
    let stalled = false;
    for (let at = from; at <= from + 600; at += 50)
      stalled = watch.look({ positionS: (at / 1000) * speed, atMs: at }, { ready, rate: 1 });
    return stalled;
  };
  assert.equal(run(0, 1), false);
  watch.reset();
  assert.equal(run(2000, 0), true);
  watch.reset();
  assert.equal(run(4000, 1, false), true);
});

const calm = {
  timeline: {
    item_id: "film",
    source: "video",
    paused: false,
    position: 0,
    rate: 1,
    at: 0,
    hold: null,
    seq: 1,
  },
  itemId: "film",
  durationS: 60,
  positionS: 1,
  intent: null,
  phase: /** @type {const} */ ("running"),
  paused: false,
  muted: false,
  ready: true,
  poised: false,
  stalled: false,
  runsDry: false,
  chasing: false,
  needsGesture: false,
  trouble: null,
  clockSure: true,
  driftMs: 3,
  farForMs: 0,
  unreadyForMs: 0,
  before: /** @type {const} */ ("in_sync"),
};
const hold = { reason: /** @type {const} */ ("buffering"), by: ["ana"], since: 0, resume: true };

/** @type {[string, object, string][]} */
const CHIP = [
  ["in step", {}, "in_sync"],
  ["nothing on", { timeline: null }, "idle"],
  ["far off for a moment", { driftMs: 300 }, "catching_up"],
  ["far off for long", { driftMs: 900, farForMs: 9000 }, "out_of_sync"],
  ["running after", { driftMs: 900, farForMs: 9000, chasing: true }, "catching_up"],
  ["waiting for Ana", { timeline: { ...calm.timeline, hold } }, "waiting"],
  ["on one's own", { phase: "detached" }, "detached"],
  ["a clock nobody trusts", { clockSure: false }, "clock_unsure"],
  ["measuring again", { driftMs: null }, "in_sync"],
];
for (const [words, change, state] of CHIP)
  test(`the chip: ${words}`, () =>
    assert.equal(chipState(/** @type {any} */ ({ ...calm, ...change })), state));

/** @type {[object, string][]} */
const REPORTS = [
  [{}, "playing"],
  [{ stalled: true }, "buffering"],
  [{ runsDry: true }, "buffering"],
  [{ phase: "resting", ready: true }, "ready"],
  [{ phase: "resting", ready: false }, "paused"],
  [{ phase: "resting", ready: false, unreadyForMs: 5000 }, "buffering"],
  [{ phase: "starting", ready: false, unreadyForMs: 5000 }, "buffering"],
  [{ phase: "idle", ready: false, unreadyForMs: 5000 }, "buffering"],
  [{ phase: "detached" }, "detached"],
  [{ needsGesture: true }, "detached"],
  [{ trouble: { code: "media_decode" }, phase: "idle" }, "detached"],
  [{ trouble: { code: "media_network" }, phase: "running", stalled: true }, "buffering"],
  [{ trouble: { code: "media_network" }, phase: "running" }, "playing"],
];
for (const [change, state] of REPORTS)
  test(`the server hears "${state}" of ${JSON.stringify(change)}`, () =>
    assert.equal(reportState(/** @type {any} */ ({ ...calm, ...change })), state));

const paused = { ...calm.timeline, paused: true };
/** @type {[string, object, boolean][]} */
const HELD_UP = [
  ["runs", {}, false],
  ["stands ready", { phase: "resting", ready: true, timeline: paused }, false],
  ["is about to start", { phase: "starting", poised: true }, false],
  ["waits for data to start with", { phase: "starting" }, true],
  ["has no player yet", { phase: "idle" }, true],
  ["has no player yet, where nothing plays", { phase: "idle", timeline: paused }, false],
  ["is not ready where nothing plays", { phase: "resting", timeline: paused }, false],
  ["is what a hold waits for", { phase: "resting", timeline: { ...paused, hold } }, true],
  ["stands at the end of the film", { phase: "resting" }, false],
  ["watches on its own", { phase: "detached" }, false],
  ["has no film", { phase: "idle", timeline: { ...calm.timeline, item_id: null } }, false],
];
for (const [words, change, answer] of HELD_UP)
  test(`unready: a player that ${words}: ${answer}`, () =>
    assert.equal(unready(/** @type {any} */ ({ ...calm, ready: false, ...change })), answer));

test("a report goes out at each change and every five seconds, not in between", async () => {
  const world = new World();
  /** @type {any[]} */
  const sent = [];
  let state = "playing";
  let heightPx = 0;
  const seen = { positionS: 1 / 0, bufferedAheadS: 4, clockErrorBoundMs: 2.25 };
  const facts = () => ({ seq: 3, state, driftMs: null, rttMs: 20, heightPx, ...seen });
  const reporter = new StatusReporter({
    send: (frame) => void sent.push(frame),
    timers: deviceTimers(world),
    facts: /** @type {any} */ (facts),
  });
  for (let at = 0; at <= 12_000; at += 50) {
    await world.run(at);
    if (at === 7000) [state, heightPx, seen.clockErrorBoundMs] = ["buffering", 720, 1 / 0];
    reporter.look();
  }
  assert.deepEqual(
    sent.map(({ state: said }) => said),
    ["playing", "playing", "buffering", "buffering"],
  );
  assert.equal(sent[0].position, 0, "what is not a number is never sent");
  assert.deepEqual([sent[0].clock_bound_ms, sent[3].clock_bound_ms], [2.25, null]);
  assert.deepEqual([sent[0].quality, sent[3].quality], [null, 720]);
});

test("one's own press is answered at once and taken back when the room refuses", async () => {
  const world = new World();
  const states = /** @type {any[]} */ ([]);
  const remote = new Remote({
    request: async () => Promise.reject(new Error("no")),
    timers: deviceTimers(world),
    changed: () => states.push(remote.intent),
  });
  await assert.rejects(remote.pause(), /no/);
  assert.deepEqual(states, [{ paused: true }, null]);
});

test("signed addresses: which one, and until when", () => {
  assert.equal(addressOf({ hls: "/a.m3u8", url: "/b" }), "/a.m3u8");
  assert.throws(() => addressOf({ hls: null }), /no address/);
  assert.equal(expiryMs({ expires_at: 1_800_000_000 }), 1_800_000_000_000);
  assert.equal(expiryMs({ expires_at: "2027-01-01T00:00:00Z" }), Date.UTC(2027, 0, 1));
  assert.equal(expiryMs({}), null);
});
