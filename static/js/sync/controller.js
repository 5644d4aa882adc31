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
  /** What a burst has left, ms by this device's own clock: believed until it is measured. */
  #leftMs = /** @type {number|null} */ (null);
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
    this.#startedUntilMs = nowMs + standsMs + this.#profile.freshMs;
    this.#freshUntilMs = fresh ? this.#startedUntilMs : -Infinity;
    this.#meter.reset();
    this.#measureAfresh(nowMs + standsMs + this.#profile.settleStartMs);
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
    const leftMs = this.#burst.localMs(nowMs);
    this.#measureAfresh(nowMs + this.#profile.settleRateMs);
    this.#leftMs = leftMs;
    return { kind: "rate", rate: this.#roomRate, endMs: null };
  }

  /**
   * @param {Sample} sample
   * @returns {Decision}
   */
  step(sample) {
    if (this.#burst) return this.#pursue(this.#burst, sample);
    this.#meter.add(sample);
    const errorMs = this.#meter.errorMs();
    if (errorMs === null) return this.#believe(sample);
    this.#leftMs = null;
    this.errorMs = errorMs;
    return this.#decide({ ...sample, errorMs });
  }

  /**
   * After a burst, before it is measured again: where only the clock has moved, that is known.
   * @param {Sample} sample
   * @returns {Decision}
   */
  #believe(sample) {
    if (this.#leftMs === null) return NONE;
    return this.#decide({ ...sample, errorMs: this.#leftMs + sample.clockMs });
  }

  /**
   * A burst is open-loop; only a server clock that has become better known changes its plan.
   * @param {Burst} burst
   * @param {Sample} sample
   * @returns {Decision}
   */
  #pursue(burst, sample) {
    if (burst.astray(sample)) return this.disturbed(sample.atMs);
    if (sample.atMs >= burst.endMs) return this.burstEnded(sample.atMs);
    const movedMs = burst.movedMs(sample.clockMs);
    if (Math.abs(movedMs) <= this.#profile.trimBandMs) return NONE;
    const errorMs = burst.expectedMs(sample.atMs) + movedMs;
    if (Math.abs(errorMs) <= this.#profile.trimBandMs) return this.burstEnded(sample.atMs);
    return this.#burstFrom({ ...sample, errorMs });
  }

  /**
   * @param {Sample} measured
   * @returns {Decision}
   */
  #decide(measured) {
    const { atMs, errorMs } = measured;
    const size = Math.abs(errorMs);
    const fresh = atMs < this.#freshUntilMs;
    if (size > (fresh ? this.#profile.freshSeekMs : this.#profile.hardSeekMs))
      return this.#rejoin(atMs);
    if (!this.#profile.bursts || size <= this.#bandMs(atMs)) return NONE;
    this.#recent.push(atMs);
    return this.#burstFrom(measured);
  }

  /**
   * @param {Sample} from
   * @returns {Decision}
   */
  #burstFrom(from) {
    const started = from.atMs < this.#startedUntilMs;
    this.#burst = new Burst(from, this.#roomRate, this.#profile, started);
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
    this.#leftMs = null;
    this.errorMs = null;
    this.#meter.skip(skipUntilMs);
  }
}
