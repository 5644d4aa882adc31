/** Words that were looked for, marked where they stand. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { marked } from "./marked.js";

/** @param {string} body @param {string} words */
const drawn = (body, words) =>
  marked(body, words)
    .map(({ text, mark }) => (mark ? `[${text}]` : text))
    .join("");

test("every place is marked, whatever its case, and signs are only signs", () => {
  assert.equal(drawn("A Rabbit, a rabbit.", "rabbit"), "A [Rabbit], a [rabbit].");
  assert.equal(drawn("1.5 (or 125)", "1.5"), "[1.5] (or 125)");
  assert.equal(drawn("a/b-c", "/b-"), "a[/b-]c");
  assert.equal(drawn("nothing", "rabbit"), "nothing");
});

test("of a long message what is around the first place is shown", () => {
  const shown = drawn(`${"x".repeat(300)} rabbit ${"y".repeat(300)}`, "rabbit");
  assert.match(shown, /^…x{39} \[rabbit\] y+…$/);
  assert.ok(shown.length < 220);
});
