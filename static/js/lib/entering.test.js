import assert from "node:assert/strict";
import { test } from "node:test";

import { destination, roomName } from "./entering.js";

const HOST = "film.home";
const path = (/** @type {string} */ text) => {
  const to = destination(text, HOST);
  return "path" in to ? to.path : null;
};
const error = (/** @type {string} */ text) => {
  const to = destination(text, HOST);
  return "error" in to ? to.error : null;
};

test("a code leads to its room, however it was typed", () => {
  assert.equal(path("k7qmz2abcdef"), "/r/k7qmz2abcdef");
  assert.equal(path("  K7QM-Z2AB-CDEF "), "/r/k7qmz2abcdef");
  assert.equal(path("k7qm z2ab cdef"), "/r/k7qmz2abcdef");
  assert.equal(path("85V3-NSK4-K00W"), "/r/85v3nsk4k00w");
  assert.equal(path("85v3nsk4kOOw"), "/r/85v3nsk4k00w");
});

test("a link of this server leads where it says", () => {
  assert.equal(path("https://film.home/i/AbC_d-123"), "/i/AbC_d-123");
  assert.equal(path("http://film.home/r/k7qmz2abcdef/"), "/r/k7qmz2abcdef");
  assert.equal(path("film.home/i/AbCd"), "/i/AbCd");
  assert.equal(path("/i/AbCd"), "/i/AbCd");
});

test("a long word is an invite, a short one a vanity address", () => {
  assert.equal(path("AbCdEfGhIjKlMnOpQrSt"), "/i/AbCdEfGhIjKlMnOpQrSt");
  assert.equal(path("rabbit-club"), "/r/rabbit-club");
});

test("a link of another server is named, not followed", () => {
  assert.match(error("https://evil.example/i/abc") ?? "", /evil\.example/);
});

test("nothing, nonsense and other pages are explained", () => {
  assert.match(error("   ") ?? "", /Paste/);
  assert.match(error("https://film.home/account") ?? "", /does not lead to a room/);
  assert.match(error("javascript:alert(1)") ?? "", /neither/);
  assert.match(error("hello there!") ?? "", /neither/);
});

test("a room is called after its host", () => {
  assert.equal(roomName(" Mara "), "Mara’s room");
  assert.equal(roomName(""), "Movie night");
});
