/** Films on their way out, with the server and the toast as stand-ins. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Farewell, parted, partWith } from "./farewell.js";

const film = { id: "f1", title: "Sunday rabbit" };
/** @type {any[]} */
let removed;
/** @type {any} */
let offered;
/** @type {any[]} */
let failures;
/** @type {() => Promise<unknown>} */
let answer;

beforeEach(() => {
  removed = [];
  failures = [];
  offered = null;
  answer = async () => null;
});

const farewell = () =>
  new Farewell({
    remove: (id, options) => {
      removed.push([id, options?.keepalive ?? false]);
      return answer();
    },
    offer: (words, ways) => {
      offered = { words, ...ways };
    },
    failed: (error) => failures.push(error),
    changed: () => {},
  });

test("it is hidden at once, and removed when the offer ends", async () => {
  const leaving = farewell();
  leaving.begin(film);
  assert.equal(leaving.has("f1"), true);
  assert.deepEqual(removed, []);
  assert.match(offered.words, /Sunday rabbit/);
  await offered.onEnd();
  assert.deepEqual(removed, [["f1", false]]);
});

test("taken back, it stays", async () => {
  const leaving = farewell();
  leaving.begin(film);
  offered.onUndo();
  await offered.onEnd();
  assert.equal(leaving.has("f1"), false);
  assert.deepEqual(removed, []);
});

test("pressed twice, it goes once", () => {
  const leaving = farewell();
  leaving.begin(film);
  const first = offered;
  leaving.begin(film);
  assert.equal(offered, first);
});

test("what the server refuses comes back, with its words", async () => {
  answer = async () => {
    throw new Error("The server could not be reached.");
  };
  const leaving = farewell();
  leaving.begin(film);
  offered.onEnd();
  await new Promise(setImmediate);
  assert.equal(leaving.has("f1"), false);
  assert.equal(failures[0].message, "The server could not be reached.");
});

test("leaving the page does not bring it back", () => {
  const leaving = farewell();
  leaving.begin(film);
  leaving.finish();
  assert.deepEqual(removed, [["f1", true]]);
  offered.onEnd();
  assert.equal(removed.length, 1);
});

test("from one page to the next, told once", () => {
  /** @type {Record<string, string>} */
  const kept = {};
  const storage = {
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => {
      kept[key] = value;
    },
    getItem: (/** @type {string} */ key) => kept[key] ?? null,
    removeItem: (/** @type {string} */ key) => {
      delete kept[key];
    },
  };
  partWith(film, storage);
  assert.deepEqual(parted(storage), film);
  assert.equal(parted(storage), null);
});
