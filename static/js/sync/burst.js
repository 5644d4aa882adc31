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
  const horizonMs = started ? profile.startedHorizonMs : profile.horizonMs;
  const most = size > fastAboveMs ? profile.fastBurst : profile.maxBurst;
  const share = Math.min(Math.max(size / horizonMs, profile.minBurst), most);
  return {
    rate: roomRate * (1 + Math.sign(errorMs) * share),
    durationMs: size / share / roomRate,
  };
}

/** A burst under way, and whether it still does what was planned. */
export class Burst {
  #errorMs;
  #startMs;
  #clockMs;
  #profile;
  #off = 0;

  /**
   * @param {import('./drift.js').Sample} from the error that is to go, when, and by which clock
   * @param {number} roomRate
   * @param {Profile} profile
   * @param {boolean} [started] a moment ago
   */
  constructor({ atMs, errorMs, clockMs }, roomRate, profile, started) {
    const { rate, durationMs } = planBurst(errorMs, roomRate, profile, started);
    this.rate = rate;
    this.endMs = atMs + durationMs;
    this.#errorMs = errorMs;
    this.#startMs = atMs;
    this.#clockMs = clockMs;
    this.#profile = profile;
  }

  /** @param {number} nowMs */
  expectedMs(nowMs) {
    const done = (nowMs - this.#startMs) / (this.endMs - this.#startMs);
    return this.#errorMs * (1 - Math.min(Math.max(done, 0), 1));
  }

  /**
   * The error by this device's own clock, as far as the plan goes, ms.
   * @param {number} nowMs
   */
  localMs(nowMs) {
    return this.expectedMs(nowMs) - this.#clockMs;
  }

  /**
   * How far the server's clock has moved under the plan, ms.
   * @param {number} clockMs
   */
  movedMs(clockMs) {
    return clockMs - this.#clockMs;
  }

  /**
   * @param {import('./drift.js').Sample} sample
   * @returns {boolean} whether the error has left the plan for good
   */
  astray({ atMs, errorMs, clockMs }) {
    const plannedMs = this.expectedMs(atMs) + this.movedMs(clockMs);
    const off = Math.abs(errorMs - plannedMs) > this.#profile.abortMs;
    this.#off = off ? this.#off + 1 : 0;
    return this.#off >= this.#profile.abortTicks;
  }
}
