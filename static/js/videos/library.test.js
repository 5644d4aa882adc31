/** The films of one person, kept fresh. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { HttpError } from "../lib/http.js";
import { Library } from "./library.js";

/** @type {string[]} */
let asked;
/** @type {Record<string, any>} */
let answers;
/** @type {AbortController} */
let life;
/** @type {Library} */
let library;

/**
 * @param {string} id
 * @param {string} state
 * @returns {any}
 */
const film = (id, state, progress = 0) => ({
  id,
  state,
  progress,
  poster: null,
  posters: [],
  expires_at: "",
});

/** @param {any[]} results */
const page = (...results) => ({ results, next: null });
/** Lets answers arrive without letting time pass. */
const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

const api = {
  get: async (/** @type {string} */ path) => {
    asked.push(path);
    const answer = answers[path];
    if (answer instanceof Error) throw answer;
    return answer;
  },
};

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  asked = [];
  answers = {};
  life = new AbortController();
  library = new Library(() => {}, life.signal, api);
});
afterEach(() => {
  life.abort();
  mock.timers.reset();
});

test("it asks again every two seconds while a film is in work, and stops when all are done", async () => {
  answers["/api/videos/"] = page(film("b", "processing", 10), film("a", "ready"));
  await library.load();
  mock.timers.tick(1999);
  assert.equal(asked.length, 1);
  answers["/api/videos/"] = page(film("b", "ready"), film("a", "ready"));
  mock.timers.tick(1);
  await settled();
  assert.equal(asked.length, 2);
  assert.equal(library.find("b")?.state, "ready");
  mock.timers.tick(60_000);
  assert.equal(asked.length, 2);
});

test("an upload that was left half-way is not asked for every two seconds", async () => {
  answers["/api/videos/"] = page(film("a", "uploading"));
  await library.load();
  mock.timers.tick(14_999);
  assert.equal(asked.length, 1);
  mock.timers.tick(1);
  assert.equal(asked.length, 2);
});

test("a film that begins to change wakes it", async () => {
  answers["/api/videos/"] = page(film("a", "failed"));
  await library.load();
  library.put(film("a", "queued"));
  mock.timers.tick(2000);
  assert.equal(asked.length, 2);
});

test("a first failure is said; a later one keeps the list and goes on asking", async () => {
  answers["/api/videos/"] = new HttpError(0, "offline", "No connection.");
  await library.load();
  assert.equal(library.phase, "failed");
  assert.equal(library.reason, "No connection.");
  answers["/api/videos/"] = page(film("a", "queued"));
  await library.load();
  answers["/api/videos/"] = new HttpError(503, "unavailable", "Later.");
  mock.timers.tick(2000);
  await settled();
  assert.equal(library.phase, "ready");
  assert.equal(library.films.length, 1);
  mock.timers.tick(2000);
  assert.equal(asked.length, 4);
});

test("films that were deleted elsewhere go", async () => {
  answers["/api/videos/"] = page(film("b", "queued"), film("a", "ready"));
  await library.load();
  answers["/api/videos/"] = page(film("b", "queued"));
  await library.load();
  assert.deepEqual(
    library.films.map(({ id }) => id),
    ["b"],
  );
});

test("older pages stay, and an older film in work is asked for by itself", async () => {
  /** @type {any} */ (globalThis).location = { href: "https://films.example/videos" };
  answers["/api/videos/"] = {
    results: [film("d", "ready"), film("c", "ready")],
    next: "http://films.example/api/videos/?cursor=2",
  };
  answers["/api/videos/?cursor=2"] = page(film("b", "processing"), film("a", "ready"));
  answers["/api/videos/b/"] = film("b", "ready");
  await library.load();
  await library.more();
  await library.load();
  assert.deepEqual(
    library.films.map(({ id, state }) => id + state),
    ["dready", "cready", "bready", "aready"],
  );
  assert.equal(library.next, null);
});

test("a film that is gone when it is asked for goes from the list", async () => {
  answers["/api/videos/"] = page(film("a", "ready"));
  await library.load();
  answers["/api/videos/a/"] = new HttpError(404, "not_found", "There is nothing here.");
  await library.refresh("a");
  assert.deepEqual(library.films, []);
});

test("after the page has gone nobody asks any more", async () => {
  answers["/api/videos/"] = page(film("a", "queued"));
  await library.load();
  life.abort();
  mock.timers.tick(60_000);
  assert.equal(asked.length, 1);
});
