/** Sending, failing, sending again. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { SocketError } from "../lib/socket.js";
import { message } from "../room/fixtures/people.js";
import { Outbox } from "./outbox.js";
import { Thread } from "./thread.js";

function rig() {
  const thread = new Thread();
  /** @type {any[]} */
  const sent = [];
  /** @type {any} */
  let open = null;
  const link = {
    request: (/** @type {any} */ frame) =>
      new Promise((resolve, reject) => sent.push({ frame, resolve, reject })),
    on: (/** @type {string} */ type, /** @type {any} */ run) => {
      if (type === "open") open = run;
      return () => {};
    },
  };
  const outbox = new Outbox(thread, link, () => {});
  return { thread, sent, outbox, reopen: () => open() };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("words are shown at once and carry nonce and film time", () => {
  const { thread, sent, outbox } = rig();
  outbox.send("hello", 12.5);
  assert.equal(thread.unsent.length, 1);
  assert.deepEqual(
    [sent[0].frame.body, sent[0].frame.media_time, sent[0].frame.nonce],
    ["hello", 12.5, thread.unsent[0].nonce],
  );
});

test("without a film there is no film time on the wire", () => {
  const { sent, outbox } = rig();
  outbox.send("hello", null);
  assert.equal("media_time" in sent[0].frame, false);
});

test("a break in the line keeps them waiting, and they go again with the same nonce", async () => {
  const { thread, sent, outbox, reopen } = rig();
  outbox.send("hello", null);
  sent[0].reject(new SocketError("offline", "gone"));
  await settled();
  assert.equal(thread.unsent[0].state, "sending");
  reopen();
  assert.equal(sent[1].frame.nonce, sent[0].frame.nonce);
});

test("while an answer is awaited nothing is sent twice", () => {
  const { sent, outbox, reopen } = rig();
  outbox.send("hello", null);
  reopen();
  assert.equal(sent.length, 1);
});

test("a refusal gives them back with its words, and a retry sends them again", async () => {
  const { thread, sent, outbox } = rig();
  outbox.send("hello", null);
  sent[0].reject(new SocketError("too_many", "no", 2.2));
  await settled();
  assert.match(thread.unsent[0].reason ?? "", /Try again in 3 s/u);
  outbox.retry(thread.unsent[0].nonce);
  assert.equal(sent.length, 2);
  assert.equal(thread.unsent[0].state, "sending");
});

test("an ack with the message stands in for a broadcast that was missed", async () => {
  const { thread, sent, outbox } = rig();
  outbox.send("hello", null);
  sent[0].resolve({ type: "ack", message: message("a", 4) });
  await settled();
  assert.equal(thread.unsent.length, 0);
  assert.equal(thread.message("a")?.id, "a");
});
