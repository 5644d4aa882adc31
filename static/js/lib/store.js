/** A value that tells when it changes: the smallest observable that serves. */

/** @template T */
export class Store {
  /** @type {T} */
  #value;
  /** @type {Set<(value: T, before: T) => void>} */
  #listeners = new Set();

  /** @param {T} value */
  constructor(value) {
    this.#value = value;
  }

  get value() {
    return this.#value;
  }

  /** @param {T} value */
  set(value) {
    if (Object.is(value, this.#value)) return;
    const before = this.#value;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener(value, before);
  }

  /**
   * @param {(value: T, before: T) => void} listener
   * @param {AbortSignal} signal ends the subscription
   */
  subscribe(listener, signal) {
    if (signal.aborted) return;
    this.#listeners.add(listener);
    signal.addEventListener("abort", () => this.#listeners.delete(listener), { once: true });
  }

  get listeners() {
    return this.#listeners.size;
  }
}
