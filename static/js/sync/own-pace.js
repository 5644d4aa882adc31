/**
 * How this person keeps step on this device, remembered: whether the room waits for them, and by
 * which way they come back when they are behind.
 * @module
 */

/** @typedef {import('./types.js').Store} Store */
/** @typedef {import('./way-back.js').WayBack} WayBack */

const KEY = "syncwatch.sync.pace";

export class OwnPace {
  #store;
  #changed;
  #unwaited = false;
  /** @type {WayBack} */
  #way = "jump";

  /**
   * @param {Store | null} store
   * @param {() => void} changed
   */
  constructor(store, changed) {
    this.#store = store;
    this.#changed = changed;
    this.#recall();
  }

  /** The room is to wait for nobody here. */
  get unwaited() {
    return this.#unwaited;
  }

  set unwaited(unwaited) {
    this.#unwaited = unwaited;
    this.#remember();
  }

  get way() {
    return this.#way;
  }

  set way(way) {
    this.#way = way;
    this.#remember();
  }

  #recall() {
    try {
      const kept = JSON.parse(this.#store?.getItem(KEY) ?? "{}");
      this.#unwaited = kept?.unwaited === true;
      this.#way = kept?.way === "run" ? "run" : "jump";
    } catch {
      // A store that is forbidden or garbled costs a person one more choice.
    }
  }

  #remember() {
    try {
      this.#store?.setItem(KEY, JSON.stringify({ unwaited: this.#unwaited, way: this.#way }));
    } catch {
      // Storage can be forbidden; then the choice lives as long as the page.
    }
    this.#changed();
  }
}
