/** By which way a call goes: credentials of the relay, and the address that somebody hides. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { settled } from "./fakes.js";
import { joined, rig } from "./rig.js";

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
