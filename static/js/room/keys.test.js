/** Keys and what they mean. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { deedOf, KEY_HELP } from "./keys.js";
import { readVolume } from "./volume.js";

/**
 * @param {string} key
 * @param {any} [more]
 */
const deed = (key, more = {}) =>
  deedOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test("the keys people know do what they know", () => {
  assert.equal(deed(" ")?.name, "toggle");
  assert.equal(deed("K")?.name, "toggle");
  assert.deepEqual(deed("j"), { name: "skip", by: -10 });
  assert.deepEqual(deed("ArrowRight"), { name: "skip", by: 5 });
  assert.deepEqual(deed("7"), { name: "share", of: 0.7 });
  assert.deepEqual(deed("End"), { name: "edge", end: true });
  assert.equal(deed("?", { shiftKey: true })?.name, "help");
});

test("a capital N is the next film, a small one is nothing", () => {
  assert.equal(deed("N", { shiftKey: true })?.name, "next");
  assert.equal(deed("n"), null);
});

test("with Ctrl, Alt or Cmd the key is the browser's", () => {
  for (const held of ["ctrlKey", "metaKey", "altKey"])
    assert.equal(deed("f", { [held]: true }), null);
});

test("the help names every key once", () => {
  const named = KEY_HELP.flatMap(([, keys]) => keys);
  assert.equal(new Set(named).size, named.length);
});

test("loudness is read back as it was kept, and nonsense is full", () => {
  assert.deepEqual(readVolume("0.35 muted"), { level: 0.35, muted: true });
  assert.deepEqual(readVolume("0"), { level: 0, muted: false });
  for (const text of [null, "", "loud", "7"])
    assert.deepEqual(readVolume(text), { level: 1, muted: false });
});
