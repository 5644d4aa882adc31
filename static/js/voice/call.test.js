/** A tab's place in the call: joining, being heard or not, coming back, being sent out. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Call } from "./call.js";
import { settled } from "./fakes.js";
import { Kept } from "./kept.js";

const PEER = { session: "s-ana", user: { id: "ana" }, muted: false, deafened: false };

/**
 * @param {{peers?: any[], refuse?: any, mic?: Error, joinMuted?: boolean, ice?: any, hidden?: Set<string>}} [given]
 */
function rig({ peers = [], refuse, mic, joinMuted = false, ice, hidden = new Set() } = {}) {
  /** @type {Map<string, (detail: any) => void>} */
  const listeners = new Map();
  /** @type {any[]} */
  const sent = [];
  /** @type {any[]} */
  const done = [];
  /** @type {any} */
  let hooks;
  const microphone = {
    track: /** @type {any} */ (null),
    open: async () => {
      if (mic) throw mic;
      microphone.track = { enabled: true };
      return microphone.track;
    },
    close: () => {
      microphone.track = null;
    },
  };
  const backend = {
    ...Object.fromEntries(
      ["meet", "await", "drop", "signal", "configure", "close"].map((name) => [
        name,
        (/** @type {any[]} */ ...args) => done.push([name, ...args]),
      ]),
    ),
    send: async () => {},
    heard: () => [],
    quality: async () => new Map(),
  };
  const kept = new Kept(null);
  kept.change({ joinMuted });
  const ended = new AbortController();
  const call = new Call({
    link: /** @type {any} */ ({
      on: (/** @type {string} */ type, /** @type {any} */ listener) => {
        listeners.set(type, listener);
        return () => listeners.delete(type);
      },
      send: (/** @type {any} */ frame) => sent.push(frame),
      request: async (/** @type {any} */ frame) => {
        sent.push(frame);
        if (refuse) throw refuse;
        return { peers };
      },
    }),
    ice: async () => (ice ? ice() : { iceServers: [], ttl: 3600 }),
    kept,
    microphone: (given) => {
      hooks = given;
      return /** @type {any} */ (microphone);
    },
    voices: () =>
      /** @type {any} */ ({ add() {}, drop() {}, deafen() {}, clear() {}, unblock() {} }),
    userOf: (session) => (session === "s-ana" ? "ana" : null),
    isHidden: (userId) => hidden.has(userId),
    tell: (words) => done.push(["tell", words]),
    signal: ended.signal,
    backend: () => /** @type {any} */ (backend),
    newSession: () => "s-me",
  });
  const hear = (/** @type {string} */ type, /** @type {any} */ detail) =>
    listeners.get(type)?.(detail);
  const applied = (/** @type {any} */ event) => hear("applied", { event });
  const names = () => done.map(([name]) => name);
  return {
    call,
    sent,
    done,
    names,
    hear,
    applied,
    microphone,
    kept,
    mic: () => hooks,
    end: () => ended.abort(),
  };
}

/** @param {import("node:test").TestContext} t @param {any} [given] */
async function joined(t, given) {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const made = rig(given);
  await made.call.join();
  return made;
}

test("joining announces the session and meets whoever is there", async (t) => {
  const { call, sent, done } = await joined(t, { peers: [PEER] });
  assert.equal(call.state.value.phase, "in");
  assert.deepEqual(sent[0], { type: "voice:join", session: "s-me", muted: false });
  assert.deepEqual(done[0], ["meet", [PEER], { again: false }]);
});

test("a refusal is said in words and leaves nothing behind", async (t) => {
  const { call, names, microphone } = await joined(t, { refuse: new Error("8 people talk here.") });
  assert.deepEqual(
    [call.state.value.phase, call.state.value.problem],
    ["out", "8 people talk here."],
  );
  assert.deepEqual([names(), microphone.track], [["close"], null]);
});

test("without a microphone one listens, and the others see so", async (t) => {
  const { call, sent } = await joined(t, { mic: new Error("No microphone was found.") });
  assert.deepEqual([call.state.value.phase, call.state.value.listening], ["in", true]);
  assert.equal(call.state.value.problem, "No microphone was found.");
  assert.equal(sent[0].muted, true);
});

test("muted, held, deafened: what goes out, and what the room is told", async (t) => {
  const { call, sent, microphone } = await joined(t);
  const told = () => {
    t.mock.timers.tick(250);
    const { muted, deafened } = sent.findLast(({ type }) => type === "voice:state");
    return [microphone.track.enabled, muted, deafened];
  };
  call.mute(true);
  assert.deepEqual(told(), [false, true, false]);
  call.hold(true);
  assert.deepEqual(told(), [true, false, false]);
  call.hold(false);
  assert.deepEqual(told(), [false, true, false]);
  call.mute(false);
  call.deafen(true);
  assert.deepEqual(told(), [false, true, true]);
  call.hold(true);
  assert.equal(microphone.track.enabled, false, "the deaf do not talk by accident");
});

test("who joins muted talks only while the key is held", async (t) => {
  const { call, sent, microphone } = await joined(t, { joinMuted: true });
  assert.deepEqual([sent[0].muted, microphone.track.enabled], [true, false]);
  call.hold(true);
  assert.equal(microphone.track.enabled, true);
});

test("speaking is told, but not while one is muted", async (t) => {
  const { call, sent, mic } = await joined(t);
  mic().onLevel(0.2, true);
  t.mock.timers.tick(250);
  assert.equal(sent.at(-1).speaking, true);
  call.mute(true);
  t.mock.timers.tick(250);
  assert.deepEqual([sent.at(-1).speaking, call.state.value.speaking], [false, false]);
});

