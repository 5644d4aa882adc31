/** How many words came unseen: on the pill above the composer, or on the tab while it is hidden. */

import { html, render } from "lit";
import { t } from "../lib/words.js";
import { glyph } from "../room/ui.js";

export class Unread {
  #count = 0;

  /**
   * @param {HTMLElement} pill
   * @param {HTMLElement} badge
   */
  constructor(pill, badge) {
    this.pill = pill;
    this.badge = badge;
  }

  get any() {
    return this.#count > 0;
  }

  more() {
    this.#count += 1;
  }

  /** @param {boolean} hidden whether the log is out of sight */
  read(hidden) {
    if (!this.#count) return;
    this.#count = 0;
    this.draw(hidden);
  }

  /** @param {boolean} hidden */
  draw(hidden) {
    const some = this.#count > 0;
    this.pill.hidden = hidden || !some;
    this.pill.setAttribute("aria-label", t("{n} new. Go to the newest", { n: this.#count }));
    render(html`${t("{n} new", { n: this.#count })} ${glyph("down")}`, this.pill);
    this.badge.textContent = hidden && some ? String(this.#count) : "";
    this.badge.classList.toggle("is-new", hidden && some);
  }
}
