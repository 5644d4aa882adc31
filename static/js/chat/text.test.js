/** Links, film times and lengths in what people write. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { covered, lengthWords, linkWords, masked, pieces } from "./text.js";

test("plain words stay one piece", () => {
  assert.deepEqual(pieces("hello <b>you</b>"), [{ text: "hello <b>you</b>" }]);
});

test("only http and https become links", () => {
  assert.deepEqual(pieces("see https://example.org/a?b=1."), [
    { text: "see " },
    { href: "https://example.org/a?b=1", text: "https://example.org/a?b=1" },
    { text: "." },
  ]);
  for (const body of [
    "javascript:alert(1)",
    "data:text/html,x",
    "https://",
    "http://user:pass@bank.example/",
  ]) {
    assert.equal(
      pieces(body).some((piece) => "href" in piece),
      false,
      body,
    );
  }
});

/** What the server's link filter reads too: none of these gets past it. */
const LINKS = JSON.parse(readFileSync(new URL("./fixtures/links.json", import.meta.url), "utf8"));

for (const { text, links } of LINKS)
  test(`links of ${text}`, () => {
    const found = pieces(text).flatMap((piece) => ("href" in piece ? [piece.text] : []));
    assert.deepEqual(found, links);
  });

test("a film time within the film can be jumped to", () => {
  assert.deepEqual(pieces("his ear at 8:47!", 1186), [
    { text: "his ear at " },
    { time: 527, text: "8:47" },
    { text: "!" },
  ]);
  assert.deepEqual(pieces("1:02:03", 9000), [{ time: 3723, text: "1:02:03" }]);
});

test("a time past the end, a ratio's tail or a part of a number is just text", () => {
  for (const body of ["59:59", "at 12:345", "10:30:5", "v1.2:30x", "1:99"]) {
    assert.equal(
      pieces(body, 600).some((piece) => "time" in piece),
      false,
      body,
    );
  }
});

test("without a film no time is a link", () => {
  assert.deepEqual(pieces("see you at 8:47"), [{ text: "see you at 8:47" }]);
});

test("the pieces always add up to the message", () => {
  for (const body of [
    "",
    "a https://x.y/z, b 1:00 c",
    "1:00",
    "https://x.y",
    "https://[bad",
    ")))",
  ]) {
    assert.equal(
      pieces(body, 600)
        .map(({ text }) => text)
        .join(""),
      body,
    );
  }
});

test("the length is silent until it matters, and counts what people see as one", () => {
  assert.deepEqual(lengthWords("short", 2000), { over: false, words: "" });
  assert.deepEqual(lengthWords("x".repeat(1990), 2000), {
    over: false,
    words: "10 characters left",
  });
  assert.deepEqual(lengthWords("x".repeat(1999), 2000), { over: false, words: "1 character left" });
  assert.deepEqual(lengthWords("😂".repeat(2002), 2000), {
    over: true,
    words: "2 characters too long",
  });
});

test("names are drawn where they stand, the longest that fits", () => {
  const mentions = [
    { user_id: "1", name: "Ana" },
    { user_id: "2", name: "Ana Maria" },
    { user_id: "3", name: "Ana" },
    { user_id: null, name: "all" },
  ];
  assert.deepEqual(
    pieces("🐇@Ana Maria, @Ana! mail@Ana @Anabel https://x.org/@Ana @all", 0, mentions),
    [
      { text: "🐇" },
      { name: "Ana Maria", who: ["2"], text: "@Ana Maria" },
      { text: ", " },
      { name: "Ana", who: ["1", "3"], text: "@Ana" },
      { text: "! mail@Ana @Anabel " },
      { href: "https://x.org/@Ana", text: "https://x.org/@Ana" },
      { text: " " },
      { name: "all", who: [null], text: "@all" },
    ],
  );
});

test("an address shows its host in ASCII and a little of what follows", () => {
  assert.deepEqual(linkWords("https://example.org/"), { host: "example.org", rest: "" });
  assert.deepEqual(linkWords("https://example.org:8080/a?b=1"), {
    host: "example.org:8080",
    rest: "/a?b=1",
  });
  assert.deepEqual(linkWords("https://аррӏе.com/x"), { host: "xn--80ak6aa92e.com", rest: "/x" });
  const { rest } = linkWords(`https://example.org/${"long/".repeat(20)}`);
  assert.equal(rest.length, 28);
  assert.ok(rest.endsWith("…"));
});

test("what stands between two lines twice is covered", () => {
  assert.deepEqual(covered("so ||he wakes|| up"), [
    { text: "so " },
    { spoiler: "he wakes" },
    { text: " up" },
  ]);
  assert.equal(masked("so ||he wakes|| up ||and"), "so [spoiler] up [spoiler]");
  assert.deepEqual(covered("a || b"), [{ text: "a || b" }]);
  assert.deepEqual(covered("||||"), [{ text: "||||" }]);
});
