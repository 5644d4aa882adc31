import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "./place.js";

test("an empty field is no end", () => {
  assert.deepEqual(placeOf({ seats: " ", welcome: "" }), { seats: null, welcome: "" });
});

test("a number is one, also where it is nonsense for the server to refuse", () => {
  assert.equal(placeOf({ seats: "4", welcome: "" }).seats, 4);
  assert.equal(placeOf({ seats: "-1", welcome: "" }).seats, -1);
});
