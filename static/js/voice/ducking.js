/**
 * How loud the film is while people speak: down quickly, up again slowly. Pure.
 * @module
 */

const DOWN_MS = 120;
const UP_MS = 600;

export class Ducking {
  #factor = 1;
  #atMs = 0;

  /**
   * @param {{speaking: boolean, depth: number, nowMs: number}} now `depth`: what is left of the
   *   film while somebody speaks, 0–1; 1 switches it off
   * @returns {number} what the film's own loudness is multiplied with
   */
  look({ speaking, depth, nowMs }) {
    const target = speaking ? depth : 1;
    const passedMs = Math.max(0, nowMs - this.#atMs);
    this.#atMs = nowMs;
    const span = Math.max(1 - depth, 0.01);
    const step = (span * passedMs) / (target < this.#factor ? DOWN_MS : UP_MS);
    const gap = target - this.#factor;
    this.#factor += Math.sign(gap) * Math.min(Math.abs(gap), step);
    return this.#factor;
  }
}
