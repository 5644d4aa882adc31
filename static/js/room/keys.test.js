/** Keys and what they mean. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { chordOf, labelOf, unfitFor } from "./chord.js";
import { bound } from "./keymap.js";
import { meant } from "./keys.js";
import { readVolume } from "./volume.js";

const NO = { code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

/**
 * @param {string} key
 * @param {any} [more]
 */
const press = (key, more = {}) => ({ ...NO, key, ...more });
/** @param {string} key @param {any} [more] */
const deed = (key, more) => meant(bound({}), press(key, more))?.deed ?? null;
const shift = { shiftKey: true };

test("the keys people know do what they know", () => {
  assert.equal(deed(" ")?.name, "toggle");
  assert.equal(deed("K")?.name, "toggle", "caps lock is no Shift");
  assert.deepEqual(deed("j"), { name: "skip", by: -10 });
  assert.deepEqual(deed("ArrowRight"), { name: "skip", by: 5 });
  assert.deepEqual(deed("7"), { name: "share", of: 0.7 });
  assert.deepEqual(deed("End"), { name: "edge", end: true });
  assert.equal(deed("?", shift)?.name, "help");
  assert.equal(deed("r")?.name, "react");
  assert.deepEqual(deed("v"), { name: "talk", held: true });
});

test("a capital N is the next film, a small one is nothing", () => {
  assert.equal(deed("N", shift)?.name, "next");
  assert.equal(deed("n", shift)?.name, "next", "caps lock with Shift writes small letters");
  assert.equal(deed("n"), null);
});

test("with Ctrl, Alt or Cmd the key is the browser's", () => {
  for (const held of ["ctrlKey", "metaKey", "altKey"])
    assert.equal(deed("f", { [held]: true }), null);
});

test("on another script's keyboard the place of a key decides", () => {
  assert.equal(deed("м", { code: "KeyV" })?.name, "talk");
  assert.equal(deed("Т", { code: "KeyN", ...shift })?.name, "next");
  assert.equal(deed("ㅏ", { code: "KeyK" })?.name, "toggle");
  assert.equal(deed("б", { code: "Comma" })?.name, "frame");
  assert.deepEqual(deed("٧", { code: "Digit7" }), { name: "share", of: 0.7 });
  assert.equal(deed("Process", { code: "KeyM" })?.name, "mute");
});

test("on a Latin keyboard what it writes decides, wherever it lies", () => {
  assert.equal(deed("t", { code: "KeyK" })?.name, "theatre", "Dvorak");
  assert.deepEqual(deed("5", { code: "Digit5", ...shift }), { name: "share", of: 0.5 }, "AZERTY");
  assert.equal(deed("é", { code: "Digit2" }), null);
  assert.equal(deed("Dead", { code: "KeyM" }), null);
});

test("a key is called as it is written on the keyboard", () => {
  assert.deepEqual(["k", "N", " ", "ArrowUp", "?", "Shift+Home"].map(labelOf), [
    "K",
    "Shift N",
    "Space",
    "↑",
    "?",
    "Shift Home",
  ]);
});

test("what cannot be chosen says why", () => {
  assert.equal(unfitFor(press("x")), "");
  assert.equal(unfitFor(press("Home", shift)), "");
  assert.match(unfitFor(press("x", { ctrlKey: true })), /browser's/u);
  assert.match(unfitFor(press("F5")), /browser needs/u);
  assert.match(unfitFor(press("Enter")), /presses/u);
  assert.equal(chordOf(press("Shift")), null);
});

test("loudness is read back as it was kept, and nonsense is full", () => {
  assert.deepEqual(readVolume("0.35 muted"), { level: 0.35, muted: true });
  assert.deepEqual(readVolume("0"), { level: 0, muted: false });
  for (const text of [null, "", "loud", "7"])
    assert.deepEqual(readVolume(text), { level: 1, muted: false });
});
