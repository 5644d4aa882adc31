/**
 * What this device takes to start and to seek, learned from the media clock and remembered.
 * @module
 */
import { median } from "./drift.js";
import { START } from "./settings.js";

/** @typedef {'start'|'seek'|'fetch'} LatencyKind */

const BOUNDS = Object.freeze({
  start: { assumedMs: START.startLatencyMs, maxMs: START.startLatencyMaxMs },
  seek: { assumedMs: START.seekLatencyMs, maxMs: START.seekLatencyMaxMs },
  fetch: { assumedMs: START.fetchLatencyMs, maxMs: START.fetchLatencyMaxMs },
});
const STORE_KEY = "syncwatch.sync.latency";

/** Medians of the last few measurements of each kind; kept over visits where a store is given. */
export class LatencyBook {
  /** @type {Record<LatencyKind, number[]>} */
  #kept = { start: [], seek: [], fetch: [] };
  #store;
  #name;

  /**
   * @param {string} name whose latencies: a kind of player
   * @param {import('./types.js').Store|null} [store]
   */
  constructor(name, store = null) {
    this.#name = name;
    this.#store = store;
    this.#recall();
  }

  /**
   * @param {LatencyKind} kind
   * @returns {number} ms
   */
  of(kind) {
    const kept = this.#kept[kind];
    return kept.length ? median(kept) : BOUNDS[kind].assumedMs;
  }

  /**
   * @param {LatencyKind} kind
   * @param {number} ms
   */
  learn(kind, ms) {
    if (!Number.isFinite(ms)) return;
    const clamped = Math.min(Math.max(0, ms), BOUNDS[kind].maxMs);
    this.#kept[kind] = [...this.#kept[kind], clamped].slice(-START.latencyKept);
    this.#remember();
  }

  #recall() {
    try {
      const all = JSON.parse(this.#store?.getItem(STORE_KEY) ?? "{}");
      const mine = all?.[this.#name] ?? {};
      for (const kind of /** @type {LatencyKind[]} */ (Object.keys(BOUNDS)))
        if (Array.isArray(mine[kind])) for (const ms of mine[kind]) this.#keep(kind, ms);
    } catch {
      // A store that is full, forbidden or garbled only costs the first start its precision.
    }
  }

  /**
   * @param {LatencyKind} kind
   * @param {unknown} ms
   */
  #keep(kind, ms) {
    if (typeof ms === "number" && ms >= 0 && ms <= BOUNDS[kind].maxMs) this.#kept[kind].push(ms);
  }

  #remember() {
    try {
      const all = JSON.parse(this.#store?.getItem(STORE_KEY) ?? "{}");
      this.#store?.setItem(STORE_KEY, JSON.stringify({ ...all, [this.#name]: this.#kept }));
    } catch {
      // As above.
    }
  }
}

/**
 * Watches one start and tells how long it took, from where the media clock is once it runs:
 * events fire too early to be trusted.
 */
export class StartProbe {
  #calledMs;
  #fromS;
  #rate;
  #skipUntilMs;
  #wanted;
  /** @type {number[]} */
  #seen = [];
  spoiled = false;

  /**
   * @param {object} start
   * @param {number} start.calledMs when play() was called
   * @param {number} start.fromS
   * @param {number} start.rate
   * @param {number} start.settleMs readings are skipped this long
   * @param {number} start.samples
   */
  constructor({ calledMs, fromS, rate, settleMs, samples }) {
    this.#calledMs = calledMs;
    this.#fromS = fromS;
    this.#rate = rate;
    this.#skipUntilMs = calledMs + settleMs;
    this.#wanted = samples;
  }

  /**
   * @param {import('./types.js').Reading} reading
   * @returns {number|null} the latency, once known
   */
  add({ positionS, atMs }) {
    if (this.spoiled || atMs < this.#skipUntilMs) return null;
    const playedMs = ((positionS - this.#fromS) / this.#rate) * 1000;
    this.#seen.push(atMs - this.#calledMs - playedMs);
    return this.#seen.length >= this.#wanted ? median(this.#seen) : null;
  }
}
