/** Reconnect, resume and gaps: the state ends where the server's is, by every road. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { message, snapshot } from "./fixtures/people.js";
import { Link } from "./link.js";

class FakeWebSocket extends EventTarget {
  readyState = 1;
  /** @type {any[]} */
  sent = [];

  /** @param {string} text */
  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
  }

  /** @param {any} frame */
  says(frame) {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(frame) }));
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
/** @param {number} seq */
const said = (seq) => ({
  type: "chat:message",
  seq,
  message: message(`m${seq}`, seq),
  nonce: null,
});

async function rig() {
  /** @type {FakeWebSocket[]} */
  const lines = [];
  const link = new Link({
    url: () => "ws://here/",
    ticket: async () => "ticket-1",
    open: () => /** @type {any} */ (lines[lines.push(new FakeWebSocket()) - 1]),
  });
  /** @type {number[]} */
  const applied = [];
  link.on("applied", ({ event }) => event.seq && applied.push(event.seq));
  const connect = async () => {
    link.socket.connect();
    await settled();
    return /** @type {FakeWebSocket} */ (lines.at(-1));
  };
  const breaks = () =>
    lines.at(-1)?.dispatchEvent(Object.assign(new Event("close"), { code: 1006 }));
  const retry = async () => {
    link.socket.retry();
    await settled();
    return /** @type {FakeWebSocket} */ (lines.at(-1));
  };
  return { link, connect, breaks, retry, applied };
}

test("a snapshot and what follows it become the room", async () => {
  const { link, connect } = await rig();
  const line = await connect();
  line.says(snapshot());
  line.says(said(11));
  assert.deepEqual(
    link.room.value?.messages.map(({ id }) => id),
    ["m1", "m11"],
  );
  link.close();
});

test("after a reconnect it asks for what it missed and applies it in order", async () => {
  const { link, connect, breaks, retry, applied } = await rig();
  (await connect()).says(snapshot());
  breaks();
  const line = await retry();
  line.says(
    snapshot({ seq: 12, messages: [message("m1", 8), message("m11", 11), message("m12", 12)] }),
  );
  assert.deepEqual(
    line.sent.map(({ type, since, epoch }) => [type, since, epoch]),
    [["room:resume", 10, "e1"]],
  );
  line.says(said(13));
  line.says(said(11));
  line.says(said(12));
  assert.deepEqual(applied, [11, 12, 13]);
  assert.deepEqual(
    link.room.value?.messages.map(({ id }) => id),
    ["m1", "m11", "m12", "m13"],
  );
  link.close();
});

test("another epoch means: forget and start from the snapshot", async () => {
  const { link, connect, breaks, retry } = await rig();
  let lost = 0;
  link.on("lost", () => (lost += 1));
  (await connect()).says(snapshot());
  breaks();
  const line = await retry();
  line.says(snapshot({ epoch: "e2", seq: 2, messages: [] }));
  assert.deepEqual(
    [link.room.value?.seq, link.room.value?.messages.length, lost, line.sent.length],
    [2, 0, 1, 0],
  );
  link.close();
});

test("a snapshot as the answer to resume replaces everything", async () => {
  const { link, connect, breaks, retry } = await rig();
  (await connect()).says(snapshot());
  breaks();
  const line = await retry();
  line.says(snapshot({ seq: 900 }));
  line.says(snapshot({ seq: 900, messages: [message("m900", 900)] }));
  line.says(said(901));
  assert.deepEqual(
    link.room.value?.messages.map(({ id }) => id),
    ["m900", "m901"],
  );
  link.close();
});

test("a gap in a live stream is asked for after a moment", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { link, connect } = await rig();
  const line = await connect();
  line.says(snapshot());
  line.says(said(12));
  assert.equal(line.sent.length, 0);
  t.mock.timers.tick(500);
  assert.equal(line.sent[0].since, 10);
  link.close();
});

test("a sign-in about to end is renewed over the open socket", async () => {
  const { link, connect } = await rig();
  const line = await connect();
  line.says(snapshot());
  line.says({ type: "auth:expiring", expires_at: 1 });
  await settled();
  assert.deepEqual([line.sent[0].type, line.sent[0].ticket], ["auth:renew", "ticket-1"]);
  link.close();
});
