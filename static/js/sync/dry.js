/**
 * Seeing that a player is about to run dry, while it still plays. Pure.
 * @module
 */
import { DRY } from "./settings.js";

/**
 * @typedef {object} Supply
 * @property {number} atMs
 * @property {number} aheadS what lies ready ahead
 * @property {number} leftS what is left of the film
 * @property {number} rate
 */

export class DryWatch {
  /** @type {Supply[]} */
  #window = [];
  #dry = false;

  reset() {
    this.#window = [];
    this.#dry = false;
  }

  /**
   * Little is left, and it goes as fast as it is watched. Once so, until enough lies ahead again.
   * @param {Supply} supply
   * @returns {boolean}
   */
  look(supply) {
    const { atMs, aheadS, leftS, rate } = supply;
    if (leftS - aheadS < DRY.restS) this.reset();
    else {
      this.#window = this.#window.filter((old) => old.atMs >= atMs - DRY.windowMs);
      this.#window.push(supply);
      this.#dry = this.#dry
        ? aheadS < DRY.enoughS * rate
        : aheadS < DRY.lowS * rate && this.#falling();
    }
    return this.#dry;
  }

  #falling() {
    const first = this.#window[0];
    const last = this.#window[this.#window.length - 1];
    const spanMs = last.atMs - first.atMs;
    if (spanMs < DRY.windowMs * 0.8) return false;
    return (first.aheadS - last.aheadS) * 1000 >= spanMs * last.rate * DRY.share;
  }
}
