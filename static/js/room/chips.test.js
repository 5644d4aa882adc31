/** Every state has its words, its icon and, where there is one, its way out. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { linkChip, syncChip } from "./chips.js";
import { snapshot } from "./fixtures/people.js";
import { fromSnapshot } from "./state.js";
import { unwaitedText } from "./unwaited.js";

const state = fromSnapshot(snapshot());
/** @param {any} chip */
const text = (chip) => chip && [chip.words, chip.sub, chip.act?.words].filter(Boolean).join(" ");

test("the sync chip says how far off, who is waited for, and how to come back", () => {
  const said = (/** @type {any} */ sync) => text(syncChip(sync, state));
  assert.equal(said({ state: "in_sync", driftMs: -8.4 }), "In sync · 8 ms");
  assert.equal(said({ state: "catching_up", driftMs: 340 }), "Catching up · +340 ms");
  assert.equal(said({ state: "catching_up", driftMs: -340 }), "Catching up · −340 ms");
  assert.equal(
    said({ state: "catching_up", driftMs: 12_340, chasing: true }),
    "Catching up · 12.3 s behind Jump",
  );
  assert.equal(
    said({ state: "waiting", waitingFor: ["mara"], waitingReason: "buffering" }),
    "Waiting for Mara (buffering)",
  );
  assert.equal(
    said({ state: "waiting", waitingFor: ["ana"], waitingReason: "buffering" }),
    "Waiting for you (buffering)",
  );
  assert.equal(
    said({ state: "waiting", waitingFor: [], waitingReason: "processing" }),
    "Film is being prepared",
  );
  assert.equal(said({ state: "waiting", waitingFor: [], waitingReason: "ready" }), "Getting ready");
  assert.equal(said({ state: "out_of_sync", driftMs: 900 }), "Out of sync Resync");
  assert.equal(said({ state: "detached" }), "Watching on your own Rejoin");
  assert.equal(said({ state: "clock_unsure" }), "Clock unsure");
});

test("without a film there is no sync chip", () => {
  assert.equal(syncChip({ state: "idle" }, state), null);
  assert.equal(syncChip(null, state), null);
});

test("the connection chip counts down, and offers what a person can do", () => {
  const said = (/** @type {any} */ link, now = 0) => text(linkChip(link, now));
  assert.equal(said({ name: "live" }), "Live");
  assert.equal(said({ name: "reconnecting", retryAt: 3_000 }, 500), "Reconnecting… 3 s");
  assert.equal(said({ name: "offline" }), "Offline Retry");
  assert.equal(said({ name: "replaced" }), "Signed in elsewhere Use here");
  assert.equal(said({ name: "updating" }), "Server updating");
  assert.equal(said({ name: "connecting" }), "Connecting");
});

test("whoever is not waited for any more reads why, and for how long", () => {
  const now = 1_700_000_000_000;
  assert.equal(
    unwaitedText({ why: "often", until: now + 299_000 }, now),
    "Your film stopped too often: for 5 minutes nobody waits for you.",
  );
  assert.equal(
    unwaitedText({ why: "long", until: now + 10_000 }, now),
    "Your film took too long: for 1 minute nobody waits for you.",
  );
});
