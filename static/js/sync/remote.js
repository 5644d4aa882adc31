/**
 * The room's remote control: asks the server, and answers the person at once.
 * @module
 */
import { REPORT } from "./settings.js";
import { meansToPlay } from "./view.js";

/** @typedef {import('./types.js').Intent} Intent */
/** @typedef {import('./types.js').Timeline} Timeline */

/** After the server's yes the broadcast is at most this far, ms. */
const BROADCAST_MS = 500;
/** A seek counts as carried out when the timeline comes this near, s. */
const NEAR_S = 1.5;

export class Remote {
  /** @type {Intent|null} what the person wants and the room has not said yet */
  intent = null;
  #request;
  #timers;
  #changed;

  /**
   * @param {object} parts
   * @param {import('./types.js').Socket['request']} parts.request
   * @param {import('./types.js').Timers} parts.timers
   * @param {() => void} parts.changed
   */
  constructor({ request, timers, changed }) {
    this.#request = request;
    this.#timers = timers;
    this.#changed = changed;
  }

  /** @param {number} [position] */
  play(position) {
    return this.#ask(frame("sync:play", { position }), { paused: false });
  }

  /** @param {number} [position] */
  pause(position) {
    return this.#ask(frame("sync:pause", { position }), { paused: true });
  }

  /** @param {number} position */
  seek(position) {
    return this.#ask({ type: "sync:seek", position }, { position });
  }

  /** @param {number} rate */
  setRate(rate) {
    return this.#ask({ type: "sync:rate", rate }, { rate });
  }

  /** @param {string} itemId */
  load(itemId) {
    return this.#ask({ type: "sync:load", item_id: itemId }, {});
  }

  /** The room has spoken. @param {Timeline} timeline */
  heard(timeline) {
    if (this.intent && fulfilled(this.intent, timeline)) this.intent = null;
  }

  /**
   * @param {Record<string, unknown> & {type: string}} request
   * @param {Intent} intent
   */
  async #ask(request, intent) {
    const mine = { ...this.intent, ...intent };
    this.#want(mine);
    const takeBack = () => this.intent === mine && this.#want(null);
    this.#timers.after(REPORT.intentMs, takeBack);
    try {
      const ack = await this.#request(request);
      this.#timers.after(BROADCAST_MS, takeBack);
      return ack;
    } catch (error) {
      takeBack();
      throw error;
    }
  }

  /** @param {Intent|null} intent */
  #want(intent) {
    this.intent = intent;
    this.#changed();
  }
}

/**
 * @param {string} type
 * @param {{position?: number}} payload
 */
function frame(type, { position }) {
  return position === undefined ? { type } : { type, position };
}

/**
 * @param {Intent} intent
 * @param {Timeline} timeline
 */
function fulfilled({ paused, position, rate }, timeline) {
  if (paused !== undefined && paused === meansToPlay(timeline)) return false;
  if (position !== undefined && Math.abs(position - timeline.position) > NEAR_S) return false;
  return rate === undefined || rate === timeline.rate;
}
