/** Offers what could be meant while one writes: arrows choose, Enter or Tab takes, Esc lets go. */

import { completed } from "./completion.js";
import { Offer } from "./offer.js";

/** @typedef {{put: string, shown: unknown}} Option `put` behind its sign; `shown` is drawn by lit */
/**
 * @typedef {object} Source
 * @property {string} sign what stands in front: `@`, `/`
 * @property {(text: string, caret: number) => import("./completion.js").Asked | null} asked
 * @property {(query: string) => Option[]} options
 */

export class Completer {
  /** @type {Option[]} */
  #options = [];
  #chosen = 0;
  /** Where a sign was let go of, so that it is not asked about again. @type {number | null} */
  #letGo = null;

  /**
   * @param {HTMLTextAreaElement} input
   * @param {HTMLElement} box what the list is in
   * @param {Source[]} sources
   * @param {AbortSignal} signal
   */
  constructor(input, box, sources, signal) {
    this.input = input;
    this.sources = sources;
    this.offer = new Offer(box, { take: (at) => this.#take(at), turn: () => this.#turn() }, signal);
    input.setAttribute("aria-autocomplete", "list");
    input.addEventListener("input", () => this.#look(), { signal });
    input.addEventListener("click", () => this.#look(), { signal });
    input.addEventListener("blur", () => this.close(), { signal });
    // before the composer, for which Enter sends
    input.addEventListener("keydown", (event) => this.#key(event), { signal, capture: true });
    window.addEventListener("resize", () => this.isOpen && this.#drawAnew(), { signal });
  }

  get isOpen() {
    return this.#options.length > 0;
  }

  close() {
    this.#options = [];
    this.#draw();
  }

  get #asked() {
    const { value, selectionStart, selectionEnd } = this.input;
    if (selectionStart !== selectionEnd) return null;
    for (const source of this.sources) {
      const asked = source.asked(value, selectionStart);
      if (asked) return { ...asked, source };
    }
    return null;
  }

  #look() {
    const asked = this.#asked;
    if (asked?.start !== this.#letGo) this.#letGo = null;
    const wanted = asked && this.#letGo === null;
    this.#options = wanted ? asked.source.options(asked.query) : [];
    this.#chosen = 0;
    this.#drawAnew();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!this.isOpen || event.isComposing || event.shiftKey) return;
    const { length } = this.#options;
    if (event.key === "ArrowDown") this.#chosen = (this.#chosen + 1) % length;
    else if (event.key === "ArrowUp") this.#chosen = (this.#chosen + length - 1) % length;
    else if (event.key === "Enter" || event.key === "Tab") this.#take(this.#chosen);
    else if (event.key === "Escape") this.#drop();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#draw();
  }

  /** The next page, for who has no arrows. */
  #turn() {
    this.#chosen = this.offer.next(this.#chosen, this.#options.length);
    this.#draw();
  }

  #drop() {
    this.#letGo = this.#asked?.start ?? null;
    this.close();
  }

  /** @param {number} at */
  #take(at) {
    const asked = this.#asked;
    const option = this.#options[at];
    if (!asked || !option) return;
    const { value, selectionStart } = this.input;
    const { text, caret } = completed(value, selectionStart, asked, option.put, asked.source.sign);
    this.input.value = text;
    this.input.setSelectionRange(caret, caret);
    this.#options = [];
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #drawAnew() {
    this.offer.anew();
    this.#draw();
  }

  #draw() {
    const { input, offer, isOpen } = this;
    if (isOpen) {
      input.setAttribute("aria-controls", offer.list.id);
      input.setAttribute("aria-activedescendant", `at-${this.#chosen}`);
    } else {
      input.removeAttribute("aria-controls");
      input.removeAttribute("aria-activedescendant");
    }
    offer.draw(this.#options, this.#chosen);
  }
}
