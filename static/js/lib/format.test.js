import assert from "node:assert/strict";
import { test } from "node:test";

import { ago, bytes, clock, length, roughly, timeLeft } from "./format.js";
import { speak } from "./words.js";

test("a clock shows hours only where there are some", () => {
  assert.equal(clock(48.9), "0:48");
  assert.equal(clock(723), "12:03");
  assert.equal(clock(6000), "1:40:00");
  assert.equal(clock(Number.NaN), "0:00");
  assert.equal(clock(-4), "0:00");
});

test("a length is short", () => {
  assert.equal(length(48), "48 s");
  assert.equal(length(2460), "41 min");
  assert.equal(length(5880), "1 h 38");
  assert.equal(length(7200), "2 h");
});

test("bytes have two figures", () => {
  assert.equal(bytes(0), "0 B");
  assert.equal(bytes(999), "999 B");
  assert.equal(bytes(6_500_000_000), "6.5 GB");
  assert.equal(bytes(13_000_000), "13 MB");
  assert.equal(bytes(999_900_000), "1 GB");
  assert.equal(bytes(200e9), "200 GB");
});

test("time left is soft", () => {
  assert.equal(timeLeft(4), "a few seconds left");
  assert.equal(timeLeft(31), "35 s left");
  assert.equal(timeLeft(180), "3 min left");
  assert.equal(timeLeft(Number.POSITIVE_INFINITY), "");
  assert.equal(roughly(4), "a few seconds");
  assert.equal(roughly(31), "35 s");
  assert.equal(roughly(Number.NaN), "");
});

test("ago speaks relatively", () => {
  const now = Date.UTC(2026, 0, 2, 12);
  assert.equal(ago(now - 20_000, now, "en"), "just now");
  assert.equal(ago(now - 300_000, now, "en"), "5 minutes ago");
  assert.equal(ago(now - 86_400_000, now, "en"), "yesterday");
});

test("all of it follows the language of the page", () => {
  speak({
    lang: "de",
    plural: (n) => Number(n !== 1),
    words: {
      "{n} hour": ["{n} Stunde", "{n} Stunden"],
      "{n} minute": ["{n} Minute", "{n} Minuten"],
      "{time} left": "noch {time}",
      "just now": "gerade eben",
    },
  });
  assert.equal(bytes(6_500_000_000), "6,5 GB");
  assert.equal(timeLeft(31), "noch 35 s");
  const now = Date.UTC(2026, 0, 2, 12);
  assert.equal(ago(now - 1000, now), "gerade eben");
  assert.equal(ago(now - 86_400_000, now), "gestern");
  speak();
});
