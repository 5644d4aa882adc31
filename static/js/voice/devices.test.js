/** Microphones that are plugged in while one talks. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Store } from "../lib/store.js";
import { OUT } from "./call-state.js";
import { watchMicrophones } from "./devices.js";
import { settled } from "./fakes.js";

/** @param {{chosen?: string, listening?: boolean}} given */
async function rig({ chosen = "", listening = false }) {
  let plugged = ["a", "b"];
  let switched = 0;
  const devices = new EventTarget();
  Object.assign(devices, {
    enumerateDevices: async () => plugged.map((deviceId) => ({ kind: "audioinput", deviceId })),
  });
  const state = new Store(OUT);
  const ended = new AbortController();
  watchMicrophones({
    devices: /** @type {any} */ (devices),
    kept: /** @type {any} */ ({ choices: { microphone: chosen } }),
    call: /** @type {any} */ ({ state, switchMicrophone: () => (switched += 1) }),
    signal: ended.signal,
  });
  state.set({ ...OUT, phase: "in", listening });
  await settled();
  const plug = async (/** @type {string[]} */ ...ids) => {
    plugged = ids;
    devices.dispatchEvent(new Event("devicechange"));
    await settled();
    return switched;
  };
  return { plug, state, end: () => ended.abort() };
}

test("the chosen microphone is taken again when it is back", async () => {
  const { plug } = await rig({ chosen: "b" });
  assert.equal(await plug("a"), 0, "that it went is told by its track");
  assert.equal(await plug("a", "b"), 1);
  assert.equal(await plug("a", "b", "c"), 1, "another one is no reason");
});

test("who listens for want of any microphone gets the first that comes", async () => {
  const { plug } = await rig({ listening: true });
  assert.equal(await plug(), 0);
  assert.equal(await plug("c"), 1);
});

test("who was refused the microphone is not asked again by a plug", async () => {
  const { plug } = await rig({ listening: true });
  assert.equal(await plug("a", "b", "c"), 0);
});

test("outside the call, and after the page, nothing is opened", async () => {
  const { plug, state, end } = await rig({ chosen: "b" });
  state.set(OUT);
  await plug("a");
  assert.equal(await plug("a", "b"), 0);
  state.set({ ...OUT, phase: "in" });
  await settled();
  await plug("a");
  end();
  assert.equal(await plug("a", "b"), 0);
});
