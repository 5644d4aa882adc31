/**
 * How long something has been so.
 * @module
 */

export class Lasting {
  /** @type {number|null} */
  #sinceMs = null;

  /**
   * @param {boolean} so
   * @param {number} nowMs
   * @returns {number} ms, 0 when it is not so
   */
  look(so, nowMs) {
    this.#sinceMs = so ? (this.#sinceMs ?? nowMs) : null;
    return this.#sinceMs === null ? 0 : nowMs - this.#sinceMs;
  }
}
