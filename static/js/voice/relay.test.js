/** The relay: whether there is one, what is the matter with it, and to whom it is said. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { faultOf, faultWords, hidingNote, noRelay, RelayWatch, relayLack } from "./relay.js";

const STUN = { urls: ["stun:s.example.org"] };
const TURN = { urls: ["turn:r.example.org?transport=tcp"], username: "u", credential: "c" };
const ice = (/** @type {any[]} */ ...iceServers) => ({ iceServers, ttl: 3600 });

test("only who hides their address lacks a relay", () => {
  const lacks = (/** @type {any} */ given, relayOnly = true) => relayLack(given, { relayOnly });
  assert.equal(lacks(ice(STUN)), noRelay());
  assert.equal(lacks(ice(STUN), false), "");
  assert.equal(lacks(ice(STUN, TURN)), "");
  assert.equal(lacks(ice({ urls: "turns:r.example.org" })), "");
  assert.match(lacks(null), /Try again/);
  assert.equal(lacks(null, false), "");
});

test("the switch says what it would do here", () => {
  const note = (/** @type {any} */ given, relayOnly = false) => hidingNote(given, { relayOnly });
  assert.match(note(ice(STUN)), /no relay .* with this on/);
  assert.match(note(ice(STUN), true), /until you turn this off/);
  for (const known of [null, ice(TURN)]) assert.match(note(known), /relay only/);
});

for (const [codes, fault] of /** @type {[number[], string][]} */ ([
  [[], "away"],
  [[701], "away"],
  [[701, 401], "refused"],
  [[438], "refused"],
  [[486, 701], "full"],
  [[500], "away"],
]))
  test(`codes ${codes} are a relay that is ${fault}`, () => assert.equal(faultOf(codes), fault));

test("the way out is named to those who have one", () => {
  assert.match(faultWords("refused", true), /turn off hiding/);
  assert.doesNotMatch(faultWords("refused", false), /hiding/);
});

/** @param {import("node:test").TestContext} t */
function watched(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {any[]} */
  const told = [];
  /** @type {any[]} */
  const made = [];
  const watch = new RelayWatch({
    tell: (...words) => told.push(words),
    make: () => {
      const pc = Object.assign(new EventTarget(), {
        signalingState: "stable",
        connectionState: "new",
        iceGatheringState: "new",
        gathers: (/** @type {string} */ state) => {
          pc.iceGatheringState = state;
          pc.dispatchEvent(new Event("icegatheringstatechange"));
        },
        finds: (/** @type {string} */ type) =>
          pc.dispatchEvent(Object.assign(new Event("icecandidate"), { candidate: { type } })),
        fails: (/** @type {number} */ errorCode, url = "turn:r.example.org") =>
          pc.dispatchEvent(Object.assign(new Event("icecandidateerror"), { errorCode, url })),
      });
      made.push(pc);
      return /** @type {any} */ (pc);
    },
  });
  const open = (policy = "relay", /** @type {RTCIceServer[]} */ servers = [TURN]) => {
    watch.open({ iceServers: servers, iceTransportPolicy: /** @type {any} */ (policy) });
    made.at(-1).gathers("gathering");
    return made.at(-1);
  };
  return { open, told, tick: (/** @type {number} */ ms) => t.mock.timers.tick(ms) };
}

test("who has no other way is told at once, and once", (t) => {
  const { open, told, tick } = watched(t);
  for (let round = 0; round < 3; round += 1) {
    const pc = open();
    pc.fails(401);
    pc.gathers("complete");
  }
  tick(20_000);
  assert.deepEqual(told, [[faultWords("refused", true), true]]);
});

test("a relay that never answers is told of before the line is built anew", (t) => {
  const { open, told, tick } = watched(t);
  open();
  tick(7_999);
  assert.equal(told.length, 0);
  tick(1);
  assert.deepEqual(told, [[faultWords("away", true), true]]);
});

test("one relay of several that works is enough", (t) => {
  const { open, told, tick } = watched(t);
  const pc = open();
  pc.fails(701);
  pc.finds("relay");
  pc.gathers("complete");
  tick(20_000);
  assert.deepEqual(told, []);
});

test("after it worked, the next fault is news again", (t) => {
  const { open, told } = watched(t);
  const [first, second, third] = [open(), open(), open()];
  first.fails(401);
  first.gathers("complete");
  second.finds("relay");
  third.fails(401);
  third.gathers("complete");
  assert.equal(told.length, 2);
});

test("where voices also go without it, only a line that does not come about is a reason", (t) => {
  const { open, told, tick } = watched(t);
  const [fine, gone, stuck] = [open("all"), open("all"), open("all")];
  for (const pc of [fine, gone, stuck]) {
    pc.fails(401);
    pc.gathers("complete");
  }
  fine.connectionState = "connected";
  gone.signalingState = "closed";
  assert.deepEqual(told, []);
  tick(8_000);
  assert.deepEqual(told, [[faultWords("refused", false), false]]);
});

test("a new way that is looked for later is judged by itself", (t) => {
  const { open, told } = watched(t);
  const pc = open();
  pc.finds("relay");
  pc.gathers("complete");
  pc.connectionState = "disconnected";
  pc.gathers("gathering");
  pc.fails(401);
  pc.gathers("complete");
  assert.equal(told.length, 1);
});

test("a STUN server that does not answer is no fault of the relay", (t) => {
  const { open, told, tick } = watched(t);
  const pc = open("all", [STUN]);
  pc.fails(701, "stun:s.example.org");
  tick(20_000);
  assert.deepEqual(told, []);
});
