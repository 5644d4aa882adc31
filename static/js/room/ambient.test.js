/** The film's light. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { meanColour } from "./ambient.js";

test("the light is the mean of its part of the picture", () => {
  const pixels = new Uint8ClampedArray([
    200, 0, 0, 255, 100, 0, 0, 255, 0, 0, 90, 255, 0, 0, 110, 255,
  ]);
  assert.equal(meanColour(pixels, 0, 0.5), "rgb(150 0 0)");
  assert.equal(meanColour(pixels, 0.5, 1), "rgb(0 0 100)");
});

test("a black frame gives no light of its own", () => {
  assert.equal(meanColour(new Uint8ClampedArray(64), 0, 1), "");
});
