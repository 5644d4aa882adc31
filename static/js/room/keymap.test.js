/** One's own keys: given, swapped, taken away, given back, read anew. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { takenText } from "./key-words.js";
import { actionOf, asItCame, assigned, bound, deedFor, readOwn } from "./keymap.js";
import { ACTIONS } from "./keytable.js";
import { changes, heard } from "./recorder.js";

const NO = { code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
/** @param {import("./keymap.js").Own} own @param {string} id */
const keysOf = (own, id) => bound(own).find((one) => one.id === id)?.keys;
/** @param {string} id @param {string} key @param {any} [more] @param {any} [own] */
const said = (id, key, more = {}, own = {}) => heard(bound(own), id, { ...NO, key, ...more });

test("of every key there is a sentence that says what has it", () => {
  for (const { id } of ACTIONS) assert.match(takenText(id, "K"), /^K already ./u, id);
});

test("no key does two things, and nothing has two names", () => {
  const keys = ACTIONS.flatMap((action) => action.keys);
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(new Set(ACTIONS.map(({ id }) => id)).size, ACTIONS.length);
  assert.equal(new Set(ACTIONS.map(({ words }) => words)).size, ACTIONS.length);
});

test("a digit is its tenth", () => {
  const tenths = actionOf(bound({}), "3");
  assert.deepEqual(tenths && deedFor(tenths, "3"), { name: "share", of: 0.3 });
});

test("a free key is simply given", () => {
  const own = assigned({}, "mute", 0, "x");
  assert.deepEqual(own, { mute: ["x"] });
  assert.equal(actionOf(bound(own), "x")?.id, "mute");
  assert.equal(actionOf(bound(own), "m"), undefined);
});

test("another's key is swapped for the old one", () => {
  const own = assigned({}, "theatre", 0, "m");
  assert.deepEqual(own, { mute: ["t"], theatre: ["m"] });
  assert.deepEqual(asItCame(own, "mute"), {}, "giving one back gives the other back");
});

test("two keys of one action change places among themselves", () => {
  const own = assigned({}, "toggle", 0, "k");
  assert.deepEqual(own, { toggle: ["k", " "] });
  assert.deepEqual(asItCame(own, "toggle"), {});
});

test("a key can be taken away, and comes back", () => {
  const own = assigned({}, "full", 0, "");
  assert.deepEqual(keysOf(own, "full"), [""]);
  assert.equal(actionOf(bound(own), "f"), undefined);
  assert.deepEqual(asItCame(own, "full"), {});
});

test("a key that is not there any more cannot be given", () => {
  assert.deepEqual(assigned({}, "unheard of", 0, "x"), {});
  assert.deepEqual(assigned({}, "mute", 4, "x"), {});
});

test("what was kept is read back, and nonsense is as it came", () => {
  const own = assigned(assigned({}, "theatre", 0, "m"), "next", 0, "Shift+Home");
  assert.deepEqual(readOwn(JSON.stringify(own)), own);
  const nonsense = [null, "", "{", "[]", "7", '{"mute": "x"}', '{"mute": ["x", "y"]}'];
  for (const text of [...nonsense, '{"mute": [7]}', '{"tenths": ["x"]}', '{"mute": ["5"]}'])
    assert.deepEqual(readOwn(text), {}, text ?? "null");
  assert.deepEqual(readOwn('{"mute": ["x"], "full": ["x"]}'), { mute: ["x"] }, "one key, one deed");
  assert.deepEqual(readOwn('{"toggle": ["x", "x"]}'), {});
});

test("one's own key wins over one that a newer release brings", () => {
  const own = readOwn('{"mute": ["r"]}');
  assert.equal(actionOf(bound(own), "r")?.id, "mute");
  assert.deepEqual(keysOf(own, "react"), [""]);
});

test("a taken key is asked about in words", () => {
  const asked = said("theatre", "m");
  assert.equal(asked.kind === "ask" && asked.words, "M already mutes the film");
  assert.deepEqual(said("theatre", "t"), { kind: "take", chord: "t" }, "it has it already");
  assert.deepEqual(said("theatre", "x"), { kind: "take", chord: "x" });
});

test("what stays as it is cannot be taken", () => {
  const refused = said("mute", "5");
  assert.match(refused.kind === "refuse" ? refused.words : "", /^5 already jumps to a tenth/u);
});

test("while one chooses, Esc, Tab, Backspace and Shift have a meaning of their own", () => {
  assert.equal(said("mute", "Escape").kind, "cancel");
  assert.equal(said("mute", "Tab").kind, "move on");
  assert.equal(said("mute", "Backspace").kind, "clear");
  assert.equal(said("mute", "Shift", { shiftKey: true }).kind, "wait");
  assert.equal(said("mute", "x", { repeat: true }).kind, "wait");
  assert.equal(said("mute", "x", { ctrlKey: true }).kind, "refuse");
});

test("a change is told with both sides of it", () => {
  const now = bound(assigned({}, "theatre", 0, "m"));
  assert.equal(changes(bound({}), now), "Mute the film: T. Theatre: M");
  assert.equal(changes(now, now), "As it was");
});
