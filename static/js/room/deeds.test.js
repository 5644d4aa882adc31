/** What keys do in a room. */

import assert from "node:assert/strict";
import { test } from "node:test";

/** Menus and the queue draw, so they need custom elements to exist before they are read. */
globalThis.HTMLElement ??= /** @type {any} */ (class {});
globalThis.customElements ??= /** @type {any} */ ({ define: () => {}, get: () => undefined });
const { doer } = await import("./deeds.js");

/** @param {number | null} duration */
function rig(duration) {
  /** @type {number[]} */
  const sought = [];
  const parts = {
    conductor: { state: { duration } },
    remote: { allowed: true, seek: (/** @type {number} */ to) => sought.push(to) },
  };
  return {
    run: doer(/** @type {any} */ (parts), /** @type {any} */ ({ idle: { wake: () => {} } })),
    sought,
  };
}

test("the end of a film is a moment before it, the start is the start", () => {
  const { run, sought } = rig(600);
  run({ name: "edge", end: true });
  run({ name: "edge", end: false });
  assert.deepEqual(sought, [599.5, 0]);
});

test("where the length is not known there is no end to go to", () => {
  const { run, sought } = rig(null);
  run({ name: "edge", end: true });
  run({ name: "share", of: 0.7 });
  assert.deepEqual(sought, []);
  run({ name: "edge", end: false });
  assert.deepEqual(sought, [0]);
});
