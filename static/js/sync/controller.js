/**
 * Keeping a running player in step: samples in, decisions out. Few corrections, none without need.
 * @module
 */
import { Burst } from "./burst.js";
import { DriftMeter } from "./drift.js";

/** @typedef {import('./settings.js').Profile} Profile */
/** @typedef {import('./drift.js').Sample} Sample */
/** @typedef {{kind: 'none'} | {kind: 'rate', rate: number, endMs: number|null} | {kind: 'rejoin'}} Decision */

/** @type {Decision} */
const NONE = Object.freeze({ kind: "none" });
const MINUTE_MS = 60_000;

export class DriftController {
  #profile;
  #meter;
  /** @type {Burst|null} */
  #burst = null;
  /** @type {number[]} starts of the last minute's bursts */
  #recent = [];
  #roomRate = 1;
  #lastRejoinMs = -Infinity;
  #freshUntilMs = -Infinity;
  #startedUntilMs = -Infinity;
  /** The last settled measurement, ms; null while measuring. */
  errorMs = /** @type {number|null} */ (null);

  /** @param {Profile} profile */
  constructor(profile) {
    this.#profile = profile;
    this.#meter = new DriftMeter(profile);
  }

  get jumps() {
    return this.#meter.jumps;
  }

  /** The correction under way. */
  get burst() {
    return this.#burst;
  }

  /**
   * The player has been started, or has come back by itself.
   * @param {number} nowMs
   * @param {number} roomRate
   * @param {{standsMs?: number, fresh?: boolean}} [start] `standsMs`: how long the media clock may
   *   still stand; `fresh`: right after a command, when a second try costs least
   */
  started(nowMs, roomRate, { standsMs = 0, fresh = false } = {}) {
    this.#roomRate = roomRate;
    this.#burst = null;
    this.errorMs = null;
    this.#startedUntilMs = nowMs + standsMs + this.#profile.freshMs;
    this.#freshUntilMs = fresh ? this.#startedUntilMs : -Infinity;
    this.#meter.reset();
    this.#meter.skip(nowMs + standsMs + this.#profile.settleStartMs);
  }

  /**
   * The media moved by itself (nudge, gap, stall): what was measured is void.
   * @param {number} nowMs
   * @returns {Decision}
   */
  disturbed(nowMs) {
    const wasBursting = this.#burst !== null;
    this.#measureAfresh(nowMs + this.#profile.settleRateMs);
    return wasBursting ? { kind: "rate", rate: this.#roomRate, endMs: null } : NONE;
  }

  /**
   * The room's speed is another from now on.
   * @param {number} nowMs
   * @param {number} roomRate
   */
  roomRateChanged(nowMs, roomRate) {
    this.#roomRate = roomRate;
    this.#measureAfresh(nowMs + this.#profile.settleRateMs);
  }

  /**
   * The planned end of a burst has come.
   * @param {number} nowMs
   * @returns {Decision}
   */
  burstEnded(nowMs) {
    if (!this.#burst) return NONE;
    this.#measureAfresh(nowMs + this.#profile.settleRateMs);
    return { kind: "rate", rate: this.#roomRate, endMs: null };
  }

  /**
   * @param {Sample} sample
   * @returns {Decision}
   */
  step(sample) {
    if (this.#burst) {
      if (sample.atMs < this.#burst.endMs && !this.#burst.astray(sample)) return NONE;
      return this.burstEnded(sample.atMs);
    }
    this.#meter.add(sample);
    const errorMs = this.#meter.errorMs();
    if (errorMs === null) return NONE;
    this.errorMs = errorMs;
    return this.#decide(errorMs, sample.atMs);
  }

  /**
   * @param {number} errorMs
   * @param {number} nowMs
   * @returns {Decision}
   */
  #decide(errorMs, nowMs) {
    const size = Math.abs(errorMs);
    const fresh = nowMs < this.#freshUntilMs;
    if (size > (fresh ? this.#profile.freshSeekMs : this.#profile.hardSeekMs))
      return this.#rejoin(nowMs);
    if (!this.#profile.bursts || size <= this.#bandMs(nowMs)) return NONE;
    const started = nowMs < this.#startedUntilMs;
    this.#burst = new Burst(errorMs, this.#roomRate, this.#profile, nowMs, started);
    this.#recent.push(nowMs);
    return { kind: "rate", rate: this.#burst.rate, endMs: this.#burst.endMs };
  }

  /**
   * @param {number} nowMs
   * @returns {Decision}
   */
  #rejoin(nowMs) {
    if (nowMs - this.#lastRejoinMs < this.#profile.seekGapMs) return NONE;
    this.#lastRejoinMs = nowMs;
    this.#measureAfresh(nowMs + this.#profile.settleSeekMs);
    return { kind: "rejoin" };
  }

  /** @param {number} nowMs */
  #bandMs(nowMs) {
    if (this.#roomRate !== 1) return this.#profile.speedDeadBandMs;
    this.#recent = this.#recent.filter((startMs) => startMs > nowMs - MINUTE_MS);
    const quiet = this.#recent.length < this.#profile.trimPerMin;
    return quiet ? this.#profile.trimBandMs : this.#profile.deadBandMs;
  }

  /** @param {number} skipUntilMs */
  #measureAfresh(skipUntilMs) {
    this.#burst = null;
    this.errorMs = null;
    this.#meter.skip(skipUntilMs);
  }
}
