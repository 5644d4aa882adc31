/**
 * One open-loop correction: a rate and a time whose product is the error. Pure.
 * @module
 */

/** @typedef {import('./settings.js').Profile} Profile */

/**
 * @param {number} errorMs positive: we are behind
 * @param {number} roomRate
 * @param {Profile} profile
 * @param {boolean} [started] a moment ago
 */
export function planBurst(errorMs, roomRate, profile, started = false) {
  const size = Math.abs(errorMs);
  const fastAboveMs = started ? profile.startedFastAboveMs : profile.fastAboveMs;
  const most = size > fastAboveMs ? profile.fastBurst : profile.maxBurst;
  const share = Math.min(Math.max(size / profile.horizonMs, profile.minBurst), most);
  return {
    rate: roomRate * (1 + Math.sign(errorMs) * share),
    durationMs: size / share / roomRate,
  };
}

/** A burst under way, and whether it still does what was planned. */
export class Burst {
  #errorMs;
  #startMs;
  #profile;
  #off = 0;

  /**
   * @param {number} errorMs
   * @param {number} roomRate
   * @param {Profile} profile
   * @param {number} nowMs
   * @param {boolean} [started] a moment ago
   */
  constructor(errorMs, roomRate, profile, nowMs, started) {
    const { rate, durationMs } = planBurst(errorMs, roomRate, profile, started);
    this.rate = rate;
    this.endMs = nowMs + durationMs;
    this.#errorMs = errorMs;
    this.#startMs = nowMs;
    this.#profile = profile;
  }

  /** @param {number} nowMs */
  expectedMs(nowMs) {
    const done = (nowMs - this.#startMs) / (this.endMs - this.#startMs);
    return this.#errorMs * (1 - Math.min(Math.max(done, 0), 1));
  }

  /**
   * @param {import('./drift.js').Sample} sample
   * @returns {boolean} whether the error has left the plan for good
   */
  astray({ atMs, errorMs }) {
    const off = Math.abs(errorMs - this.expectedMs(atMs)) > this.#profile.abortMs;
    this.#off = off ? this.#off + 1 : 0;
    return this.#off >= this.#profile.abortTicks;
  }
}
