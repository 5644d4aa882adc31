/** Joins the socket to the room's state: snapshots, events in order, resume after a gap, renewal. */

import { Socket } from "../lib/socket.js";
import { Store } from "../lib/store.js";
import { Sequencer } from "./sequencer.js";
import { apply, fromSnapshot, refreshed } from "./state.js";

/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {import("../lib/socket.js").LinkState} LinkState */
/** @typedef {{event: Frame, before: RoomState, after: RoomState}} Applied */

/** An event that overtook its neighbour is given so long before the missing one is asked for. */
const GAP_PATIENCE_MS = 400;

export class Link {
  #sequencer = new Sequencer();
  /** @type {Map<string, Set<(detail: any) => void>>} */
  #listeners = new Map();
  /** @type {any} */
  #gapTimer = null;
  #resuming = false;

  /**
   * @param {object} options
   * @param {() => string} options.url
   * @param {() => Promise<boolean>} [options.renewAccess]
   * @param {() => Promise<string>} options.ticket a one-use ticket of a renewed sign-in
   * @param {(url: string) => WebSocket} [options.open]
   */
  constructor({ url, renewAccess, ticket, open }) {
    this.ticket = ticket;
    /** @type {Store<RoomState | null>} */
    this.room = new Store(/** @type {RoomState | null} */ (null));
    /** @type {Store<LinkState>} */
    this.state = new Store(/** @type {LinkState} */ ({ name: "connecting" }));
    this.socket = new Socket({
      url,
      renewAccess,
      open,
      onFrame: (frame) => this.#receive(frame),
      onState: (state) => this.#moved(state),
    });
  }

  /**
   * Frames by type, as they came; also `open`, `close`, `applied` (an event in its order) and `lost` (events that can't be had back).
   * @param {string} type
   * @param {(detail: any) => void} listener
   * @returns {() => void}
   */
  on(type, listener) {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** @param {Frame} frame */
  send(frame) {
    return this.socket.send(frame);
  }

  /** @param {Frame} frame */
  request(frame) {
    return this.socket.request(frame);
  }

  close() {
    clearTimeout(this.#gapTimer);
    this.socket.close();
    this.#listeners.clear();
  }

  /**
   * @param {string} type
   * @param {any} detail
   */
  #tell(type, detail) {
    for (const listener of [...(this.#listeners.get(type) ?? [])]) listener(detail);
  }

  /** @param {LinkState} state */
  #moved(state) {
    const wasLive = this.state.value.name === "live";
    this.state.set(state);
    if (state.name === "live") this.#tell("open", {});
    else if (wasLive) this.#tell("close", {});
  }

  /** @param {Frame} frame */
  #receive(frame) {
    if (frame.type === "room:snapshot") this.#snapshot(frame);
    this.#tell(frame.type, frame);
    if (frame.type === "auth:expiring") this.#renew();
    else if (frame.type !== "room:snapshot" && this.room.value)
      this.#take(this.#sequencer.push(frame));
  }

  /** @param {Frame} snapshot */
  #snapshot(snapshot) {
    const known = this.room.value;
    const goesOn = known && known.epoch === snapshot.epoch && !this.#resuming;
    if (goesOn) {
      this.room.set(refreshed(known, snapshot));
      if (snapshot.seq > this.#sequencer.seq) this.#resume();
      return;
    }
    this.#resuming = false;
    this.#sequencer.reset(snapshot.seq);
    this.room.set(fromSnapshot(snapshot));
    if (known) this.#tell("lost", {});
    this.#take(this.#sequencer.due());
  }

  /** @param {Frame[]} events */
  #take(events) {
    for (const event of events) {
      const before = /** @type {RoomState} */ (this.room.value);
      const after = apply(before, event);
      this.room.set(after);
      this.#tell("applied", { event, before, after });
    }
    clearTimeout(this.#gapTimer);
    if (this.#sequencer.gap) this.#gapTimer = setTimeout(() => this.#resume(), GAP_PATIENCE_MS);
  }

  async #resume() {
    const room = this.room.value;
    if (this.#resuming || !room) return;
    this.#resuming = true;
    await this.request({
      type: "room:resume",
      since: this.#sequencer.seq,
      epoch: room.epoch,
    }).catch(() => null);
    this.#resuming = false;
  }

  async #renew() {
    try {
      await this.request({ type: "auth:renew", ticket: await this.ticket() });
    } catch {
      // The server closes with 4401 when the time is up; the reconnect renews the sign-in then.
    }
  }
}
