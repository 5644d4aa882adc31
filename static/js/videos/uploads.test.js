/** The files on their way up from one tab. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { HttpError } from "../lib/http.js";
import { Uploads } from "./uploads.js";

/** @type {any[]} one a started upload */
let started;
/** @type {string[]} */
let arrived;
/** @type {Uploads} */
let uploads;

/** @param {string} name */
const file = (name) => /** @type {any} */ ({ name, size: 100, type: "", lastModified: 1 });
const settled = () => new Promise(setImmediate);
const phases = () => uploads.jobs.map(({ phase }) => phase);

/** @type {any} */
const upload = (/** @type {any} */ of, /** @type {any} */ on) => {
  /** @type {any} */
  let resolve;
  /** @type {any} */
  let reject;
  const done = new Promise((good, bad) => {
    resolve = good;
    reject = bad;
  });
  /** @type {string[]} */
  const deeds = [];
  const transfer = {
    of,
    on,
    done,
    resolve,
    reject,
    deeds,
    pause: () => deeds.push("pause"),
    resume: () => deeds.push("resume"),
    abort: () => {
      deeds.push("abort");
      reject(new DOMException("Given up", "AbortError"));
    },
  };
  started.push(transfer);
  return transfer;
};

beforeEach(() => {
  started = [];
  arrived = [];
  uploads = new Uploads({
    limit: 1000,
    changed: () => {},
    arrived: async (id) => arrived.push(id),
    upload,
  });
});

test("one goes up, the others wait their turn", async () => {
  assert.deepEqual(uploads.add([file("a.mp4"), file("b.mp4")]), []);
  assert.deepEqual(phases(), ["uploading", "waiting"]);
  started[0].resolve("v1");
  await settled();
  assert.deepEqual(arrived, ["v1"]);
  assert.deepEqual(phases(), ["uploading"]);
  assert.equal(started[1].of.name, "b.mp4");
});

test("what is no film is said and not taken, and nothing comes twice", () => {
  assert.equal(uploads.add([file("a.txt"), file("b.mp4"), file("b.mp4")]).length, 2);
  assert.equal(uploads.jobs.length, 1);
});

test("a held one lets the next go and comes back where it was", () => {
  uploads.add([file("a.mp4"), file("b.mp4")]);
  const [first] = uploads.jobs;
  uploads.pause(/** @type {any} */ (first));
  assert.deepEqual(phases(), ["paused", "uploading"]);
  uploads.resume(/** @type {any} */ (first));
  assert.deepEqual(phases(), ["waiting", "uploading"]);
  uploads.pause(/** @type {any} */ (uploads.jobs[1]));
  assert.deepEqual(started[0].deeds, ["pause", "resume"]);
});

test("a failure says why, and a second try is a new upload of the same file", async () => {
  uploads.add([file("a.mp4"), file("b.mp4")]);
  started[0].reject(new HttpError(413, "quota_exceeded", "No room left."));
  await settled();
  assert.deepEqual(phases(), ["failed", "uploading"]);
  assert.equal(uploads.jobs[0]?.reason, "No room left.");
  uploads.resumeBroken();
  assert.deepEqual(phases(), ["failed", "uploading"]);
  uploads.cancel(/** @type {any} */ (uploads.jobs[1]));
  uploads.resume(/** @type {any} */ (uploads.jobs[0]));
  assert.deepEqual(phases(), ["uploading"]);
  assert.equal(started.length, 3);
});

test("one that failed for want of a line goes on when there is one", async () => {
  uploads.add([file("a.mp4")]);
  started[0].reject(new HttpError(0, "offline", "The connection broke."));
  await settled();
  assert.deepEqual(phases(), ["failed"]);
  uploads.resumeBroken();
  assert.deepEqual(phases(), ["uploading"]);
});

test("giving one up tells the server and starts the next", async () => {
  uploads.add([file("a.mp4"), file("b.mp4")]);
  uploads.cancel(/** @type {any} */ (uploads.jobs[0]));
  await settled();
  assert.deepEqual(started[0].deeds, ["abort"]);
  assert.deepEqual(phases(), ["uploading"]);
  assert.equal(uploads.jobs[0]?.file.name, "b.mp4");
});

test("giving up a failed one tells the server, too", async () => {
  uploads.add([file("a.mp4")]);
  started[0].reject(new HttpError(0, "offline", "The connection broke."));
  await settled();
  uploads.cancel(/** @type {any} */ (uploads.jobs[0]));
  assert.deepEqual(started[0].deeds, ["abort"]);
  assert.deepEqual(uploads.jobs, []);
});

test("it knows whether leaving the page would cost something", async () => {
  assert.equal(uploads.busy, false);
  uploads.add([file("a.mp4")]);
  assert.equal(uploads.busy, true);
  uploads.pause(/** @type {any} */ (uploads.jobs[0]));
  assert.equal(uploads.busy, false);
});
