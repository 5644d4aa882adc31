/** A list that never scrolls: how much of it is shown. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fitting, pageOf } from "./paging.js";

const space = { panelPx: 400, screenPx: 600, optionPx: 50, restPx: 50 };

test("as many as the panel has room for, five at most", () => {
  assert.equal(fitting(), 5);
  assert.equal(fitting(space), 5);
  assert.equal(fitting({ ...space, panelPx: 299 }), 4);
});

test("a low panel is covered by three, a low screen never cuts one off", () => {
  assert.equal(fitting({ ...space, panelPx: 120 }), 3);
  assert.equal(fitting({ ...space, panelPx: 120, screenPx: 160 }), 2);
  assert.equal(fitting({ ...space, panelPx: 20, screenPx: 40 }), 1);
});

test("the page shown is the one that is chosen on, and says how many are not", () => {
  assert.deepEqual(pageOf(14, 0, 5), { from: 0, to: 5, more: 9 });
  assert.deepEqual(pageOf(14, 4, 5), { from: 0, to: 5, more: 9 });
  assert.deepEqual(pageOf(14, 5, 5), { from: 5, to: 10, more: 9 });
  assert.deepEqual(pageOf(14, 13, 5), { from: 9, to: 14, more: 9 }, "the last is as long");
  assert.deepEqual(pageOf(3, 2, 5), { from: 0, to: 3, more: 0 });
  assert.deepEqual(pageOf(0, 0, 5), { from: 0, to: 0, more: 0 });
});

test("arrows come past every option once", () => {
  for (const fits of [1, 2, 3, 4, 5])
    for (let chosen = 0; chosen < 14; chosen += 1) {
      const { from, to } = pageOf(14, chosen, fits);
      assert.ok(from <= chosen && chosen < to, `${chosen} of ${from}–${to}`);
    }
});
