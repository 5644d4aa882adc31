/** A film's way into the room: to its end, given up half way, and one after the other. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Store } from "../lib/store.js";
import { film, snapshot, timeline } from "./fixtures/people.js";
import { apply, fromSnapshot } from "./state.js";

/** The queue draws, so it needs custom elements to exist before it is read. */
globalThis.HTMLElement ??= /** @type {any} */ (class {});
globalThis.customElements ??= /** @type {any} */ ({ define: () => {}, get: () => undefined });
const { Incoming } = await import("./incoming.js");

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** An answer that comes when it is told to. */
function pending() {
  /** @type {(value: any) => void} */
  let resolve = () => {};
  /** @type {(error: Error) => void} */
  let reject = () => {};
  const promise = new Promise((...both) => {
    [resolve, reject] = both;
  });
  return { promise, resolve, reject };
}

/** An empty room whose server answers one request after the other, as the test says. */
function rig() {
  const room = new Store(
    fromSnapshot(snapshot({ queue: [], timeline: timeline({ item_id: null }) })),
  );
  /** @type {ReturnType<typeof pending>[]} */
  const uploads = [];
  /** @type {ReturnType<typeof pending>[]} */
  const queued = [];
  /** @type {string[]} */
  const done = [];
  /** @type {((sent: number, total: number, secondsLeft: number) => void)[]} */
  const progress = [];
  const incoming = new Incoming(
    /** @type {any} */ ({
      room,
      signal: new AbortController().signal,
      remote: {
        can: () => true,
        do: async (/** @type {string} */ deed, id = "") => void done.push(`${deed} ${id}`.trim()),
      },
      api: {
        queueVideo: () => queued[queued.push(pending()) - 1].promise,
        video: async () => null,
      },
    }),
    (_file, { onProgress }) => {
      const upload = pending();
      uploads.push(upload);
      progress.push(onProgress);
      return { done: upload.promise, abort: () => upload.reject(new Error("Given up")) };
    },
    () => {},
  );
  /** The queue as the server tells it: a film that can be played. @param {string} id */
  const listed = (id) =>
    room.set(
      apply(room.value, {
        type: "queue:updated",
        items: [{ ...film, id, video: { id: "v1", state: "ready", playable: true } }],
      }),
    );
  return { incoming, uploads, queued, progress, done, listed };
}

const file = (name = "film.mp4") => /** @type {File} */ ({ name, size: 100 });

test("a film goes all the way and begins in an empty room", async () => {
  const { incoming, uploads, queued, done, listed } = rig();
  incoming.start(file());
  uploads[0].resolve("v1");
  await settled();
  assert.equal(incoming.journey?.phase, "adding");
  queued[0].resolve({ id: "one" });
  await settled();
  assert.equal(incoming.journey?.phase, "preparing");
  listed("one");
  await settled();
  assert.deepEqual([incoming.journey, done], [null, ["load one", "play"]]);
});

test("given up on while it is put into the queue, it stays away", async () => {
  const { incoming, uploads, queued, done, listed } = rig();
  incoming.start(file());
  uploads[0].resolve("v1");
  await settled();
  incoming.cancel();
  queued[0].resolve({ id: "one" });
  await settled();
  listed("one");
  await settled();
  assert.deepEqual([incoming.journey, done], [null, []]);
});

test("an upload begun right after giving one up is another one", async () => {
  const { incoming, uploads, progress } = rig();
  incoming.start(file());
  await settled();
  incoming.cancel();
  incoming.start(file("second.mp4"));
  progress[0](90, 100, 1);
  await settled();
  assert.deepEqual(
    [incoming.journey?.name, incoming.journey?.phase, incoming.journey?.sent],
    ["second.mp4", "uploading", 0],
  );
  uploads[1].reject(new Error("The line broke"));
  await settled();
  assert.equal(incoming.journey?.reason, "The line broke");
});

test("a film that was given up on does not take over the next one", async () => {
  const { incoming, uploads, queued } = rig();
  incoming.start(file());
  uploads[0].resolve("v1");
  await settled();
  incoming.cancel();
  incoming.start(file("second.mp4"));
  queued[0].resolve({ id: "one" });
  await settled();
  assert.deepEqual([incoming.journey?.name, incoming.journey?.phase], ["second.mp4", "uploading"]);
});

test("a film of one's own that the queue refuses says so and lets the next one in", async () => {
  const { incoming, queued } = rig();
  const adding = incoming.add("v1", "Sintel");
  queued[0].reject(new Error("The queue is full"));
  await adding;
  assert.deepEqual([incoming.journey?.reason, incoming.busy], ["The queue is full", false]);
});
