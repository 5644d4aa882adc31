/** The socket: answers, refusals, close codes, silence, coming back. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { backoffMs, meaningOf } from "./closing.js";
import { Socket } from "./socket.js";

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

  /** @param {number} code */
  dies(code) {
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
}

/** @param {{renewAccess?: () => Promise<boolean>}} [options] */
function rig(options = {}) {
  /** @type {FakeWebSocket[]} */
  const lines = [];
  /** @type {any[]} */
  const states = [];
  /** @type {any[]} */
  const frames = [];
  const clock = { now: 0 };
  const socket = new Socket({
    url: () => "ws://here/",
    open: () => /** @type {any} */ (lines[lines.push(new FakeWebSocket()) - 1]),
    onFrame: (frame) => frames.push(frame),
    onState: (state) => states.push(state),
    now: () => clock.now,
    random: () => 0,
    ...options,
  });
  return {
    socket,
    lines,
    states,
    frames,
    clock,
    last: () => /** @type {FakeWebSocket} */ (lines.at(-1)),
    name: () => socket.state.name,
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** @param {ReturnType<typeof rig>} r */
async function opened(r) {
  r.socket.connect();
  await settled();
  r.last().says({ type: "room:snapshot" });
  return r;
}

test("it is live with the first frame, not with the handshake", async () => {
  const r = rig();
  r.socket.connect();
  await settled();
  assert.equal(r.name(), "connecting");
  r.last().says({ type: "room:snapshot" });
  assert.equal(r.name(), "live");
  assert.deepEqual(r.frames, [{ type: "room:snapshot" }]);
  r.socket.close();
});

test("an ack resolves its request and an error rejects it with its code", async () => {
  const r = await opened(rig());
  const good = r.socket.request({ type: "chat:send", body: "a" });
  const bad = r.socket.request({ type: "chat:send", body: "b" });
  const [{ ref: one }, { ref: two }] = r.last().sent;
  assert.notEqual(one, two);
  r.last().says({
    type: "error",
    ref: two,
    code: "too_many",
    message: "Slow down.",
    retry_after: 3,
  });
  r.last().says({ type: "ack", ref: one, id: "7" });
  assert.equal((await good).id, "7");
  const refusal = /** @type {import("./socket.js").SocketError} */ (
    await bad.catch((error) => error)
  );
  assert.deepEqual(
    [refusal.code, refusal.message, refusal.retryAfter],
    ["too_many", "Slow down.", 3],
  );
  r.socket.close();
});

test("a request that nobody answers ends after its timeout", async () => {
  const r = await opened(rig());
  const error = await r.socket.request({ type: "sync:play" }, 5).catch((reason) => reason);
  assert.equal(error.code, "no_answer");
  r.socket.close();
});

test("requests under way fail when the line breaks, and new ones fail at once", async () => {
  const r = await opened(rig());
  const waiting = r.socket.request({ type: "sync:play" }).catch((error) => error.code);
  r.last().dies(1006);
  assert.equal(await waiting, "offline");
  assert.equal(
    await r.socket.request({ type: "sync:play" }).catch((error) => error.code),
    "offline",
  );
  r.socket.close();
});

test("it comes back by itself and says Offline after several failed tries", async (t) => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  t.after(() => mock.timers.reset());
  const r = await opened(rig());
  for (let tries = 0; tries < 6; tries++) {
    r.last().dies(1006);
    assert.equal(r.name(), tries < 5 ? "reconnecting" : "offline");
    mock.timers.tick(30_000);
    await settled();
  }
  r.last().says({ type: "room:snapshot" });
  assert.equal(r.name(), "live");
  r.socket.close();
});

/** @param {import("node:test").TestContext} t */
async function hanging(t) {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  t.after(() => mock.timers.reset());
  const r = rig();
  r.socket.connect();
  await settled();
  return r;
}

test("a try that nobody answers counts as failed, and the next one comes", async (t) => {
  const r = await hanging(t);
  mock.timers.tick(9_999);
  assert.equal(r.name(), "connecting");
  mock.timers.tick(1);
  assert.deepEqual([r.name(), r.last().readyState], ["reconnecting", 3]);
  mock.timers.tick(500);
  await settled();
  assert.equal(r.lines.length, 2);
  r.lines[0].says({ type: "room:snapshot" });
  assert.equal(r.name(), "reconnecting");
  r.socket.close();
});

test("tries that hang end in Offline, and a person can try at once", async (t) => {
  const r = await hanging(t);
  for (let tries = 0; tries < 6; tries++) {
    mock.timers.tick(10_000);
    if (tries < 5) mock.timers.tick(30_000);
    await settled();
  }
  assert.equal(r.name(), "offline");
  const before = r.lines.length;
  r.socket.retry();
  await settled();
  assert.equal(r.lines.length, before + 1);
  r.socket.close();
});

test("Retry takes the place of a try that seems to hang, not of one just begun", async (t) => {
  const r = await hanging(t);
  r.clock.now = 1_000;
  r.socket.retry();
  await settled();
  assert.equal(r.lines.length, 1);
  r.clock.now = 3_000;
  r.socket.retry();
  await settled();
  assert.deepEqual([r.lines.length, r.lines[0].readyState, r.name()], [2, 3, "connecting"]);
  mock.timers.tick(9_999);
  assert.equal(r.name(), "connecting");
  r.last().says({ type: "room:snapshot" });
  r.clock.now = 9_000;
  r.socket.retry();
  await settled();
  assert.deepEqual([r.lines.length, r.name()], [2, "live"]);
  r.socket.close();
});

test("once it is live, the patience with the try is over", async (t) => {
  const r = await hanging(t);
  r.last().says({ type: "room:snapshot" });
  mock.timers.tick(60_000);
  assert.deepEqual([r.name(), r.lines.length], ["live", 1]);
  r.socket.close();
});

test("what another tab took is taken back by a person, not by looking at this one", async () => {
  const r = await opened(rig());
  r.last().dies(4409);
  r.socket.retry();
  await settled();
  assert.deepEqual([r.name(), r.lines.length], ["replaced", 1]);
  r.socket.connect();
  await settled();
  assert.deepEqual([r.name(), r.lines.length], ["connecting", 2]);
  r.socket.close();
});

test("codes that end the room end it, and elsewhere waits for a person", async () => {
  for (const [code, name, why] of [
    [4403, "ended", "removed"],
    [4404, "ended", "gone"],
    [4400, "ended", "outdated"],
    [4409, "replaced", undefined],
  ]) {
    const r = await opened(rig());
    r.last().dies(Number(code));
    assert.deepEqual([r.socket.state.name, r.socket.state.why, r.lines.length], [name, why, 1]);
  }
});

test("an expired sign-in is renewed once before the next try", async (t) => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  t.after(() => mock.timers.reset());
  const renewAccess = t.mock.fn(async () => true);
  const r = await opened(rig({ renewAccess }));
  r.last().dies(4401);
  mock.timers.tick(1_000);
  await settled();
  assert.equal(renewAccess.mock.callCount(), 1);
  assert.equal(r.lines.length, 2);
  r.socket.close();
});