test("the microphone goes in the middle of a word: nobody is said to speak any more", async (t) => {
  const { call, sent, mic, microphone, done } = await joined(t);
  mic().onLevel(0.2, true);
  t.mock.timers.tick(250);
  microphone.open = async () => {
    throw new Error("No microphone was found.");
  };
  mic().onLost();
  await settled();
  t.mock.timers.tick(250);
  const { muted, speaking } = sent.at(-1);
  assert.deepEqual([muted, speaking, call.state.value.speaking], [true, false, false]);
  assert.deepEqual([microphone.track, call.state.value.phase], [null, "in"]);
  assert.match(done.at(-1)[1], /unplugged/u);
});

test("a sign of life goes out every ten seconds, however quiet it is", async (t) => {
  const { sent } = await joined(t);
  t.mock.timers.tick(30_000);
  assert.ok(sent.filter(({ type }) => type === "voice:state").length >= 3);
});

test("newcomers are awaited, those who leave are let go", async (t) => {
  const { applied, done } = await joined(t);
  applied({ type: "voice:peer:joined", peer: PEER });
  applied({ type: "voice:peer:joined", peer: { ...PEER, session: "s-me" } });
  applied({ type: "voice:peer:left", session: "s-ana", reason: "left" });
  assert.deepEqual(done.slice(1), [
    ["await", PEER],
    ["drop", "s-ana"],
  ]);
});

test("when the line is back the same session is announced again", async (t) => {
  const { hear, sent, done } = await joined(t, { peers: [PEER] });
  hear("open", {});
  await settled();
  assert.equal(
    sent.filter(({ type, session }) => type === "voice:join" && session === "s-me").length,
    2,
  );
  assert.deepEqual(done.at(-1), ["meet", [PEER], { again: true }]);
});

test("taken for lost, one comes back by oneself; taken out or replaced, one does not", async (t) => {
  const { applied, sent, call } = await joined(t);
  applied({ type: "voice:peer:left", session: "s-me", reason: "lost" });
  await settled();
  assert.equal(sent.filter(({ type }) => type === "voice:join").length, 2);
  applied({ type: "voice:peer:left", session: "s-me", reason: "removed" });
  assert.deepEqual(
    [call.state.value.phase, call.state.value.problem],
    ["out", "A moderator took you out of the call."],
  );
});

test("being asked to mute mutes, and is said once", async (t) => {
  const { hear, call, done } = await joined(t);
  hear("voice:hush", { by: "mara" });
  hear("voice:hush", { by: "mara" });
  assert.equal(call.state.value.muted, true);
  assert.equal(done.filter(([name]) => name === "tell").length, 1);
});

test("leaving says goodbye, gives the microphone back, and stops every timer", async (t) => {
  const { call, sent, microphone, names } = await joined(t);
  call.leave();
  const before = sent.length;
  t.mock.timers.tick(120_000);
  await settled();
  assert.deepEqual([sent.at(-1).type, sent.length], ["voice:leave", before]);
  assert.deepEqual([microphone.track, names().at(-1)], [null, "close"]);
});

test("left while joining, one is not in", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const { call } = rig();
  const joining = call.join();
  call.leave();
  await joining;
  assert.equal(call.state.value.phase, "out");
});

test("the page that closes leaves the call", async (t) => {
  const { end, sent } = await joined(t);
  end();
  assert.equal(sent.at(-1).type, "voice:leave");
});

test("credentials are fetched again before they end", async (t) => {
  const { names } = await joined(t);
  t.mock.timers.tick(3600 * 800);
  await settled();
  assert.equal(names().includes("configure"), true);
});

test("who hides their address where there is no relay is told so, and is not in the call", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const { call, kept, sent, microphone } = rig();
  kept.change({ relayOnly: true });
  await call.join();
  assert.equal(call.state.value.phase, "out");
  assert.match(call.state.value.problem, /no relay/);
  assert.deepEqual([sent, microphone.track], [[], null]);
  kept.change({ relayOnly: false });
  await call.join();
  assert.deepEqual([call.state.value.phase, call.state.value.problem], ["in", ""]);
});

test("hiding it in the middle of a call says so too, and turning it off again is enough", async (t) => {
  const { call, kept, done } = await joined(t);
  kept.change({ relayOnly: true });
  await call.switchRoute();
  assert.match(call.state.value.problem, /no relay/);
  assert.equal(done.at(-1)[1].iceTransportPolicy, "relay", "never by another way than was chosen");
  kept.change({ relayOnly: false });
  await call.switchRoute();
  assert.deepEqual([call.state.value.phase, call.state.value.problem], ["in", ""]);
});

test("a server that does not answer takes no known relay away", async (t) => {
  const answers = [{ iceServers: [{ urls: ["turn:x"] }], ttl: 3600 }];
  const ice = () => answers.pop() ?? Promise.reject(new Error("away"));
  const { call, kept, done } = await joined(t, { ice });
  kept.change({ relayOnly: true });
  await call.switchRoute();
  assert.deepEqual(done.at(-1)[1].iceServers, [{ urls: ["turn:x"] }]);
  assert.equal(call.state.value.problem, "");
});

test("no line is tried to whom a block stands between, and one is made when it ends", async (t) => {
  const other = { ...PEER, session: "s-ilya", user: { id: "ilya" } };
  const hidden = new Set(["ana"]);
  const { call, done, applied } = await joined(t, { peers: [PEER, other], hidden });
  assert.deepEqual(done[0], ["meet", [other], { again: false }]);
  applied({ type: "voice:peer:joined", peer: PEER });
  assert.equal(done.length, 1);
  hidden.clear();
  await call.hide();
  assert.deepEqual(done[1], ["meet", [PEER, other], { again: true }]);
});
