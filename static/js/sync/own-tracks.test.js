/** One's own quality, sound and captions: the same for the next film, and after a reload. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { numberOf, OwnTracks } from "./own-tracks.js";

/** @typedef {import('./types.js').Track} Track */

const level = (/** @type {number} */ id, /** @type {number} */ height) => ({
  id,
  height,
  label: `${height}p`,
  active: false,
});
const AUTO = { id: -1, label: "", active: true };
const track = (/** @type {number} */ id, /** @type {string} */ lang, label = lang) => ({
  id,
  lang,
  label,
  active: false,
});

/** A player as far as its tracks go. @param {Partial<Record<import('./own-tracks.js').Kind, Track[]>>} has */
function playerWith(has) {
  /** @type {Record<string, number>} */
  const set = {};
  const taken = (/** @type {string} */ kind) => (/** @type {number} */ id) => {
    set[kind] = id;
  };
  const player = /** @type {any} */ ({
    levels: () => has.levels ?? [],
    audio: () => has.audio ?? [],
    subtitles: () => has.subtitles ?? [],
    setLevel: taken("levels"),
    setAudio: taken("audio"),
    setSubtitle: taken("subtitles"),
  });
  return { player, set };
}

function memory() {
  const kept = new Map();
  return {
    kept,
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
  };
}

test("what was chosen holds for another film, and for another page", () => {
  const store = memory();
  const own = new OwnTracks(store);
  const first = playerWith({
    levels: [AUTO, level(0, 1080), level(1, 480)],
    audio: [track(0, "en"), track(1, "de")],
    subtitles: [track(0, "en")],
  });
  own.choose(first.player, "levels", 1);
  own.choose(first.player, "audio", 1);
  own.choose(first.player, "subtitles", 0);
  assert.deepEqual(first.set, { levels: 1, audio: 1, subtitles: 0 });
  for (const again of [own, new OwnTracks(store)]) {
    const next = playerWith({
      levels: [AUTO, level(0, 480), level(1, 720)],
      audio: [track(0, "de"), track(1, "en")],
      subtitles: [track(0, "fr"), track(1, "en")],
    });
    again.begin();
    again.follow(next.player);
    assert.deepEqual(next.set, { levels: 0, audio: 0, subtitles: 1 });
  }
});

test("nobody chose: the film does, and what one film lacks is left to it", () => {
  const { player, set } = playerWith({ levels: [AUTO, level(0, 480)], audio: [track(0, "en")] });
  new OwnTracks(null).follow(player);
  assert.deepEqual(set, {});
  assert.equal(numberOf("audio", [track(0, "en")], { lang: "de", label: "de" }), undefined);
});

test("a quality that a film lacks is the next one below, else the smallest", () => {
  const levels = [AUTO, level(0, 1080), level(1, 480), level(2, 360)];
  assert.equal(numberOf("levels", levels, { height: 720 }), 1);
  assert.equal(numberOf("levels", levels, { height: 144 }), 2);
  assert.equal(numberOf("levels", levels, { height: 720, off: true }), -1);
});

test("a track of the same name goes before another of its language", () => {
  const list = [track(0, "en", "English"), track(1, "en", "Commentary")];
  assert.equal(numberOf("audio", list, { lang: "en", label: "Commentary" }), 1);
  assert.equal(numberOf("audio", list, { lang: "en", label: "Englisch" }), 0);
});

test("a film is followed once, so that what its player does later stands", () => {
  const own = new OwnTracks(null);
  const { player, set } = playerWith({ audio: [track(0, "en"), track(1, "de")] });
  own.choose(player, "audio", 1);
  own.follow(player);
  set.audio = 0;
  own.follow(player);
  assert.equal(set.audio, 0);
  own.begin();
  own.follow(player);
  assert.equal(set.audio, 1);
});

test("captions that were put away come back in their language, and stay away over films", () => {
  const own = new OwnTracks(null);
  const subtitles = [track(0, "en"), { ...track(1, "de"), active: true }];
  const { player, set } = playerWith({ subtitles });
  own.choose(player, "subtitles", 1);
  own.toggleSubtitles(player);
  assert.equal(set.subtitles, -1);
  const next = playerWith({ subtitles: [{ ...track(0, "en"), active: true }, track(1, "de")] });
  own.begin();
  own.follow(next.player);
  assert.equal(next.set.subtitles, -1);
  own.toggleSubtitles(
    playerWith({ subtitles: subtitles.map((one) => ({ ...one, active: false })) }).player,
  );
  own.begin();
  own.follow(next.player);
  assert.equal(next.set.subtitles, 1);
});

test("a garbled or forbidden memory is no harm", () => {
  const store = memory();
  store.setItem("syncwatch.sync.tracks", '{"audio": 5, "levels": null}');
  const { player, set } = playerWith({ levels: [AUTO, level(0, 480)], audio: [track(0, "en")] });
  new OwnTracks(store).follow(player);
  store.setItem("syncwatch.sync.tracks", "{{{");
  new OwnTracks(store).follow(player);
  assert.deepEqual(set, {});
});
