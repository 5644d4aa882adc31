/** How speech is sent over a pair: what repairs it, how much it takes, how soon it goes. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { FakePc, settled } from "./fakes.js";
import { Pair } from "./pair.js";

const CODECS = ["audio/opus", "audio/red", "audio/PCMU"].map((mimeType) => ({ mimeType }));

/** @param {import("node:test").TestContext} t @param {{mimeType: string}[]} codecs what the browser has */
function browserWith(t, codecs) {
  const page = /** @type {any} */ (globalThis);
  page.RTCRtpReceiver = { getCapabilities: () => ({ codecs }) };
  t.after(() => {
    delete page.RTCRtpReceiver;
  });
}

/** @param {{offers: boolean}} how */
function pair({ offers }) {
  const pc = new FakePc({});
  const made = new Pair({
    polite: true,
    offers,
    epoch: 0,
    ice: {},
    track: null,
    send: () => {},
    onTrack: () => {},
    onState: () => {},
    open: () => /** @type {any} */ (pc),
  });
  return { made, pc };
}

/** @param {FakePc} pc */
const codecsOf = (pc) =>
  pc.getTransceivers()[0].codecs.map((/** @type {any} */ { mimeType }) => mimeType);

test("who offers asks for RED first, where the browser has it", async (t) => {
  browserWith(t, CODECS);
  const { pc } = pair({ offers: true });
  await settled();
  assert.deepEqual(codecsOf(pc), ["audio/red", "audio/opus", "audio/PCMU"]);
  browserWith(t, CODECS.slice(0, 1));
  assert.deepEqual(codecsOf(pair({ offers: true }).pc), [], "nothing is asked for without it");
});

test("both sides send at most 32 kbit/s, before everything else", async (t) => {
  browserWith(t, CODECS);
  const [caller, called] = [pair({ offers: true }), pair({ offers: false })];
  const description = { type: /** @type {const} */ ("offer"), sdp: "v=0\r\n" };
  await called.made.take({ from: "ana", user_id: "ana", to: "bo", epoch: 0, description });
  for (const { pc } of [caller, called])
    assert.deepEqual(pc.getTransceivers()[0].sender.parameters.encodings, [
      { maxBitrate: 32_000, networkPriority: "high" },
    ]);
});
