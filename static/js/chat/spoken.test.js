/** What is said aloud: author and words, deeds as sentences, a burst told once. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { message } from "../room/fixtures/people.js";
import { spoken, spokenTogether } from "./spoken.js";

test("a message is its author and its words, with the film's time where it has one", () => {
  assert.equal(spoken(message("a", 1, "mara", { body: "look!" }), "ana"), "Mara: look!");
  assert.equal(
    spoken(message("a", 1, "mara", { body: "look!", media_time: 527 }), "ana"),
    "Mara, at 8:47: look!",
  );
});

test("somebody whose account is gone is still somebody", () => {
  assert.equal(
    spoken(message("a", 1, "mara", { author: null, body: "hi" }), "ana"),
    "Someone who left: hi",
  );
});

test("what people did is a sentence", () => {
  const line = { kind: /** @type {const} */ ("system"), deed: { name: "pause", position: 12 } };
  assert.equal(spoken(message("l", 1, "mara", line), "ana"), "Mara paused at 0:12");
});

test("very long words end early, between signs", () => {
  const said = spoken(message("a", 1, "mara", { body: "😂".repeat(2_000) }), "ana");
  assert.equal([...said].length, "Mara: ".length + 281);
  assert.ok(said.endsWith("😂…"));
});

test("a few are read out, a burst is counted", () => {
  const some = ["mara", "ilya", "mara", "jonas"].map((who, i) => message(`m${i}`, i, who));
  assert.deepEqual(spokenTogether(some.slice(0, 2), "ana"), [
    "Mara: words of m0",
    "Ilya: words of m1",
  ]);
  assert.deepEqual(spokenTogether(some, "ana"), [
    "4 new messages from Mara, Ilya and others.",
    "The last one: Jonas: words of m3",
  ]);
});

test("many deeds at once are told by the last ones", () => {
  const deeds = Array.from({ length: 9 }, (_, i) =>
    message(`l${i}`, i, "mara", { kind: "system", deed: { name: "seek", position: i } }),
  );
  assert.deepEqual(spokenTogether(deeds, "ana"), [
    "Mara jumped to 0:06",
    "Mara jumped to 0:07",
    "Mara jumped to 0:08",
  ]);
});
