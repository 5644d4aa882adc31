/** The player in YouTube's frame: nothing before a yes, nobody else's word, and the room's step. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { COARSE } from "../settings.js";
import { WAYS } from "../sim/network.js";
import { SimRoom } from "../sim/room.js";
import { deviceTimers, World } from "../sim/world.js";
import { embedAddress, filmOf, ORIGIN, YouTubePlayer } from "./youtube.js";

const URL_OF_FILM = "https://www.youtube.com/watch?v=aqz-KE-bpKQ";
const PAGE = "https://watch.example";

/** The frame's side of the protocol, with a film of ten minutes. */
class Frame {
  #world;
  #at = { positionS: 0, sinceMs: 0 };
  /** @type {((event: any) => void) | null} */
  hear = null;
  window = {};
  state = -1;
  rate = 1;
  /** @type {string[]} */
  told = [];
  gesture = false;
  greeted = 0;

  /** @param {World} world */
  constructor(world) {
    this.#world = world;
    const beat = () => {
      if (this.greeted) this.tell("infoDelivery", { currentTime: this.truth() });
      world.at(world.now + 250, beat);
    };
    beat();
  }

  get moving() {
    return this.state === 1;
  }

  truth() {
    const movedS = this.moving ? ((this.#world.now - this.#at.sinceMs) / 1000) * this.rate : 0;
    return this.#at.positionS + movedS;
  }

  /** @param {string} event @param {unknown} [info] @param {object} [from] */
  tell(event, info, from = {}) {
    const data = JSON.stringify({ event, info, id: 1, channel: "widget" });
    this.hear?.({ source: this.window, origin: ORIGIN, data, ...from });
  }

  /** @param {string} text */
  take(text) {
    const { event, func, args = [], channel } = JSON.parse(text);
    assert.equal(channel, "widget");
    if (event === "listening" && !this.greeted++)
      this.tell("initialDelivery", { currentTime: 0, duration: 600, playerState: -1 });
    if (event !== "command") return;
    this.told.push([func, ...args].join(" "));
    if (func === "playVideo" && !this.gesture) this.#turn(1);
    if (func === "pauseVideo") this.#turn(2);
    if (func === "setPlaybackRate") this.#move(this.truth(), () => (this.rate = args[0]));
    if (func === "seekTo") this.#move(args[0]);
  }

  /** @param {number} state */
  #turn(state) {
    if (state === this.state) return;
    this.#move(this.truth(), () => (this.state = state));
    this.tell("onStateChange", state);
  }

  /** @param {number} positionS @param {() => void} [change] */
  #move(positionS, change = () => {}) {
    change();
    this.#at = { positionS, sinceMs: this.#world.now };
  }
}

/** @param {World} world @param {import('../types.js').Timers} timers */
function made(world, timers, { agreed = true } = {}) {
  const frame = new Frame(world);
  /** @type {string[]} */
  const opened = [];
  /** @type {() => void} */
  let say = () => {};
  let muted = false;
  const player = new YouTubePlayer({
    now: timers.now,
    page: PAGE,
    after: timers.after,
    every: timers.every,
    knob: {
      muted: () => muted,
      setMuted: (now) => (muted = now),
      volume: () => 0.5,
      onChange: () => () => {},
    },
    consent: {
      given: () => agreed,
      give: () => say(),
      wait: () => new Promise((resolve) => (say = () => resolve())),
    },
    openFrame: (address) => {
      opened.push(address);
      const post = {
        source: () => frame.window,
        send: (/** @type {string} */ text) => frame.take(text),
        listen: (/** @type {(event: any) => void} */ hear) => {
          frame.hear = hear;
          return () => (frame.hear = null);
        },
      };
      return { post, close: () => opened.push("closed") };
    },
  });
  return { player, frame, opened };
}

async function alone(how = {}) {
  const world = new World();
  const parts = made(world, deviceTimers(world), how);
  const loading = parts.player.load({ url: URL_OF_FILM, startS: 0, durationS: null });
  await world.run(1000);
  return { world, loading, ...parts };
}

test("an address becomes the frame's, and says which page may speak with it", () => {
  assert.equal(filmOf(URL_OF_FILM), "aqz-KE-bpKQ");
  const address = new URL(embedAddress("aqz-KE-bpKQ", PAGE));
  assert.equal(address.origin + address.pathname, `${ORIGIN}/embed/aqz-KE-bpKQ`);
  assert.deepEqual(
    [address.searchParams.get("enablejsapi"), address.searchParams.get("origin")],
    ["1", PAGE],
  );
});

