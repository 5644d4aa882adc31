/**
 * The smallest event source: subscribe, get the way out back.
 * @module
 */

export class Emitter {
  /** @type {Map<string, Set<(detail?: any) => void>>} */
  #listeners = new Map();

  /**
   * @param {string} type
   * @param {(detail?: any) => void} fn
   * @returns {() => void} unsubscribe
   */
  on(type, fn) {
    const set = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, set.add(fn));
    return () => {
      set.delete(fn);
    };
  }

  /**
   * @param {string} type
   * @param {any} [detail]
   */
  emit(type, detail) {
    for (const fn of [...(this.#listeners.get(type) ?? [])]) fn(detail);
  }

  clear() {
    this.#listeners.clear();
  }
}
