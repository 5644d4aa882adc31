/** The room in what a keyboard leaves of the screen. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { roomAbove } from "./keyboard.js";

test("a keyboard over the page leaves the room what is seen, where it is seen", () => {
  assert.deepEqual(roomAbove({ height: 430.4, offsetTop: 120, scale: 1 }, 844), {
    height: 430,
    top: 120,
  });
});

test("an address bar, a page that shrank itself and a pinch are no keyboard", () => {
  assert.equal(roomAbove({ height: 780, offsetTop: 0, scale: 1 }, 844), null);
  assert.equal(roomAbove({ height: 500, offsetTop: 0, scale: 1 }, 500), null);
  assert.equal(roomAbove({ height: 420, offsetTop: 10, scale: 2 }, 844), null);
});
