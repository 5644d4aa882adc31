/** The chat's head while a film is on: live, or with the film; and what is said live meanwhile. */

import { html, nothing, render } from "lit";
import { t, tn } from "../lib/words.js";
import { glyph } from "../room/ui.js";

export class Mode {
  #said = "";

  /**
   * @param {HTMLElement} host
   * @param {import("./beside.js").Beside} beside
   */
  constructor(host, beside) {
    this.host = host;
    this.beside = beside;
  }

  draw() {
    const { possible, on, elsewhere } = this.beside;
    const state = `${possible} ${on} ${elsewhere}`;
    if (state === this.#said) return;
    this.#said = state;
    this.host.hidden = !possible;
    render(possible ? this.#drawn(on, elsewhere) : nothing, this.host);
  }

  /** @param {boolean} on @param {number} elsewhere */
  #drawn(on, elsewhere) {
    const choice = (/** @type {boolean} */ film, /** @type {string} */ words) =>
      html`<label><input class="sr" type="radio" name="chat-mode" .checked=${on === film} @change=${() => this.#choose(film)}>${words}</label>`;
    return html`<div class="seg seg-small" role="radiogroup" aria-label=${t("What the chat shows")}>${choice(false, t("Live"))}${choice(true, t("With the film"))}</div>
      <div role="status">${
        on && elsewhere
          ? html`<button class="live-more" type="button" @click=${() => this.#choose(false)}>${glyph("chat")}<span>${tn("{n} more said live", "{n} more said live", elsewhere)}</span><b>${t("Show")}</b></button>`
          : nothing
      }</div>`;
  }

  /** @param {boolean} film */
  #choose(film) {
    this.beside.on = film;
  }
}
