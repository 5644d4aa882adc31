import assert from "node:assert/strict";
import { test } from "node:test";
import { withKnock, withoutKnock } from "./knocks.js";

const knock = (/** @type {string} */ id, /** @type {string} */ user) => ({
  id,
  user: { id: user, display_name: user, guest: true, avatar: 1 },
  asked_at: "2026-01-01T00:00:00+00:00",
});

test("who asks stands last, once, however often it is told", () => {
  const one = withKnock([], knock("1", "ana"));
  const two = withKnock(one, knock("2", "ben"));
  assert.deepEqual(
    withKnock(two, knock("2", "ben")).map(({ id }) => id),
    ["1", "2"],
  );
});

test("a person's new ask takes the place of their old one", () => {
  const again = withKnock([knock("1", "ana"), knock("2", "ben")], knock("3", "ana"));
  assert.deepEqual(
    again.map(({ id }) => id),
    ["2", "3"],
  );
});

test("what is answered is gone, and harmless twice", () => {
  const left = withoutKnock([knock("1", "ana")], "1");
  assert.deepEqual(left, []);
  assert.deepEqual(withoutKnock(left, "1"), []);
});
