/** Goes to a message, however far back it was said, and shows which one it is. */

import { toast } from "../components/toast.js";
import { t } from "../lib/words.js";

/** So long it is shown which one it is. */
const SHOWN_MS = 2_400;

const frame = () => new Promise((done) => requestAnimationFrame(done));

export class Finder {
  #going = 0;
  /** @type {any} */
  #timer = null;

  /**
   * @param {object} parts
   * @param {HTMLElement} parts.log
   * @param {import("./thread.js").Thread} parts.thread
   * @param {import("./history.js").History} parts.history
   * @param {import("./scroll.js").Scroll} parts.scroll
   * @param {() => void} parts.draw at once
   * @param {(element: HTMLElement) => void} parts.found
   */
  constructor({ log, thread, history, scroll, draw, found }) {
    this.log = log;
    this.thread = thread;
    this.history = history;
    this.scroll = scroll;
    this.draw = draw;
    this.found = found;
  }

  /** @param {string} id @returns {Promise<boolean>} whether it is there */
  async goTo(id) {
    const mine = ++this.#going;
    this.scroll.leave();
    const there = await this.history.reach(
      () => this.#going !== mine || this.thread.message(id) !== undefined,
    );
    if (this.#going !== mine) return false; // somebody went elsewhere meanwhile
    const element = there ? await this.#stand(id) : null;
    if (!element) toast(t("This message is not there any more."));
    else this.#show(element);
    return element !== null;
  }

  /** Blocks at rest get their true height as they come into sight: what was met is met again. @param {string} id */
  async #stand(id) {
    this.draw();
    /** @type {HTMLElement | null} */
    let element = null;
    for (let turn = 0; turn < 3; turn++) {
      element = this.log.querySelector(`[data-message="${CSS.escape(id)}"]`);
      element?.scrollIntoView({ block: "center" });
      await frame();
    }
    return element;
  }

  /** @param {HTMLElement} element */
  #show(element) {
    clearTimeout(this.#timer);
    this.log.querySelector(".is-found")?.classList.remove("is-found");
    element.classList.add("is-found");
    this.#timer = setTimeout(() => element.classList.remove("is-found"), SHOWN_MS);
    this.found(element);
  }
}
