/** Who waits for their turn, and until when. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { leftOf, waitingOf } from "./turn.js";

const NOW_MS = Date.parse("2027-01-15T08:00:10Z");
/** @param {string} id @param {string} at */
const said = (id, at, kind = "text") => ({ kind, author: { id }, created_at: `2027-01-15T${at}Z` });
/** @param {Record<string, any>} more @returns {any} */
const looked = ({ slow = 30, can = ["chat"], rights = [], messages = [] }, nowMs = NOW_MS) =>
  waitingOf(
    /** @type {any} */ ({
      room: { slow_mode_s: slow },
      me: { user: { id: "me" }, capabilities: can, rights },
      messages,
    }),
    nowMs,
  );

test("in slow mode one's own last words say when the turn comes", () => {
  const messages = [
    said("me", "08:00:00"),
    said("ana", "08:00:09"),
    said("me", "08:00:09", "system"),
  ];
  const waiting = looked({ messages });
  assert.equal(waiting.words, "Slow mode: your next message in");
  assert.equal(waiting.untilMs, NOW_MS + 20_000);
  assert.equal(leftOf(waiting, NOW_MS), "0:20");
  assert.equal(leftOf(waiting, NOW_MS + 1), "0:20", "never shorter than it is");
});

test("nobody waits whose turn it is, who keeps order, or where nothing is slow", () => {
  const messages = [said("me", "08:00:00")];
  assert.equal(looked({ messages }, NOW_MS + 20_000), null);
  assert.equal(looked({ messages, can: ["chat", "moderate"] }), null);
  assert.equal(looked({ messages, slow: 0 }), null);
  assert.equal(looked({ messages: [said("ana", "08:00:09")] }), null);
});

test("muted, one reads so, and until when where it ends", () => {
  const mute = { capability: "chat", allowed: false, until: NOW_MS + 61_000 };
  const waiting = looked({ can: [], rights: [mute] });
  assert.equal(waiting.words, "You cannot write here for now.");
  assert.equal(leftOf(waiting, NOW_MS), "1:01");
  assert.equal(leftOf(looked({ can: [] }), NOW_MS), "");
});
