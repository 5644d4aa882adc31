/**
 * Seeing that a player that should run does not. Pure.
 * @module
 */
import { STALL } from "./settings.js";

/** @typedef {import('./types.js').Reading} Reading */

export class StallWatch {
  /** @type {Reading[]} */
  #window = [];
  /** @type {number|null} */
  #waitingSinceMs = null;

  reset() {
    this.#window = [];
    this.#waitingSinceMs = null;
  }

  /**
   * @param {Reading} reading
   * @param {{ready: boolean, rate: number}} player
   * @returns {boolean} whether it stands still
   */
  look(reading, { ready, rate }) {
    if (ready) this.#waitingSinceMs = null;
    else this.#waitingSinceMs ??= reading.atMs;
    this.#window = this.#window.filter((old) => old.atMs >= reading.atMs - STALL.standingMs);
    this.#window.push(reading);
    return this.#starved(reading.atMs) || this.#standing(rate);
  }

  /** @param {number} nowMs */
  #starved(nowMs) {
    return this.#waitingSinceMs !== null && nowMs - this.#waitingSinceMs >= STALL.reportMs;
  }

  /** @param {number} rate */
  #standing(rate) {
    const first = this.#window[0];
    const last = this.#window[this.#window.length - 1];
    const spanMs = last.atMs - first.atMs;
    if (spanMs < STALL.standingMs * 0.8) return false;
    return (last.positionS - first.positionS) * 1000 < spanMs * rate * STALL.standingShare;
  }
}
