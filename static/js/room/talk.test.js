/** How somebody is in the call, in a word. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { snapshot } from "./fixtures/people.js";
import { fromSnapshot } from "./state.js";
import { talkOf } from "./talk.js";

/** @param {any} more of the peer @param {any} call */
const said = (more = {}, call = {}, who = "mara") => {
  const peer = { session: "s", user: { id: who }, muted: false, deafened: false, ...more };
  const state = fromSnapshot({ ...snapshot(), voice: { peers: [peer] } });
  const value = {
    phase: "in",
    speaking: false,
    talking: new Set(),
    pairs: { s: "connected" },
    ...call,
  };
  return talkOf(state, who, /** @type {any} */ ({ state: { value } }))?.words ?? null;
};

test("those who are in the call talk, listen, are muted or deafened", () => {
  assert.equal(said(), "Listening");
  assert.equal(said({}, { talking: new Set(["mara"]) }), "Talking");
  assert.equal(said({ speaking: true }), "Talking", "told, though not measured");
  assert.equal(said({ muted: true }), "Muted");
  assert.equal(said({ muted: true, deafened: true }), "Deafened");
  assert.equal(
    talkOf(fromSnapshot(snapshot()), "mara", /** @type {any} */ ({ state: { value: {} } })),
    null,
  );
});

test("a line that is not there yet, or not any more, is said", () => {
  assert.equal(said({}, { pairs: {} }), "Connecting");
  assert.equal(said({}, { pairs: { s: "lost" } }), "Reconnecting");
  assert.equal(said({}, { pairs: { s: "unreached" } }), "Could not connect");
  assert.equal(said({}, { pairs: {}, speaking: true }, "ana"), "Talking", "oneself needs no line");
});

test("who only watches sees what the server tells", () => {
  assert.equal(said({ speaking: true }, { phase: "out", pairs: {} }), "Talking");
  assert.equal(said({ muted: true }, { phase: "out", pairs: {} }), "Muted");
});
