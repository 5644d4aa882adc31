/**
 * sync:status: what the server hears of this player, at each change and every few seconds.
 * @module
 */
import { REPORT } from "./settings.js";

/** @typedef {import('./types.js').ReportState} ReportState */
/**
 * @typedef {object} Facts
 * @property {ReportState} state
 * @property {number} seq
 * @property {number} positionS
 * @property {number} bufferedAheadS
 * @property {number|null} driftMs
 * @property {number|null} rttMs
 * @property {number} clockErrorBoundMs
 * @property {number} heightPx 0: there is no picture
 */

const POSITION_MAX_S = 864_000;
const HEIGHT_MAX_PX = 16_384;

export class StatusReporter {
  #send;
  #timers;
  #facts;
  /** @type {{state: ReportState, seq: number}|null} */
  #said = null;
  #saidMs = -Infinity;
  /** @type {number|null} when the present state was first seen unsaid */
  #unsaidMs = null;

  /**
   * @param {object} parts
   * @param {(frame: {type: 'sync:status'} & Record<string, unknown>) => void} parts.send
   * @param {import('./types.js').Timers} parts.timers
   * @param {() => Facts|null} parts.facts null: nothing to report on
   */
  constructor({ send, timers, facts }) {
    this.#send = send;
    this.#timers = timers;
    this.#facts = facts;
  }

  /** Say everything anew: the connection is another. */
  renew() {
    this.#said = null;
    this.#saidMs = -Infinity;
    this.look();
  }

  /** At each tick and whenever something may have changed. */
  look() {
    const facts = this.#facts();
    if (!facts) return;
    const now = this.#timers.now();
    const news = facts.state !== this.#said?.state || facts.seq !== this.#said?.seq;
    this.#unsaidMs = news ? (this.#unsaidMs ?? now) : null;
    if (this.#due(facts, now)) this.#say(facts, now);
  }

  /**
   * "ready" lets others start and goes out at once; "paused" is often over before it is told.
   * @param {Facts} facts
   * @param {number} now
   */
  #due({ state }, now) {
    const silentMs = now - this.#saidMs;
    if (this.#unsaidMs === null) return silentMs >= REPORT.statusMs;
    if (state === "ready") return true;
    const settled = state !== "paused" || now - this.#unsaidMs >= REPORT.pausedAfterMs;
    return settled && silentMs >= REPORT.statusGapMs;
  }

  /**
   * @param {Facts} facts
   * @param {number} now
   */
  #say({ state, seq, driftMs, rttMs, heightPx, clockErrorBoundMs: boundMs, ...facts }, now) {
    this.#said = { state, seq };
    this.#saidMs = now;
    this.#unsaidMs = null;
    this.#send({
      type: "sync:status",
      seq,
      state,
      position: within(facts.positionS, 0, POSITION_MAX_S),
      buffered: within(facts.bufferedAheadS, 0, POSITION_MAX_S),
      drift_ms: within(driftMs ?? 0, -1e9, 1e9),
      rtt_ms: within(rttMs ?? 0, 0, 60_000),
      clock_bound_ms: Number.isFinite(boundMs) ? within(boundMs, 0, 60_000) : null,
      quality: heightPx > 0 ? Math.min(heightPx, HEIGHT_MAX_PX) : null,
    });
  }
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
function within(value, low, high) {
  if (!Number.isFinite(value)) return 0;
  return Math.round(Math.min(Math.max(value, low), high) * 1000) / 1000;
}
