import assert from "node:assert/strict";
import { test } from "node:test";
import { stamp, when } from "./when.js";

const NOW = Date.parse("2026-11-27T12:00:00Z");
const reader = (/** @type {string} */ timeZone, locale = "en-GB") => ({
  nowMs: NOW,
  locale,
  timeZone,
});

test("each reads it in their own time zone", () => {
  const at = "2026-11-27T19:30:00Z";
  assert.equal(when(at, reader("Europe/Berlin")), "Tonight, 20:30");
  assert.equal(when(at, reader("America/Los_Angeles")), "Today, 11:30");
  assert.equal(when(at, reader("Asia/Tokyo")), "Tomorrow, 04:30");
});

test("another day has its date", () => {
  assert.equal(when("2026-12-04T19:30:00Z", reader("Europe/Berlin")), "Fri 4 Dec, 20:30");
  assert.equal(when("2026-11-26T19:30:00Z", reader("Europe/Berlin")), "Thu 26 Nov, 20:30");
});

test("what is read long after has its date, and its year where that is another one", () => {
  assert.equal(stamp("2026-11-27T19:30:00Z", reader("Europe/Berlin")), "Fri 27 Nov, 20:30");
  assert.equal(stamp("2026-12-31T19:30:00Z", reader("Asia/Tokyo")), "Fri, 1 Jan 2027, 04:30");
  assert.equal(stamp("2026-12-04T20:00:00Z", reader("UTC", "de")), "Fr., 4. Dez., 20:00");
});

test("a change of the clocks in between changes no day", () => {
  const nowMs = Date.parse("2026-10-24T21:30:00Z"); // 23:30 in Berlin, an hour before the long night
  const read = { nowMs, locale: "en-GB", timeZone: "Europe/Berlin" };
  assert.equal(when("2026-10-25T20:00:00Z", read), "Tomorrow, 21:00");
});
