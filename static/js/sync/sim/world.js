/**
 * Simulated time: a queue of things to happen, and wrong clocks that look at it.
 * @module
 */

/** Deterministic randomness (mulberry32). */
export class Dice {
  #state;

  /** @param {number} seed */
  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** @returns {number} 0–1 */
  roll() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /**
   * @param {number} low
   * @param {number} high
   */
  between(low, high) {
    return low + (high - low) * this.roll();
  }

  /** @param {number} sd */
  normal(sd) {
    const radius = Math.sqrt(-2 * Math.log(1 - this.roll()));
    return sd * radius * Math.cos(2 * Math.PI * this.roll());
  }
}

export class World {
  /** True time, ms. */
  now = 0;
  /** @type {{at: number, order: number, run: () => void, dead?: boolean}[]} a binary heap */
  #heap = [];
  #order = 0;

  /**
   * @param {number} at true ms
   * @param {() => void} run
   * @returns {() => void} cancel
   */
  at(at, run) {
    /** @type {{at: number, order: number, run: () => void, dead?: boolean}} */
    const entry = { at: Math.max(at, this.now), order: this.#order++, run };
    this.#push(entry);
    return () => {
      entry.dead = true;
    };
  }

  /**
   * Lets time pass. Promises settle between events, as they would.
   * @param {number} untilMs
   */
  async run(untilMs) {
    while (this.#heap.length && this.#heap[0].at <= untilMs) {
      const entry = this.#pop();
      if (entry.dead) continue;
      this.now = entry.at;
      entry.run();
      for (let i = 0; i < 4; i++) await null;
    }
    this.now = untilMs;
  }

  /** @param {{at: number, order: number, run: () => void}} entry */
  #push(entry) {
    const heap = this.#heap;
    let i = heap.push(entry) - 1;
    for (let up = (i - 1) >> 1; i > 0 && before(heap[i], heap[up]); up = (i - 1) >> 1) {
      [heap[i], heap[up]] = [heap[up], heap[i]];
      i = up;
    }
  }

  #pop() {
    const heap = this.#heap;
    const first = heap[0];
    const last = /** @type {typeof first} */ (heap.pop());
    if (!heap.length) return first;
    heap[0] = last;
    for (let i = 0, least = 0; ; i = least) {
      for (const child of [2 * i + 1, 2 * i + 2])
        if (child < heap.length && before(heap[child], heap[least])) least = child;
      if (least === i) return first;
      [heap[i], heap[least]] = [heap[least], heap[i]];
    }
  }
}

/**
 * @param {{at: number, order: number}} one
 * @param {{at: number, order: number}} other
 */
function before(one, other) {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/**
 * A device's own clock and timers: off by `offsetMs`, running `ppm` fast.
 * @param {World} world
 * @param {{offsetMs?: number, ppm?: number}} [wrong]
 * @returns {import('../types.js').Timers}
 */
export function deviceTimers(world, { offsetMs = 0, ppm = 0 } = {}) {
  const speed = 1 + ppm * 1e-6;
  const now = () => world.now * speed + offsetMs;
  const trueAt = (/** @type {number} */ localMs) => (localMs - offsetMs) / speed;
  const after = (/** @type {number} */ ms, /** @type {() => void} */ fn) =>
    world.at(world.now + ms / speed, fn);
  return {
    now,
    after,
    at: (localMs, fn) => world.at(trueAt(localMs), fn),
    every: (ms, fn) => {
      let cancel = () => {};
      const again = () => {
        cancel = after(ms, again);
        fn();
      };
      cancel = after(ms, again);
      return () => cancel();
    },
  };
}
