/** Who did what: a capsule on the film for four seconds; on a phone the header's second line. */

import { html, nothing, render } from "lit";
import "../components/sw-sign.js";
import { sentence } from "./ui.js";

/** @typedef {import("./types.js").Line} Line */

const SHOWN_MS = 4_000;

export class Sign {
  /** @type {any} */
  #timer = null;

  /**
   * @param {HTMLElement} film the capsule's place, a live region
   * @param {HTMLElement} head the header's second line
   * @param {AbortSignal} signal
   */
  constructor(film, head, signal) {
    this.film = film;
    this.head = head;
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
  }

  /** @param {Line} line */
  show(line) {
    clearTimeout(this.#timer);
    render(nothing, this.film); // a new element each time: it comes in anew, and is read anew
    render(html`<sw-sign .line=${line}></sw-sign>`, this.film);
    render(html`${sentence(line.parts)}`, this.head);
    this.#timer = setTimeout(() => this.clear(), SHOWN_MS);
  }

  clear() {
    render(nothing, this.film);
    render(nothing, this.head);
  }
}
