/** A tab's place in the call: joining, being heard or not, coming back, being sent out. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { settled } from "./fakes.js";
import { joined, PEER, rig } from "./rig.js";

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
