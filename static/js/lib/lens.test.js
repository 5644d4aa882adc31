import assert from "node:assert/strict";
import { test } from "node:test";

import { bend, bevelMap } from "./lens.js";

test("the bend is full at the edge and gone past the bevel", () => {
  assert.equal(bend(0), 1);
  assert.ok(bend(4) < 1 && bend(4) > bend(8));
  assert.equal(bend(18), 0);
});

test("the middle of the map does nothing, the left rim pulls from the right", () => {
  const [width, height] = [80, 52];
  const map = bevelMap(width, height);
  const at = (/** @type {number} */ x, /** @type {number} */ y) => [
    ...map.subarray((y * width + x) * 4, (y * width + x) * 4 + 2),
  ];
  assert.deepEqual(at(40, 26), [128, 128]);
  assert.ok((at(0, 26)[0] ?? 0) > 220);
  assert.ok((at(width - 1, 26)[0] ?? 255) < 36);
  assert.ok((at(40, 0)[1] ?? 0) > 220);
});
