/** Evenings in the list of news: answered there by one tap, without stepping into the room. */

import { answerButtons, answerEvening } from "../components/answers.js";
import { toastError } from "../components/toast.js";
import { whileBusy } from "../lib/dom.js";
import { http } from "../lib/http.js";

/** @typedef {import("./state.js").Notice} Notice */

export class Asked {
  /** @type {Map<string, string | null>} what one said, by the evening's id: those still to come */
  #said = new Map();

  /** @param {() => void} drawn called when there is something else to show */
  constructor(drawn) {
    this.drawn = drawn;
  }

  /** @param {() => void} drawn */
  static async load(drawn) {
    const asked = new Asked(drawn);
    const { results } = await http.get("/api/evenings/");
    for (const { id, answer } of results) asked.#said.set(id, answer);
    return asked;
  }

  /**
   * @param {Notice} notice
   * @returns {unknown} null where there is nothing to answer any more
   */
  buttons({ data }) {
    const { code, evening, name } = data;
    const mine = this.#said.get(evening);
    if (mine === undefined) return null;
    const press = (/** @type {string} */ answer) => (/** @type {Event} */ event) =>
      whileBusy(/** @type {HTMLElement} */ (event.currentTarget), async () => {
        await answerEvening(code, answer);
        this.#said.set(evening, answer);
        this.drawn();
      }).catch(toastError);
    return answerButtons(mine, press, name);
  }
}
