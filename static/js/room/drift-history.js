/** One's own drift over the last minute, a look a second. */

const KEPT_MS = 60_000;
const EVERY_MS = 1_000;

/** @typedef {{atMs: number, driftMs: number | null}} Look null: there was nothing to compare */

export class DriftHistory {
  /** @type {Look[]} oldest first */
  looks = [];

  /**
   * @param {number | null} driftMs
   * @param {number} nowMs
   */
  note(driftMs, nowMs) {
    if (nowMs - (this.looks.at(-1)?.atMs ?? -Infinity) < EVERY_MS) return;
    this.looks = this.looks.filter(({ atMs }) => nowMs - atMs < KEPT_MS);
    this.looks.push({ atMs: nowMs, driftMs });
  }
}

export const ownDrift = new DriftHistory();
