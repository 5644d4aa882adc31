/** Names behind an `@`: when they are asked for, who is offered, what is written. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { member } from "../room/fixtures/people.js";
import { askedAt, beginning, commandAskedAt, completed, matching } from "./completion.js";

/** @param {string} text with the caret at | */
const asked = (text) => askedAt(text.replace("|", ""), text.indexOf("|"));

test("a name is asked for right behind an @ that begins something", () => {
  assert.deepEqual(asked("@|"), { start: 0, query: "" });
  assert.deepEqual(asked("hi @An|a"), { start: 3, query: "An" });
  assert.deepEqual(asked("🐇@ana m|"), { start: 2, query: "ana m" });
  for (const text of ["|@a", "mail@an|", "@ an|", "no|", "@ana\nx|", `@${"x".repeat(50)}|`])
    assert.equal(asked(text), null, text);
});

test("who begins so comes first, whatever accents and case", () => {
  const people = ["Maria Ana", "Ana", "Änne", "Banana"].map((display_name, at) => ({
    ...member(`p${at}`).user,
    display_name,
  }));
  assert.deepEqual(
    matching(people, "an").map(({ display_name }) => display_name),
    ["Ana", "Änne", "Maria Ana"],
  );
  assert.deepEqual(matching(people, "zz"), []);
});

test("a name is put in with a space behind it", () => {
  assert.deepEqual(completed("hi @an!", 6, { start: 3, query: "an" }, "Ana Maria"), {
    text: "hi @Ana Maria !",
    caret: 14,
  });
  assert.deepEqual(completed("@an there", 3, { start: 0, query: "an" }, "Ana"), {
    text: "@Ana there",
    caret: 4,
  });
});

test("a command is asked for at the start alone, until it is written out", () => {
  assert.deepEqual(commandAskedAt("/", 1), { start: 0, query: "" });
  assert.deepEqual(commandAskedAt("/se", 3), { start: 0, query: "se" });
  for (const text of ["a /se", "/me ", "//", "/me x", ""])
    assert.equal(commandAskedAt(text, text.length), null, text);
  const named = ["me", "seek", "slow"].map((name) => ({ name }));
  assert.deepEqual(beginning(named, "S"), [{ name: "seek" }, { name: "slow" }]);
  assert.deepEqual(beginning(named, "seek"), []);
  assert.deepEqual(completed("/se", 3, { start: 0, query: "se" }, "seek", "/"), {
    text: "/seek ",
    caret: 6,
  });
});
