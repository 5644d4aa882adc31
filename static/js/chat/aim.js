/** What the next words are for: the room, an answer to a message, or other words for one's own. */

import { html, nothing, render } from "lit";
import { t } from "../lib/words.js";
import { quoteOf } from "../room/messages.js";
import { glyph } from "../room/ui.js";

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {import("../room/types.js").Quote} Quote */
/** @typedef {{kind: "reply" | "edit", message: Message}} At */

export class Aim {
  /** @type {At | null} */
  #at = null;

  /**
   * @param {HTMLElement} bar above the line one writes in
   * @param {() => void} dropped a person pressed the way out
   */
  constructor(bar, dropped) {
    this.bar = bar;
    this.dropped = dropped;
  }

  get at() {
    return this.#at;
  }

  /** @returns {Quote | null} what is answered, as the answer shows it */
  get reply() {
    if (this.#at?.kind !== "reply") return null;
    const { id, author, body, item_id, media_time } = this.#at.message;
    return { id, author, text: quoteOf(body), deleted: false, item_id, media_time };
  }

  /** @param {At | null} at */
  set(at) {
    this.#at = at;
    this.bar.hidden = !at;
    render(at ? this.#drawn(at) : nothing, this.bar);
  }

  /** What was aimed at is gone. @param {string} id */
  gone(id) {
    if (this.#at?.message.id === id) this.dropped();
  }

  /** @param {At} at */
  #drawn({ kind, message: { author, body } }) {
    const name = author?.display_name ?? t("Someone");
    const title = kind === "edit" ? t("Editing your message") : t("Replying to {name}", { name });
    return html`${glyph(kind === "edit" ? "edit" : "reply")}<span class="aim-words"><b role="status">${title}</b><span class="ellipsis" dir="auto">${body}</span></span>
      <button class="iconbtn iconbtn-36 dim" type="button" aria-label=${kind === "edit" ? t("Stop editing") : t("Reply to nobody")} @click=${this.dropped}>${glyph("x")}</button>`;
  }
}
