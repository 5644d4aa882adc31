/** A film's state in words. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  factsOf,
  hueOf,
  isChanging,
  partOf,
  qualitiesOf,
  stateOf,
  stepsOf,
  trackName,
  watchableOf,
} from "./state.js";

/**
 * @param {Partial<import("./types.js").Film>} change
 * @returns {import("./types.js").Film}
 */
const film = (change) => ({
  id: "f",
  title: "Lock",
  state: "processing",
  progress: 42,
  playable: false,
  available_until: 0,
  duration: 5400,
  width: 1920,
  height: 1080,
  error: null,
  renditions: [],
  subtitles: [],
  audio: [],
  bytes: 0,
  note: "",
  retryable: false,
  poster: null,
  posters: [],
  expires_at: "",
  ...change,
});

/** @param {string} name @param {number} height @param {string} state @param {number} progress */
const rendition = (name, height, state, progress) => ({ name, height, state, progress });

test("every state has words and an icon, and a number where one moves", () => {
  const said = (/** @type {any} */ state) => stateOf(film({ state }));
  assert.deepEqual(said("uploading"), {
    kind: "info",
    icon: "upload",
    words: "Uploading",
    percent: 42,
  });
  assert.equal(stateOf(film({ state: "uploading", progress: 0 })).words, "Upload not finished");
  assert.equal(said("queued").words, "In line");
  assert.equal(said("probing").words, "Looking into the file");
  assert.equal(said("processing").words, "Preparing");
  assert.equal(said("ready").kind, "ok");
  assert.equal(said("failed").kind, "bad");
});

test("a film that can be played before it is done says so", () => {
  const { words, percent } = stateOf(film({ playable: true }));
  assert.equal(words, "Playable while the rest is made");
  assert.equal(percent, 42);
  assert.equal(stateOf(film({ playable: true, state: "ready" })).words, "Ready");
});

test("a state of tomorrow is a film in line, not a blank page", () => {
  assert.equal(stateOf(film({ state: /** @type {any} */ ("polishing") })).words, "In line");
});

test("only films at rest stand still", () => {
  assert.deepEqual(
    ["uploading", "queued", "probing", "processing", "ready", "failed"].filter((state) =>
      isChanging(film({ state: /** @type {any} */ (state) })),
    ),
    ["uploading", "queued", "probing", "processing"],
  );
});

test("the stages follow the film", () => {
  const states = (/** @type {any} */ change) => stepsOf(film(change)).map(({ state }) => state);
  assert.deepEqual(states({ state: "uploading" }), ["now", "todo", "todo"]);
  assert.deepEqual(states({ state: "queued" }), ["done", "todo", "todo"]);
  assert.deepEqual(states({ state: "probing" }), ["done", "now", "todo"]);
  const renditions = [rendition("360p", 360, "processing", 10)];
  assert.deepEqual(states({ renditions }), ["done", "done", "now"]);
  assert.deepEqual(states({ renditions, playable: true }), ["done", "done", "done"]);
});

test("qualities go from small to large with the number of the one in work", () => {
  const renditions = [
    rendition("source", 720, "ready", 100),
    rendition("1080p", 1080, "queued", 0),
    rendition("720p", 720, "processing", 30),
  ];
  assert.deepEqual(qualitiesOf(film({ playable: true, renditions })), [
    { words: "720p", state: "now", percent: 30 },
    { words: "Original", state: "done", percent: null },
    { words: "1080p", state: "todo", percent: null },
  ]);
  assert.deepEqual(
    qualitiesOf(film({ renditions })).map(({ state }) => state),
    ["todo", "todo", "todo"],
  );
});

test("a failure is shown at the stage where it happened", () => {
  assert.deepEqual(
    stepsOf(film({ state: "failed" })).map(({ state }) => state),
    ["done", "bad", "todo"],
  );
});

test("it says how much can be watched already", () => {
  assert.equal(watchableOf(film({})), null);
  assert.equal(
    watchableOf(film({ playable: true, available_until: 2460 })),
    "the first 41 min can be watched",
  );
  assert.equal(
    watchableOf(film({ playable: true, available_until: 5399.9 }))?.slice(0, 9),
    "all of it",
  );
  assert.equal(watchableOf(film({ playable: true, state: "ready" })), null);
});

test("facts leave out what is not known", () => {
  assert.deepEqual(factsOf(film({ duration: 1186, bytes: 6.5e9 })), ["19:46", "1080p", "6.5 GB"]);
  assert.deepEqual(factsOf(film({ duration: null, height: null, bytes: 0 })), []);
});

test("a track is called by its title, its language or its place", () => {
  assert.equal(trackName({ title: "Director", language: "en" }, 0), "Director");
  assert.equal(trackName({ language: "fr", title: "" }, 0, "en"), "French");
  assert.equal(trackName({ language: "", title: "" }, 1), "Track 2");
  assert.equal(trackName({ language: "not a tag!", title: "" }, 0), "not a tag!");
});

test("a language that is not known gives way to the place, an odd one is told as it is written", () => {
  assert.equal(trackName({ language: "und", title: "" }, 2), "Track 3");
  for (const language of ["x-!!", "e", "en-"])
    assert.equal(trackName({ language, title: "" }, 0), language);
});

test("how much was sent, with the unit said once where it is the same", () => {
  assert.equal(partOf(4.1e9, 6.5e9), "4.1 of 6.5 GB");
  assert.equal(partOf(800e6, 6.5e9), "800 MB of 6.5 GB");
});

test("every film has one of twelve hues", () => {
  assert.equal(hueOf("0193-000b"), 12);
  assert.equal(hueOf("0193-000c"), 1);
  assert.equal(hueOf("not hex"), 1);
});
