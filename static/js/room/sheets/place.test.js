import assert from "node:assert/strict";
import { test } from "node:test";
import { addressWish, placeOf } from "./place.js";

const room = { code: "", name: "", visibility: "private", control: "owner" };

test("an empty field is no end", () => {
  const empty = { seats: null, welcome: "", temporary: false };
  assert.deepEqual(placeOf({ seats: " ", welcome: "" }), empty);
});

test("a number is one, also where it is nonsense for the server to refuse", () => {
  assert.equal(placeOf({ seats: "4", welcome: "" }).seats, 4);
  assert.equal(placeOf({ seats: "-1", welcome: "" }).seats, -1);
});

test("an address is taken, given up, or left alone", () => {
  const named = { ...room, address: "sunday-rabbits" };
  assert.equal(addressWish({ address: " Noir " }, named), "noir");
  assert.equal(addressWish({ address: "" }, named), "");
  assert.equal(addressWish({ address: "Sunday-Rabbits" }, named), null);
  assert.equal(addressWish({ address: "" }, room), null);
  assert.equal(addressWish({}, named), null);
});
