/** Offers what could be meant while one writes: arrows choose, Enter or Tab takes, Esc lets go. */

import { html, nothing, render } from "lit";
import { completed } from "./completion.js";

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
   * @param {HTMLElement} list
   * @param {Source[]} sources
   * @param {AbortSignal} signal
   */
  constructor(input, list, sources, signal) {
    this.input = input;
    this.list = list;
    this.sources = sources;
    input.setAttribute("aria-autocomplete", "list");
    input.addEventListener("input", () => this.#look(), { signal });
    input.addEventListener("click", () => this.#look(), { signal });
    input.addEventListener("blur", () => this.close(), { signal });
    // before the composer, for which Enter sends
    input.addEventListener("keydown", (event) => this.#key(event), { signal, capture: true });
    list.addEventListener("pointerdown", (event) => event.preventDefault(), { signal }); // the focus stays
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
    this.#draw();
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

  #draw() {
    const { input, list, isOpen } = this;
    list.hidden = !isOpen;
    if (isOpen) {
      input.setAttribute("aria-controls", list.id);
      input.setAttribute("aria-activedescendant", `at-${this.#chosen}`);
    } else {
      input.removeAttribute("aria-controls");
      input.removeAttribute("aria-activedescendant");
    }
    const option = (/** @type {Option} */ { shown }, /** @type {number} */ at) =>
      html`<div class="at-option" role="option" id="at-${at}" aria-selected=${String(at === this.#chosen)} @click=${() => this.#take(at)}>${shown}</div>`;
    render(isOpen ? this.#options.map(option) : nothing, list);
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }
}
