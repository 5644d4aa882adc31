/** A film that fails for this person: what they are told, what the room hears, and how it ends. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { NativePlayer } from "./players/native.js";
import { WAYS } from "./sim/network.js";
import { SimRoom } from "./sim/room.js";

/** Answers nothing for the first `times`. @param {number} times */
function refusing(times) {
  let asked = 0;
  return async () => {
    asked += 1;
    if (asked <= times) throw new Error("Not just now.");
    return { hls: "/film.m3u8", duration: 3600 };
  };
}

/** @param {import("./sim/room.js").ViewerOptions} options of the second person */
function pair(options) {
  const room = new SimRoom(31);
  room.join({ way: WAYS.near });
  const { id, session } = /** @type {import("./sim/room.js").Viewer} */ (
    room.join({ way: WAYS.near, ...options })
  );
  /** @type {(string | null)[]} */
  const told = [];
  session.on("trouble", ({ code }) => told.push(code));
  return { room, session, told, said: () => room.server.heardOf(id) };
}

test("one failed grant is forgotten once the film has loaded", async () => {
  const { room, session, told, said } = pair({ grant: refusing(1) });
  await room.pass(2);
  assert.deepEqual([session.state.state, told], ["out_of_sync", ["item_unavailable"]]);
  await room.pass(6);
  assert.deepEqual(told, ["item_unavailable", null]);
  assert.deepEqual([session.state.state, said()], ["in_sync", "ready"]);
});

test("the next film begins without the trouble of the last one", async () => {
  const { room, session, told } = pair({ grant: refusing(1) });
  await room.pass(2);
  room.server.command("load", { item_id: "another" });
  await room.pass(0.5);
  assert.deepEqual(told, ["item_unavailable", null]);
  assert.notEqual(session.state.state, "out_of_sync");
});

test("whoever's film fails does not hold the room up", async () => {
  const { room, said } = pair({ grant: refusing(99) });
  await room.pass(4);
  assert.equal(said(), "detached");
  room.server.command("play");
  await room.pass(1);
  assert.equal(room.server.timeline.hold, null);
  assert.ok(room.viewers[0].player.moving);
});

/** A <video> that does what it is told to. */
class FakeVideo extends EventTarget {
  textTracks = new EventTarget();
  readyState = 0;
  currentTime = 0;
  paused = true;
  preservesPitch = true;
  src = "";
  /** @type {{code: number} | null} */
  error = null;

  /** @param {number} code of MediaError */
  fails(code) {
    this.error = { code };
    this.dispatchEvent(new Event("error"));
  }

  arrives() {
    this.error = null;
    this.readyState = 1;
    this.dispatchEvent(new Event("loadedmetadata"));
  }
}

test("a file that comes again by its fresh address is no trouble any more", async (t) => {
  t.after(() => Reflect.deleteProperty(globalThis, "MediaError"));
  Object.assign(globalThis, {
    MediaError: { MEDIA_ERR_NETWORK: 2, MEDIA_ERR_DECODE: 3 },
  });
  const video = new FakeVideo();
  const player = new NativePlayer(/** @type {any} */ (video), () => 0);
  /** @type {(string | null)[]} */
  const told = [];
  player.on("trouble", ({ code }) => told.push(code));
  const loaded = player.load({ url: "/film.mp4", startS: 0, durationS: null });
  video.arrives();
  await loaded;
  video.fails(2);
  player.renew("/film.mp4?fresh");
  video.arrives();
  assert.deepEqual(told, ["media_network", null]);
  video.arrives();
  assert.deepEqual(told, ["media_network", null], "said once");
});