test("a sign-in that can't be renewed ends in words", async (t) => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  t.after(() => mock.timers.reset());
  const r = await opened(rig({ renewAccess: async () => false }));
  r.last().dies(4401);
  mock.timers.tick(1_000);
  await settled();
  assert.deepEqual([r.socket.state.name, r.socket.state.why], ["ended", "signed-out"]);
});

test("a line that swallows what is sent is taken for dead", async (t) => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  t.after(() => mock.timers.reset());
  const r = await opened(rig());
  r.socket.send({ type: "sync:ping", t0: 1 });
  r.clock.now = 13_000;
  mock.timers.tick(2_000);
  assert.equal(r.name(), "reconnecting");
  r.socket.close();
});

test("a closed socket stays closed and leaves no timer behind", async (t) => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  t.after(() => mock.timers.reset());
  const r = await opened(rig());
  r.last().dies(1006);
  r.socket.close();
  mock.timers.tick(120_000);
  await settled();
  assert.equal(r.lines.length, 1);
});

test("back-off doubles, keeps its jitter, its floor and its ceiling", () => {
  assert.deepEqual(
    [0, 1, 2, 3].map((attempt) => backoffMs(attempt, 0)),
    [250, 500, 1000, 2000],
  );
  assert.equal(backoffMs(0, 1), 500);
  assert.equal(backoffMs(50, 1), 30_000);
  assert.equal(backoffMs(0, 0, 10_000), 10_000);
});

test("an unknown close code means: come back", () => {
  assert.deepEqual(meaningOf(1006), { state: "reconnecting" });
  assert.equal(meaningOf(1012).state, "updating");
});
