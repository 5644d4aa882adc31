/** One film on its way up, against a stand-in for tus-js-client that does what it is told. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { uploadFilm } from "./upload.js";

/** @type {any} */
let tus;
/** @type {any[]} */
let earlier;
/** @type {number} what the server answers to a renewal */
let renewal;

class FakeUpload {
  /**
   * @param {any} file
   * @param {any} options
   */
  constructor(file, options) {
    Object.assign(this, { file, options, deeds: [] });
    tus = this;
  }
  async findPreviousUploads() {
    return earlier;
  }
  /** @param {any} upload */
  resumeFromPreviousUpload(upload) {
    tus.deeds.push(`from ${upload.uploadUrl}`);
  }
  start() {
    tus.deeds.push("start");
  }
  /** @param {boolean} [terminate] */
  async abort(terminate) {
    tus.deeds.push(terminate ? "terminate" : "abort");
  }
}

const world = /** @type {any} */ (globalThis);
const kept = { fetch: world.fetch, document: world.document };

beforeEach(() => {
  earlier = [];
  renewal = 200;
  world.tus = { Upload: FakeUpload };
  world.document = { cookie: "csrftoken=first", baseURI: "https://films.example/videos" };
  world.fetch = async () => new Response("{}", { status: renewal });
});
afterEach(() => {
  Object.assign(world, kept);
  world.tus = undefined;
});

/** @param {Partial<import("./upload.js").UploadEvents>} [on] */
async function begun(on = {}) {
  const file = /** @type {any} */ ({ name: "Lock.mkv", type: "video/x-matroska", size: 1000 });
  const transfer = uploadFilm(file, { onProgress: () => {}, ...on });
  await new Promise(setImmediate);
  return transfer;
}

/**
 * @param {number} status
 * @param {Record<string, string>} [headers]
 */
const answer = (status, headers = {}) => ({
  getStatus: () => status,
  getHeader: (/** @type {string} */ name) => headers[name],
  getBody: () => "",
});

function headersOfARequest() {
  /** @type {Record<string, string>} */
  const sent = {};
  tus.options.onBeforeRequest({
    setHeader: (/** @type {string} */ name, /** @type {string} */ value) => {
      sent[name] = value;
    },
  });
  return sent;
}

test("it sends 8 MiB pieces to our address and names the file", async () => {
  await begun();
  assert.equal(tus.options.endpoint, "https://films.example/api/uploads/");
  assert.equal(tus.options.chunkSize, 8 * 1024 * 1024);
  assert.equal(tus.options.metadata.filename, "Lock.mkv");
  assert.deepEqual(tus.deeds, ["start"]);
});

test("it goes on where an earlier try stopped", async () => {
  earlier = [{ uploadUrl: "/api/uploads/7" }];
  await begun();
  assert.deepEqual(tus.deeds, ["from /api/uploads/7", "start"]);
});

test("every request carries the token of that moment", async () => {
  await begun();
  assert.equal(headersOfARequest()["X-CSRFToken"], "first");
  world.document.cookie = "csrftoken=second";
  assert.deepEqual(headersOfARequest(), { "X-SyncWatch-Web": "1", "X-CSRFToken": "second" });
});

test("it gives the video's id that came with the last piece", async () => {
  const transfer = await begun();
  await tus.options.onAfterResponse({}, answer(204, { "Video-Id": "v1" }));
  tus.options.onSuccess({});
  assert.equal(await transfer.done, "v1");
});

test("a 401 renews the sign-in and the upload goes on", async () => {
  await begun();
  await assert.rejects(tus.options.onAfterResponse({}, answer(401)));
  assert.equal(tus.options.onShouldRetry({ originalResponse: null }), true);
});

test("a sign-in that cannot be renewed ends it with a way out", async () => {
  renewal = 401;
  const transfer = await begun();
  await assert.rejects(tus.options.onAfterResponse({}, answer(401)));
  assert.equal(tus.options.onShouldRetry({ originalResponse: null }), false);
  tus.options.onError(new Error("tus: failed"));
  await assert.rejects(transfer.done, { code: "not_signed_in", message: /Sign in/ });
});

test("a broken line is told and tried again, a refusal is not", async () => {
  let stalled = 0;
  await begun({
    onStalled: () => {
      stalled += 1;
    },
  });
  assert.equal(tus.options.onShouldRetry({ originalResponse: null }), true);
  assert.equal(tus.options.onShouldRetry({ originalResponse: answer(413) }), false);
  assert.equal(stalled, 1);
});

test("it can be held and goes on", async () => {
  const transfer = await begun();
  transfer.pause();
  transfer.resume();
  assert.deepEqual(tus.deeds, ["start", "abort", "start"]);
});

test("giving it up tells the server and ends the promise", async () => {
  const transfer = await begun();
  transfer.abort();
  await assert.rejects(transfer.done, { name: "AbortError" });
  assert.equal(tus.deeds.at(-1), "terminate");
});

test("paused or given up before the library is there, it does not start", async () => {
  world.tus = undefined;
  /** @type {any} */
  let script;
  world.document = {
    ...world.document,
    querySelector: () => ({ getAttribute: () => "/static/vendor/tus.js" }),
    createElement: () => ({ remove() {} }),
    head: {
      append: (/** @type {any} */ one) => {
        script = one;
      },
    },
  };
  const paused = await begun();
  paused.pause();
  const ended = await begun();
  ended.done.catch(() => {});
  ended.abort();
  tus = undefined;
  world.tus = { Upload: FakeUpload };
  script.onload();
  await new Promise(setImmediate);
  assert.deepEqual(tus.deeds, [], "only the paused one was made, and waits");
  paused.resume();
  assert.deepEqual(tus.deeds, ["start"]);
});

test("a library that does not come is said in words, and asked for again", async () => {
  world.tus = undefined;
  /** @type {any[]} */
  const scripts = [];
  world.document = {
    ...world.document,
    querySelector: () => ({ getAttribute: () => "/static/vendor/tus.js" }),
    createElement: () => ({ remove() {} }),
    head: { append: (/** @type {any} */ one) => scripts.push(one) },
  };
  const first = await begun();
  scripts[0].onerror();
  await assert.rejects(first.done, /could not start/);
  const second = await begun();
  second.done.catch(() => {});
  assert.equal(scripts.length, 2);
  second.abort();
  world.tus = { Upload: FakeUpload };
  scripts[1].onload();
});
