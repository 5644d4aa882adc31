/** A list that comes by pages: loading, failed, empty, there, and more of it. */

import "../../components/sw-blank.js";
import { html, nothing, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { explain } from "../../lib/forms.js";
import { t } from "../../lib/words.js";

/**
 * @template T
 * @typedef {object} Shape
 * @property {(next: string | null) => Promise<{results: T[], next: string | null}>} ask
 * @property {(one: T) => unknown} row an `li`
 * @property {(one: T) => string} key
 * @property {{icon: string, words: string, more: string}} empty
 * @property {string} label of the list
 */

/** @template T */
export class Pages {
  /** @type {T[]} */
  #rows = [];
  /** @type {string | null} */
  #next = null;
  #state = /** @type {"loading" | "failed" | "there"} */ ("loading");
  #reason = "";
  #turn = 0;

  /**
   * @param {HTMLElement} place
   * @param {Shape<T>} shape
   */
  constructor(place, shape) {
    this.place = place;
    this.shape = shape;
  }

  /** From the first page; what is there stays until that comes. */
  async load() {
    await this.#ask(null);
  }

  /** @param {string | null} next */
  async #ask(next) {
    const turn = ++this.#turn;
    this.#state = "loading";
    this.draw();
    try {
      const page = await this.shape.ask(next);
      if (turn !== this.#turn) return;
      this.#rows = next ? [...this.#rows, ...page.results] : page.results;
      this.#next = page.next;
      this.#state = "there";
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#state = "failed";
      this.#reason = explain(error);
    }
    this.draw();
  }

  draw() {
    this.place.setAttribute("aria-busy", String(this.#state === "loading"));
    render(this.#content(), this.place);
  }

  #content() {
    const { empty, row, key, label } = this.shape;
    if (this.#state === "failed")
      return html`<sw-blank bad icon="warning" words=${t("That did not work.")} more=${this.#reason} act=${t("Try again")} act-icon="retry" @act=${() => void this.#ask(null)}></sw-blank>`;
    if (!this.#rows.length)
      return this.#state === "loading"
        ? waiting()
        : html`<sw-blank icon=${empty.icon} words=${empty.words} more=${empty.more}></sw-blank>`;
    return html`<ul class="mod-rows" aria-label=${label}>${repeat(this.#rows, key, row)}</ul>${
      this.#next
        ? html`<p class="mod-more"><button class="btn btn-quiet btn-36" type="button" ?disabled=${this.#state === "loading"} @click=${() => void this.#ask(this.#next)}>${t("Older ones")}</button></p>`
        : nothing
    }`;
  }
}

const waiting = () =>
  html`<div class="skel"><span class="sr" role="status">${t("Loading")}</span><span class="sk" aria-hidden="true"></span><span class="sk sk-half" aria-hidden="true"></span><span class="sk" aria-hidden="true"></span></div>`;
