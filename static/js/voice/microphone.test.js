/** One's own microphone, with a browser that takes its time to ask. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Microphone } from "./microphone.js";

/** A person who has been asked and has not answered yet. */
function asked() {
  /** @type {(stream: any) => void} */
  let resolve = () => {};
  /** @type {(error: Error) => void} */
  let refuse = () => {};
  const promise = new Promise((done, failed) => {
    resolve = done;
    refuse = failed;
  });
  let stopped = 0;
  const track = { stop: () => (stopped += 1) };
  const devices = /** @type {any} */ ({ getUserMedia: () => promise });
  const microphone = new Microphone({ onLevel: () => {}, onLost: () => {}, devices });
  const opening = microphone.open({ deviceId: "", headphones: false });
  const allow = () => resolve({ getTracks: () => [track], getAudioTracks: () => [track] });
  const busy = () => refuse(new DOMException("held by another", "NotReadableError"));
  return { microphone, opening, allow, busy, stopped: () => stopped };
}

test("a microphone allowed after it was given up is let go at once", async () => {
  const { microphone, opening, allow, stopped } = asked();
  microphone.close();
  allow();
  await assert.rejects(opening, { kind: "late" });
  assert.deepEqual([stopped(), microphone.track], [1, null]);
});

test("of two questions the later one counts", async () => {
  const { microphone, opening, allow, stopped } = asked();
  const later = microphone.open({ deviceId: "b", headphones: false });
  later.catch(() => {}); // there is nothing to listen with here
  allow();
  await assert.rejects(opening, { kind: "late" });
  assert.equal(stopped(), 1);
});

test("a question given up is late also where it fails, and closes nothing of a newer one", async () => {
  const { microphone, opening, busy } = asked();
  microphone.close();
  busy();
  await assert.rejects(opening, { kind: "late" });
});
