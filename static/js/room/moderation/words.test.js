import assert from "node:assert/strict";
import test from "node:test";
import { measureText } from "./words.js";

const mara = { id: "m", display_name: "Mara" };
const ana = { id: "a", display_name: "Ana" };

/** @param {string} action @param {Record<string, any>} [facts] @param {Record<string, any>} [more] */
const said = (action, facts = {}, more = {}) =>
  measureText(
    /** @type {any} */ ({ id: "1", action, by: mara, person: ana, facts, reason: "", ...more }),
  )
    .parts.map((part) => (typeof part === "object" && "b" in part ? part.b : part))
    .join("");

test("every deed is a sentence with who, whom and what", () => {
  assert.equal(said("kick"), "Mara removed Ana");
  assert.equal(said("ban", { until: null }), "Mara banned Ana");
  assert.match(
    said("ban", { until: "2026-12-24T18:00:00+00:00" }),
    /^Mara banned Ana until .*2026/u,
  );
  assert.equal(said("unban"), "Mara lifted the ban on Ana");
  assert.equal(said("role", { role: "member" }), "Mara changed what Ana is: Member");
  assert.equal(said("delete"), "Mara deleted a message of Ana");
  assert.equal(said("admit"), "Mara let Ana in");
});

test("a shadow mute is set, ended, and what was written shown", () => {
  assert.equal(said("shadow_mute", { until: null }), "Mara shadow-muted Ana");
  assert.match(
    said("shadow_mute", { until: "2026-12-24T18:00:00+00:00" }),
    /^Mara shadow-muted Ana until .*2026/u,
  );
  assert.equal(said("shadow_unmute"), "Mara ended the shadow mute of Ana");
  assert.equal(said("release"), "Mara showed everybody a message of Ana");
});

test("a right is given, taken, or back to what the role says", () => {
  const right = (/** @type {boolean | null} */ allowed) =>
    said("right", { capability: "chat", allowed });
  assert.equal(right(true), "Mara gave Ana a right: Write in the chat");
  assert.equal(right(false), "Mara took a right from Ana: Write in the chat");
  assert.equal(right(null), "Mara ended what held for Ana: Write in the chat");
});

test("clearing tells how many, and of whom where it was one person", () => {
  assert.equal(said("clear", { count: 1 }), "Mara cleared 1 message of Ana");
  assert.equal(said("clear", { count: 20 }, { person: null }), "Mara cleared 20 messages");
});

test("a report is looked at, settled or dismissed", () => {
  assert.equal(said("report", { state: "taken" }), "Mara looks at a report about Ana");
  assert.equal(said("report", { state: "done" }), "Mara settled a report about Ana");
  assert.equal(said("report", { state: "dismissed" }), "Mara dismissed a report about Ana");
});

test("who is gone is still somebody, and what nobody knows here is named", () => {
  assert.equal(said("kick", {}, { by: null }), "Someone who left removed Ana");
  assert.equal(said("sing"), "Mara: sing");
});
