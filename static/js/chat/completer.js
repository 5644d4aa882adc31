/** Offers people behind an `@` while one writes: arrows choose, Enter or Tab takes, Esc lets go. */

import { html, nothing, render } from "lit";
import { t } from "../lib/words.js";
import { face } from "../room/ui.js";
import { askedAt, completed, matching } from "./completion.js";

/** @typedef {import("../room/types.js").Person} Person */

export class Completer {
  /** @type {Person[]} */
  #people = [];
  #chosen = 0;
  /** Where an `@` was let go of, so that it is not asked about again. @type {number | null} */
  #letGo = null;

  /**
   * @param {HTMLTextAreaElement} input
   * @param {HTMLElement} list
   * @param {() => Person[]} people who could be meant
   * @param {AbortSignal} signal
   */
  constructor(input, list, people, signal) {
    this.input = input;
    this.list = list;
    this.people = people;
    input.setAttribute("aria-autocomplete", "list");
    input.addEventListener("input", () => this.#look(), { signal });
    input.addEventListener("click", () => this.#look(), { signal });
    input.addEventListener("blur", () => this.close(), { signal });
    // before the composer, for which Enter sends
    input.addEventListener("keydown", (event) => this.#key(event), { signal, capture: true });
    list.addEventListener("pointerdown", (event) => event.preventDefault(), { signal }); // the focus stays
  }

  get isOpen() {
    return this.#people.length > 0;
  }

  close() {
    this.#people = [];
    this.#draw();
  }

  get #asked() {
    const { value, selectionStart, selectionEnd } = this.input;
    return selectionStart === selectionEnd ? askedAt(value, selectionStart) : null;
  }

  #look() {
    const asked = this.#asked;
    if (asked?.start !== this.#letGo) this.#letGo = null;
    const wanted = asked && this.#letGo === null;
    this.#people = wanted ? matching(this.people(), asked.query) : [];
    this.#chosen = 0;
    this.#draw();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!this.isOpen || event.isComposing || event.shiftKey) return;
    const { length } = this.#people;
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
    const person = this.#people[at];
    if (!asked || !person) return;
    const { value, selectionStart } = this.input;
    const { text, caret } = completed(value, selectionStart, asked, person.display_name);
    this.input.value = text;
    this.input.setSelectionRange(caret, caret);
    this.#people = [];
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
    const option = (/** @type {Person} */ person, /** @type {number} */ at) =>
      html`<div class="at-option" role="option" id="at-${at}" aria-selected=${String(at === this.#chosen)} @click=${() => this.#take(at)}>
        ${person.id ? face(person, 28) : html`<span class="at-all" aria-hidden="true">@</span>`}<span class="ellipsis" dir="auto">${person.display_name}</span>${person.id ? nothing : html`<span class="dim">${t("everybody here")}</span>`}</div>`;
    render(isOpen ? this.#people.map(option) : nothing, list);
  }
}
