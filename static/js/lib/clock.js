/**
 * The server's clock as seen from here: one-way minima of ping stamps, and when to ping.
 * @module
 */
import { CLOCK } from "../sync/settings.js";

/** @typedef {{t0: number, t1: number, t2: number}} Pong */

/** The least of what was seen in the last while; older values are trusted less with age. */
class AgingMinimum {
  /** @type {{atMs: number, key: number}[]} rising keys, so that the first is the minimum */
  #queue = [];

  /**
   * @param {number} value
   * @param {number} atMs
   */
  add(value, atMs) {
    // value + (now − at)·ε orders like value − at·ε, whatever now is.
    const key = value - atMs * CLOCK.agePpm * 1e-6;
    while (this.#queue.length && this.#queue[this.#queue.length - 1].key >= key) this.#queue.pop();
    this.#queue.push({ atMs, key });
  }

  /**
   * @param {number} nowMs
   * @returns {number|null}
   */
  at(nowMs) {
    while (this.#queue.length > 1 && this.#queue[0].atMs < nowMs - CLOCK.windowMs)
      this.#queue.shift();
    if (!this.#queue.length) return null;
    return this.#queue[0].key + nowMs * CLOCK.agePpm * 1e-6;
  }

  clear() {
    this.#queue = [];
  }
}

/** Server time minus local time, from separate minima of the two directions. Pure. */
export class ClockEstimator {
  #forward = new AgingMinimum();
  #backward = new AgingMinimum();
  /** @type {number[]} */
  #rtts = [];
  pongs = 0;
  lastPongMs = -Infinity;

  /**
   * @param {Pong} pong
   * @param {number} t3 local ms on receive
   * @returns {boolean} false when the clocks turned out to have jumped and all was forgotten
   */
  addPong({ t0, t1, t2 }, t3) {
    this.#add(t1 - t0, t3 - t2, t3);
    const { forward, backward } = this.#minima(t3);
    const consistent = forward + backward >= -CLOCK.jumpToleranceMs;
    if (!consistent) {
      this.reset();
      this.#add(t1 - t0, t3 - t2, t3);
    }
    this.#rtts = [...this.#rtts, t3 - t0 - (t2 - t1)].slice(-CLOCK.rttSamples);
    this.pongs += 1;
    this.lastPongMs = t3;
    return consistent;
  }

  /**
   * A stamp on anything the server pushes is one more backward sample.
   * @param {number} serverMs
   * @param {number} localMs
   */
  addPush(serverMs, localMs) {
    this.#backward.add(localMs - serverMs, localMs);
  }

  /** @param {number} localMs */
  offsetAt(localMs) {
    const { forward, backward } = this.#minima(localMs);
    if (!Number.isFinite(forward)) return Number.isFinite(backward) ? -backward : 0;
    return (forward - backward) / 2;
  }

  /**
   * How wrong the offset can be at worst, from a path that is not the same both ways.
   * @param {number} localMs
   */
  boundAt(localMs) {
    const { forward, backward } = this.#minima(localMs);
    return Math.max(0, (forward + backward) / 2);
  }

  /** How much slower than the fastest a usual round trip is, ms. */
  get jitterMs() {
    return this.#rtts.length ? /** @type {number} */ (this.rttMs) - Math.min(...this.#rtts) : 0;
  }

  /** Median round trip of the last pings, or null. */
  get rttMs() {
    if (!this.#rtts.length) return null;
    return [...this.#rtts].sort((a, b) => a - b)[this.#rtts.length >> 1];
  }

  get known() {
    return this.pongs >= CLOCK.enoughPongs;
  }

  /** @param {number} localMs */
  sureAt(localMs) {
    return this.known && localMs - this.lastPongMs < CLOCK.staleMs;
  }

  reset() {
    this.#forward.clear();
    this.#backward.clear();
    this.#rtts = [];
    this.pongs = 0;
  }

  /**
   * @param {number} forward
   * @param {number} backward
   * @param {number} localMs
   */
  #add(forward, backward, localMs) {
    this.#forward.add(forward, localMs);
    this.#backward.add(backward, localMs);
  }

  /** @param {number} localMs */
  #minima(localMs) {
    return {
      forward: this.#forward.at(localMs) ?? Infinity,
      backward: this.#backward.at(localMs) ?? Infinity,
    };
  }
}

/** Pings the server at the right moments and tells its time. */
export class ServerClock {
  #timers;
  #send;
  #random;
  #estimator = new ClockEstimator();
  /** @type {Map<number, number>} t0 → when it is forgotten */
  #outstanding = new Map();
  #burstLeft = 0;
  #settleLeft = 0;
  /** @type {(() => void)|null} */
  #cancel = null;

  /**
   * @param {{timers: import('../sync/types.js').Timers,
   *   send: (frame: {type: 'sync:ping', t0: number}) => void, random?: () => number}} parts
   */
  constructor({ timers, send, random = Math.random }) {
    this.#timers = timers;
    this.#send = send;
    this.#random = random;
  }

  /** Server ms. */
  now() {
    return this.toServer(this.#timers.now());
  }

  /** @param {number} localMs */
  toServer(localMs) {
    return localMs + this.#estimator.offsetAt(this.#timers.now());
  }

  /** @param {number} serverMs */
  toLocal(serverMs) {
    return serverMs - this.#estimator.offsetAt(this.#timers.now());
  }

  get offsetMs() {
    return this.#estimator.offsetAt(this.#timers.now());
  }

  get boundMs() {
    return this.#estimator.boundAt(this.#timers.now());
  }

  get rttMs() {
    return this.#estimator.rttMs;
  }

  /** Whether there were pongs enough to build on, however long ago. */
  get known() {
    return this.#estimator.known;
  }

  get sure() {
    return this.#estimator.sureAt(this.#timers.now());
  }

  /** Many pings at once: after joining, reconnecting, coming online, becoming visible. */
  burst() {
    this.#burstLeft = CLOCK.burstPings;
    this.#settleLeft = CLOCK.settlePings;
    this.#ping();
  }

  /** Forget everything: the clocks have jumped. */
  reset() {
    this.#estimator.reset();
    this.#outstanding.clear();
  }

  stop() {
    this.#cancel?.();
    this.#cancel = null;
    this.#outstanding.clear();
  }

  /**
   * @param {Pong} pong
   * @returns {boolean} false when the clocks have jumped since the last one
   */
  onPong(pong) {
    const t3 = this.#timers.now();
    const stamps = [pong?.t0, pong?.t1, pong?.t2];
    if (!stamps.every(Number.isFinite)) return true;
    const forgetAt = this.#outstanding.get(pong.t0);
    this.#outstanding.delete(pong.t0);
    if (forgetAt === undefined || t3 > forgetAt) return true;
    const consistent = this.#estimator.addPong(pong, t3);
    if (!consistent) this.burst();
    return consistent;
  }

  /** @param {number} serverMs */
  onPush(serverMs) {
    if (Number.isFinite(serverMs)) this.#estimator.addPush(serverMs, this.#timers.now());
  }

  #ping() {
    this.#cancel?.();
    const now = this.#timers.now();
    const t0 = Math.round(now * 1000) / 1000;
    this.#forgetLate(now);
    this.#outstanding.set(t0, t0 + CLOCK.pongTimeoutMs);
    this.#send({ type: "sync:ping", t0 });
    this.#cancel = this.#timers.after(this.#nextGapMs(), () => this.#ping());
  }

  /** Fast, then while the way is jittery less fast, then steady. */
  #nextGapMs() {
    if (--this.#burstLeft > 0) return CLOCK.burstGapMs;
    const jittery = this.#estimator.jitterMs > CLOCK.jitteryMs;
    if (jittery && --this.#settleLeft > 0) return CLOCK.settleGapMs;
    return CLOCK.steadyGapMs * (1 + (2 * this.#random() - 1) * CLOCK.steadyJitter);
  }

  /** @param {number} now */
  #forgetLate(now) {
    for (const [t0, forgetAt] of this.#outstanding)
      if (now > forgetAt) this.#outstanding.delete(t0);
  }
}
