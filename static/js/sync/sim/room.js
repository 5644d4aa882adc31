/**
 * A simulated room: sessions on wrong clocks behind bad networks, and the truth about them.
 * @module
 */

import { SyncSession } from "../session.js";
import { CHROMIUM } from "../settings.js";
import { WAYS, wire } from "./network.js";
import { SimPlayer } from "./player.js";
import { SimServer } from "./server.js";
import { Dice, deviceTimers, World } from "./world.js";

/**
 * @typedef {object} Viewer
 * @property {string} id
 * @property {SyncSession} session
 * @property {SimPlayer} player
 * @property {import('../types.js').Timers} timers
 */
/**
 * @typedef {object} ViewerOptions
 * @property {import('./network.js').Way} [way]
 * @property {{offsetMs?: number, ppm?: number}} [clock]
 * @property {import('./player.js').Habits} [habits]
 * @property {boolean} [control]
 * @property {Readonly<import('../settings.js').Profile>} [profile]
 * @property {() => Promise<import('../types.js').Grant>} [grant]
 * @property {(timers: import('../types.js').Timers) => import('../types.js').Player} [openPlayer] of another kind
 */

export class SimRoom {
  world = new World();
  dice;
  server;
  /** @type {Viewer[]} */
  viewers = [];
  /** @type {{atMs: number, places: number[], moving: boolean[]}[]} */
  record = [];

  /** @param {number} seed */
  constructor(seed) {
    this.dice = new Dice(seed);
    this.server = new SimServer(this.world);
    const note = () => {
      this.record.push({
        atMs: this.world.now,
        places: this.viewers.map(({ player }) => player.truth()),
        moving: this.viewers.map(({ player }) => player.moving),
      });
      this.world.at(this.world.now + 20, note);
    };
    note();
  }

  /** @param {ViewerOptions} [options] */
  join({
    way = WAYS.middling,
    clock = {},
    habits = {},
    control = true,
    profile = CHROMIUM,
    grant,
    openPlayer,
  } = {}) {
    const id = `viewer-${this.viewers.length}`;
    const dice = new Dice(Math.floor(this.dice.roll() * 2 ** 32));
    const timers = deviceTimers(this.world, clock);
    const player = new SimPlayer(this.world, dice, timers.now, habits);
    const socket = new SimSocket();
    const down = wire(this.world, dice, way, (frame) => socket.hear(frame));
    socket.up = wire(this.world, dice, way, (frame) => this.server.receive(id, frame));
    const session = new SyncSession({
      socket,
      timers,
      control,
      grant: grant ?? (async () => ({ hls: "/film.m3u8", duration: player.lengthS })),
      openPlayer: async () => ({ player: openPlayer?.(timers) ?? player, profile }),
      random: () => dice.roll(),
    });
    socket.hear({ type: "open" });
    this.server.join(id, down);
    this.viewers.push({ id, session, player, timers });
    return this.viewers[this.viewers.length - 1];
  }

  /** @param {number} seconds */
  async pass(seconds) {
    await this.world.run(this.world.now + seconds * 1000);
  }

  /** Largest minus smallest place at each look between two moments, ms. @param {number} fromMs @param {number} toMs */
  spread(fromMs, toMs = Infinity) {
    return this.#between(fromMs, toMs).map(
      ({ places }) => (Math.max(...places) - Math.min(...places)) * 1000,
    );
  }

  /** |skew| of all pairs, ms. @param {number} fromMs @param {number} toMs */
  skews(fromMs, toMs = Infinity) {
    return this.#between(fromMs, toMs).flatMap(({ places }) =>
      places.flatMap((one, i) => places.slice(i + 1).map((other) => Math.abs(one - other) * 1000)),
    );
  }

  /**
   * From a moment to when all move and stay within a limit for a second, ms.
   * @param {number} fromMs
   * @param {number} limitMs
   */
  settledAfter(fromMs, limitMs) {
    let sinceMs = null;
    for (const { atMs, places, moving } of this.#between(fromMs, Infinity)) {
      const within =
        moving.every(Boolean) && (Math.max(...places) - Math.min(...places)) * 1000 < limitMs;
      sinceMs = within ? (sinceMs ?? atMs) : null;
      if (sinceMs !== null && atMs - sinceMs >= 1000) return sinceMs - fromMs;
    }
    return Infinity;
  }

  /**
   * @param {number} fromMs
   * @param {number} toMs
   */
  #between(fromMs, toMs) {
    return this.record.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  }
}

/** A socket that is a wire. */
class SimSocket {
  /** @type {Map<string, ((frame: any) => void)[]>} */
  #listeners = new Map();
  /** @type {(frame: any) => void} */
  up = () => {};

  /** @param {any} frame */
  send(frame) {
    this.up(frame);
  }

  /** @param {any} frame */
  async request(frame) {
    this.up(frame);
    return { type: "ack" };
  }

  /**
   * @param {string} type
   * @param {(frame: any) => void} fn
   */
  on(type, fn) {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), fn]);
    return () => {};
  }

  /** @param {any} frame */
  hear(frame) {
    for (const fn of this.#listeners.get(frame.type) ?? []) fn(frame);
  }
}

/**
 * @param {number[]} values
 * @param {number} share 0–1
 */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/**
 * Two people whose clocks are wrong, in a room that has played for 20 s.
 * @param {number} seed
 * @param {import('./player.js').Habits} [habits] of the second person's player
 */
export async function pair(seed, habits = {}) {
  const room = new SimRoom(seed);
  room.join({ way: WAYS.near, clock: { offsetMs: 5_000_000, ppm: 10 } });
  room.join({ way: WAYS.middling, clock: { offsetMs: -3_000_000, ppm: -10 }, habits });
  await room.pass(4);
  room.server.command("play");
  await room.pass(20);
  return room;
}
