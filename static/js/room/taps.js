/** What taps on the film mean: one shows or hides the controls, more on one side are one jump. Pure. */

/** A second tap within this time belongs to the first one. */
export const DOUBLE_MS = 300;
/** While a jump grows, a further tap has this long. */
export const MORE_MS = 600;
/** A finger that stays longer, or moves farther, did not tap. */
const PRESS_MS = 500;
const MOVE_PX = 12;
const STEP_S = 10;

/** @typedef {-1 | 0 | 1} Side left third, middle, right third */
/** @typedef {{atMs: number, x: number, y: number}} Touch in pixels */
/**
 * @typedef {{kind: "controls"} | {kind: "jump", totalS: number, first: boolean}} Meaning
 *   `first`: the tap before had moved the controls, which is to be undone
 */

/**
 * @param {Touch} down
 * @param {Touch} up
 */
export const isTap = (down, up) =>
  up.atMs - down.atMs <= PRESS_MS && Math.hypot(up.x - down.x, up.y - down.y) <= MOVE_PX;

/**
 * @param {number} x from the film's left edge, pixels
 * @param {number} width of the film, pixels
 * @returns {Side}
 */
export const sideOf = (x, width) => (x < width / 3 ? -1 : x > (width * 2) / 3 ? 1 : 0);

/** @param {number} seconds */
export const jumpText = (seconds) => `${seconds < 0 ? "−" : "+"}${Math.abs(seconds)} s`;

export class Taps {
  /** @type {{side: Side, atMs: number} | null} */
  #last = null;
  #totalS = 0;

  /** @param {(totalS: number) => void} jump carries out a whole jump, once */
  constructor(jump) {
    this.jump = jump;
  }

  /** When the jump that grows is to be carried out, unless another tap comes; null: there is none. */
  get dueMs() {
    return this.#totalS && this.#last ? this.#last.atMs + MORE_MS : null;
  }

  /**
   * @param {Side} side
   * @param {number} atMs
   * @returns {Meaning}
   */
  tap(side, atMs) {
    this.look(atMs);
    const before = this.#last;
    const growing = this.#totalS !== 0;
    const again =
      side !== 0 && side === before?.side && (growing || atMs - before.atMs <= DOUBLE_MS);
    if (!again) this.#finish();
    this.#last = { side, atMs };
    if (!again) return { kind: "controls" };
    this.#totalS += side * STEP_S;
    return { kind: "jump", totalS: this.#totalS, first: !growing };
  }

  /** Carries out what is due. @param {number} atMs */
  look(atMs) {
    if (this.dueMs !== null && atMs >= this.dueMs) this.#finish();
  }

  #finish() {
    const totalS = this.#totalS;
    this.#totalS = 0;
    this.#last = null;
    if (totalS) this.jump(totalS);
  }
}
