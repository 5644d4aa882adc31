/** The list of what could be meant, over the line one writes in: one page of it, and how many more. */

import { html, nothing, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { need } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { fitting, pageOf } from "./paging.js";

/** @typedef {import("./completer.js").Option} Option */

export class Offer {
  #fits = fitting();

  /**
   * @param {HTMLElement} box holds the list and the button of the next page
   * @param {{take: (at: number) => void, turn: () => void}} hands an option; the next page
   * @param {AbortSignal} signal
   */
  constructor(box, { take, turn }, signal) {
    this.box = box;
    this.list = need("[role=listbox]", box);
    this.more = need("[data-at-more]", box);
    this.take = take;
    box.addEventListener("pointerdown", (event) => event.preventDefault(), { signal }); // the focus stays
    this.more.addEventListener("click", turn, { signal });
  }

  /** The list is another one, or has another place: as many as there is room for now. */
  anew() {
    this.#fits = fitting();
  }

  /**
   * @param {Option[]} options none closes it
   * @param {number} chosen
   */
  draw(options, chosen) {
    this.box.hidden = options.length === 0;
    this.#drawPage(options, chosen);
    if (!options.length) return;
    const fits = fitting(this.#space); // the next page may be of taller ones
    if (fits >= this.#fits) return;
    this.#fits = fits;
    this.#drawPage(options, chosen);
  }

  /**
   * @param {number} chosen
   * @param {number} length
   * @returns {number} the first one of the next page; behind the last page comes the first
   */
  next(chosen, length) {
    return pageOf(length, chosen, this.#fits).to % length;
  }

  /** @param {Option[]} options @param {number} chosen */
  #drawPage(options, chosen) {
    const { length } = options;
    const { from, to, more } = pageOf(length, chosen, this.#fits);
    const numbers = Array.from({ length: to - from }, (_, at) => from + at);
    const option = (/** @type {number} */ at) =>
      html`<div class="at-option" role="option" id="at-${at}" aria-selected=${String(at === chosen)}
        aria-setsize=${length} aria-posinset=${at + 1} @click=${() => this.take(at)}>${options[at].shown}</div>`;
    render(length ? repeat(numbers, (at) => at, option) : nothing, this.list);
    this.more.hidden = !more;
    need("[data-words]", this.more).textContent = t("…and {n} more: type on", { n: more });
  }

  /** @returns {import("./paging.js").Space} */
  get #space() {
    const { bottom, height } = this.box.getBoundingClientRect();
    const edges = [need("[data-side]"), need("[data-tabs]")].map((one) =>
      one.getBoundingClientRect(),
    );
    const list = this.list.getBoundingClientRect().height;
    const heights = [...this.list.children].map((one) => one.getBoundingClientRect().height);
    return {
      panelPx: bottom - Math.max(edges[0].top, edges[1].bottom), // tabs may be hidden
      screenPx: bottom - (window.visualViewport?.offsetTop ?? 0),
      optionPx: Math.max(...heights),
      restPx: height - list,
    };
  }
}
