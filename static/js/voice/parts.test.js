/** The small parts of voice: what is asked of Opus, who speaks, how the film gives way, how good a line is. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Ducking } from "./ducking.js";
import { Kept, readChoices } from "./kept.js";
import { qualityOf } from "./quality.js";
import { tunedForSpeech } from "./sdp.js";
import { loudness, SpeakingMeter } from "./speaking.js";

const SDP = [
  "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9",
  "a=rtpmap:111 opus/48000/2",
  "a=fmtp:111 minptime=10;useinbandfec=0",
  "a=rtpmap:63 red/48000/2",
  "a=fmtp:63 111/111",
  "a=rtpmap:9 G722/8000",
].join("\r\n");

test("Opus is asked for repair, silence and 32 kbit/s; other formats are left alone", () => {
  const lines = tunedForSpeech(SDP).split("\r\n");
  assert.equal(lines[2], "a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1;maxaveragebitrate=32000");
  assert.deepEqual(lines.toSpliced(2, 1), SDP.split("\r\n").toSpliced(2, 1));
});

test("an Opus without wishes of its own gets a line for ours", () => {
  const bare = "a=rtpmap:96 opus/48000/2\r\na=ptime:20";
  assert.equal(
    tunedForSpeech(bare),
    "a=rtpmap:96 opus/48000/2\r\na=fmtp:96 useinbandfec=1;usedtx=1;maxaveragebitrate=32000\r\na=ptime:20",
  );
  assert.equal(tunedForSpeech("v=0\r\n"), "v=0\r\n");
});

test("speaking begins at once and ends after a pause for breath", () => {
  const meter = new SpeakingMeter();
  assert.equal(meter.look(0.015, 0), false, "a hum is no word");
  assert.equal(meter.look(0.05, 50), true);
  assert.equal(meter.look(0.015, 400), true, "softer is still speaking");
  assert.equal(meter.look(0, 750), true);
  assert.equal(meter.look(0, 850), false);
});

test("loudness is the root of the mean square", () => {
  assert.equal(loudness([]), 0);
  assert.equal(loudness([0.5, -0.5, 0.5, -0.5]), 0.5);
});

test("the film goes down within 120 ms and comes back in 600", () => {
  const ducking = new Ducking();
  const at = (/** @type {number} */ nowMs, /** @type {boolean} */ speaking) =>
    ducking.look({ speaking, depth: 0.35, nowMs });
  at(0, false);
  assert.ok(Math.abs(at(60, true) - 0.675) < 1e-9);
  assert.ok(Math.abs(at(120, true) - 0.35) < 1e-9);
  assert.ok(Math.abs(at(5000, true) - 0.35) < 1e-9);
  assert.ok(Math.abs(at(5300, false) - 0.675) < 1e-9);
  assert.ok(Math.abs(at(5600, false) - 1) < 1e-9);
  assert.equal(at(6000, false), 1);
});

test("a depth of one switches the giving way off", () => {
  const ducking = new Ducking();
  ducking.look({ speaking: false, depth: 1, nowMs: 0 });
  assert.equal(ducking.look({ speaking: true, depth: 1, nowMs: 500 }), 1);
});

const inbound = (/** @type {number} */ received, /** @type {number} */ lost) => ({
  type: "inbound-rtp",
  kind: "audio",
  packetsReceived: received,
  packetsLost: lost,
});
const way = (/** @type {number} */ rtt, type = "host") => [
  { id: "T", type: "transport", selectedCandidatePairId: "P" },
  { id: "P", type: "candidate-pair", localCandidateId: "L", currentRoundTripTime: rtt },
  { id: "L", type: "local-candidate", candidateType: type },
];

test("four bars for a good line, one for a bad one, none before there is one", () => {
  const before = { lost: 0, received: 0 };
  const bars = (/** @type {any[]} */ entries) => qualityOf(entries, before).quality.bars;
  assert.equal(bars([inbound(0, 0)]), 0);
  assert.equal(bars([...way(0.03), inbound(500, 0)]), 4);
  assert.equal(bars([...way(0.2), inbound(500, 0)]), 3);
  assert.equal(bars([...way(0.03), inbound(480, 30)]), 2);
  assert.equal(bars([...way(0.9), inbound(500, 0)]), 1);
});

test("what was lost long ago does not count any more, and a relay is seen", () => {
  const first = qualityOf([...way(0.03, "relay"), inbound(500, 100)], { lost: 0, received: 0 });
  assert.equal(first.quality.bars, 1);
  const second = qualityOf([...way(0.03, "relay"), inbound(600, 100)], first.counts);
  assert.deepEqual([second.quality.bars, second.quality.relayed], [4, true]);
});

test("choices that make no sense are not taken over", () => {
  assert.equal(readChoices("{{{").ducking, true);
  assert.equal(readChoices("null").ducking, true);
  assert.equal(readChoices('{"ducking":"no","headphones":true}').ducking, true);
  assert.equal(readChoices('{"ducking":"no","headphones":true}').headphones, true);
});

test("choices and volumes of people are kept", () => {
  /** @type {Map<string, string>} */
  const shelf = new Map();
  const storage = {
    getItem: (/** @type {string} */ key) => shelf.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ text) => void shelf.set(key, text),
  };
  new Kept(storage).change({ volumes: { ana: 0.4 }, joinMuted: true });
  const again = new Kept(storage);
  assert.deepEqual([again.volumeOf("ana"), again.volumeOf("bo")], [0.4, 1]);
  assert.equal(again.choices.joinMuted, true);
  assert.equal(new Kept(null).choices.joinMuted, false);
});
