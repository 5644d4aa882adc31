/** Puts kept events back into their order and notices when one is missing. Pure. */

/** @typedef {import("./types.js").Frame} Frame */

export class Sequencer {
  #seq = 0;
  /** @type {Map<number, Frame>} */
  #early = new Map();

  /** @param {number} seq the last sequence number already known */
  reset(seq) {
    this.#seq = seq;
    for (const early of this.#early.keys()) if (early <= seq) this.#early.delete(early);
  }

  get seq() {
    return this.#seq;
  }

  /** True while something is missing between what was handed out and what lies here. */
  get gap() {
    return this.#early.size > 0;
  }

  /**
   * @param {Frame} event
   * @returns {Frame[]} the events that are due now, in order; passing events come back at once
   */
  push(event) {
    if (typeof event.seq !== "number") return [event];
    if (event.seq <= this.#seq) return [];
    this.#early.set(event.seq, event);
    return this.due();
  }

  /** @returns {Frame[]} */
  due() {
    const due = [];
    for (let next = this.#early.get(this.#seq + 1); next; next = this.#early.get(this.#seq + 1)) {
      this.#early.delete(++this.#seq);
      due.push(next);
    }
    return due;
  }
}
