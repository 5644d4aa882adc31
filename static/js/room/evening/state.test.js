import assert from "node:assert/strict";
import { test } from "node:test";
import { answerOf, EVENING, leftMs, lobbyOpen, mayChange } from "./state.js";

const person = (/** @type {string} */ id) => ({ id, display_name: id });
/** @type {any} */
const evening = {
  id: "e1",
  starts_at: "2026-11-27T20:30:00Z",
  state: "planned",
  planned_by: person("ana"),
  answers: { yes: [person("mara")], maybe: [], no: [person("ilya")] },
};
const STARTS_MS = Date.parse(evening.starts_at);

test("a date that is not to come any more is none, and nobody is ready for it", () => {
  const state = /** @type {any} */ ({ evening: null, evening_ready: [] });
  const planned = EVENING["evening:changed"](state, { type: "evening:changed", evening });
  assert.equal(planned.evening, evening);
  const ready = EVENING["evening:ready"](planned, { type: "evening:ready", ready: ["mara"] });
  assert.deepEqual(ready.evening_ready, ["mara"]);
  const over = { ...evening, state: "begun" };
  assert.deepEqual(
    EVENING["evening:changed"](ready, { type: "evening:changed", evening: over }),
    state,
  );
});

test("the lobby opens half an hour before", () => {
  assert.equal(lobbyOpen(evening, STARTS_MS - 1_800_001), false);
  assert.equal(lobbyOpen(evening, STARTS_MS - 1_800_000), true);
  assert.equal(leftMs(evening, STARTS_MS - 5), 5);
});

test("one knows what one said", () => {
  assert.equal(answerOf(evening, "mara"), "yes");
  assert.equal(answerOf(evening, "ilya"), "no");
  assert.equal(answerOf(evening, "noor"), null);
});

test("who may invite changes their own, who may change the room any", () => {
  const may = (/** @type {string} */ id, /** @type {string[]} */ capabilities) =>
    mayChange(/** @type {any} */ ({ me: { user: person(id), capabilities } }), evening);
  assert.equal(may("ana", ["invite"]), true);
  assert.equal(may("mara", ["invite"]), false);
  assert.equal(may("mara", ["settings"]), true);
  assert.equal(
    mayChange(/** @type {any} */ ({ me: { user: person("x"), capabilities: ["invite"] } }), null),
    true,
  );
});