test("nothing is asked for before this person says so", async () => {
  const world = new World();
  const { player, opened, frame } = made(world, deviceTimers(world), { agreed: false });
  /** @type {any[]} */
  const told = [];
  player.on("trouble", ({ code }) => told.push(code));
  player.load({ url: URL_OF_FILM, startS: 0, durationS: null });
  await world.run(2000);
  assert.deepEqual([opened, told, player.readyState()], [[], ["outside_consent"], 0]);
  player.allow();
  await world.run(4000);
  assert.equal(opened.length, 1);
  assert.deepEqual([told.at(-1), player.readyState(), player.durationS()], [null, 4, 600]);
  assert.ok(frame.told.includes("setVolume 50"));
});

test("whoever leaves before saying so asks for nothing later either", async () => {
  const world = new World();
  const { player, opened } = made(world, deviceTimers(world), { agreed: false });
  player.load({ url: URL_OF_FILM, startS: 0, durationS: null });
  await world.run(100);
  player.destroy();
  player.allow();
  await world.run(2000);
  assert.deepEqual(opened, []);
});

test("only the frame itself, from its own origin, is believed", async () => {
  const { player, frame, world } = await alone();
  for (const from of [{ origin: "https://evil.example" }, { source: {} }, { data: "{" }])
    frame.tell("infoDelivery", { currentTime: 500, duration: 9 }, from);
  assert.deepEqual([player.durationS(), player.read().positionS], [600, 0]);
  frame.tell("infoDelivery", { currentTime: 500 });
  assert.equal(player.read().positionS, 500);
  player.destroy();
  assert.equal(frame.hear, null);
  await world.run(2000);
});

test("its clock goes on between two words from it", async () => {
  const { player, frame, world } = await alone();
  await player.play();
  await world.run(world.now + 1600);
  assert.ok(Math.abs(player.read().positionS - frame.truth()) < 0.001);
});

test("a seek has landed when the frame says so, and the clock goes on from there", async () => {
  const { player, frame, world } = await alone();
  await player.play();
  let landed = 0;
  player.on("seeked", () => landed++);
  player.seek(300);
  assert.deepEqual([player.read().positionS, landed], [300, 0]);
  await world.run(world.now + 1600);
  assert.equal(landed, 1);
  assert.ok(frame.truth() > 301 && Math.abs(player.read().positionS - frame.truth()) < 0.001);
});

test("a browser that wants a gesture first lets it stand, and play() says so", async () => {
  const { player, frame, world } = await alone();
  frame.gesture = true;
  const refused = assert.rejects(player.play(), { name: "NotAllowedError" });
  await world.run(world.now + 4000);
  await refused;
  assert.ok(player.paused());
});

test("a film that may not be shown elsewhere says so in words", async () => {
  const { player, frame } = await alone();
  /** @type {any[]} */
  const told = [];
  player.on("trouble", ({ code, message }) => told.push(code, message));
  frame.tell("onError", 150);
  assert.equal(told[0], "outside_refused");
  assert.match(told[1], /may not be shown on other pages/);
});

/** A room whose second person watches in the frame. @param {number} seed */
async function room(seed) {
  const world = new SimRoom(seed);
  world.join({ way: WAYS.near });
  /** @type {ReturnType<typeof made> | null} */
  let parts = null;
  const viewer = world.join({
    way: WAYS.near,
    profile: COARSE,
    openPlayer: (timers) => {
      parts = made(world.world, timers);
      return parts.player;
    },
    grant: async () => ({ url: URL_OF_FILM, duration: null }),
  });
  await world.pass(4);
  world.server.command("play");
  await world.pass(12);
  return { world, viewer, .../** @type {ReturnType<typeof made>} */ (/** @type {any} */ (parts)) };
}

test("in a room it keeps step by seeks and quarter rates alone", async () => {
  const { world, frame, viewer } = await room(41);
  const offS = () => Math.abs(world.viewers[0].player.truth() - frame.truth());
  assert.ok(frame.moving && offS() < 0.25, `${offS()} s`);
  world.server.command("seek", { position: 300 });
  await world.pass(12);
  assert.ok(frame.moving && frame.truth() > 300 && offS() < 0.25, `${offS()} s`);
  frame.take(JSON.stringify({ event: "command", func: "seekTo", args: [100], channel: "widget" }));
  await world.pass(15);
  assert.ok(offS() < 0.25, `${offS()} s after a jump by itself`);
  const rates = frame.told.flatMap((one) => one.match(/^setPlaybackRate (.*)/)?.[1] ?? []);
  assert.ok(
    rates.every((rate) => (Number(rate) * 4) % 1 === 0),
    `${rates}`,
  );
  world.server.command("pause");
  await world.pass(3);
  assert.ok(!frame.moving && offS() < 0.01, `${offS()} s`);
  assert.equal(viewer.session.state.state, "in_sync");
});
