/**
 * Measuring the drift: the median of the last errors, leaving out what cannot be trusted. Pure.
 * @module
 */

/** @typedef {import('./settings.js').Profile} Profile */
/**
 * An error, and what of it the offset of the server's clock makes up: the offset at the room's rate.
 * @typedef {{atMs: number, errorMs: number, clockMs: number}} Sample
 */

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export class DriftMeter {
  /** @type {{atMs: number, localMs: number}[]} errors by this device's own clock */
  #window = [];
  #clockMs = 0;
  #skipUntilMs = -Infinity;
  #profile;
  /** Times the media clock jumped between two looks. */
  jumps = 0;

  /** @param {Profile} profile */
  constructor(profile) {
    this.#profile = profile;
  }

  /**
   * Forget the window and leave readings out until then.
   * @param {number} untilMs local ms
   */
  skip(untilMs) {
    this.#window = [];
    this.#skipUntilMs = Math.max(this.#skipUntilMs, untilMs);
  }

  /** Forget the window and what was to be left out. */
  reset() {
    this.#window = [];
    this.#skipUntilMs = -Infinity;
  }

  /**
   * The server's clock becomes better known while one looks, on a jittery way by tens of ms in the
   * first seconds: that moves what was seen before just as much, and is no jump of the media.
   * @param {Sample} sample taken while the media ran at the room's rate
   */
  add({ atMs, errorMs, clockMs }) {
    this.#clockMs = clockMs;
    if (atMs < this.#skipUntilMs) return;
    const localMs = errorMs - clockMs;
    const last = this.#window[this.#window.length - 1];
    if (last && Math.abs(localMs - last.localMs) > this.#profile.jumpMs) {
      this.jumps += 1;
      this.#window = [];
    }
    this.#window = this.#window.filter((old) => old.atMs > atMs - this.#profile.windowMs);
    this.#window.push({ atMs, localMs });
  }

  /**
   * The error, or null while there is too little to say. Big errors are told early: they need no
   * precision.
   * @returns {number|null}
   */
  errorMs() {
    if (this.#window.length < this.#profile.minSamples) return null;
    const errorMs = median(this.#window.map(({ localMs }) => localMs)) + this.#clockMs;
    return this.#full() || Math.abs(errorMs) > this.#profile.coarseMs ? errorMs : null;
  }

  /** The window reaches back far enough, but for one tick. */
  #full() {
    const spanMs = this.#window[this.#window.length - 1].atMs - this.#window[0].atMs;
    return spanMs >= this.#profile.windowMs * 0.8;
  }
}
