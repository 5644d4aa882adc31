/** How fast something goes, and how long the rest will take: from the last seconds only. Pure. */

const WINDOW_MS = 10_000;
/** A shorter look than this says nothing: the first bytes fill buffers. */
const LEAST_MS = 1_500;

export class Pace {
  /** @type {{atMs: number, done: number}[]} */
  #samples = [];

  /** @param {number} [windowMs] */
  constructor(windowMs = WINDOW_MS) {
    this.windowMs = windowMs;
  }

  /**
   * @param {number} atMs
   * @param {number} done so far; less than before (a lost connection) begins a new look
   */
  add(atMs, done) {
    if (done < (this.#samples.at(-1)?.done ?? 0)) this.#samples = [];
    this.#samples.push({ atMs, done });
    const since = atMs - this.windowMs;
    while (this.#samples.length > 2 && /** @type {any} */ (this.#samples[1]).atMs <= since)
      this.#samples.shift();
  }

  /** After a pause: the time that nothing was done in must not count. */
  reset() {
    this.#samples = [];
  }

  /** NaN while it is not known. */
  get perSecond() {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.atMs - first.atMs < LEAST_MS) return Number.NaN;
    return ((last.done - first.done) / (last.atMs - first.atMs)) * 1000;
  }

  /**
   * NaN while it is not known, or nothing moves.
   * @param {number} total
   */
  secondsLeft(total) {
    const rate = this.perSecond;
    const left = total - (this.#samples.at(-1)?.done ?? 0);
    return rate > 0 ? Math.max(0, left) / rate : Number.NaN;
  }
}
