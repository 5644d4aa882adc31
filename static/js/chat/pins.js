/** The line above the log with the newest pin; pressed, it lists all of them. */

import { html, nothing, render } from "lit";
import { t, tn } from "../lib/words.js";
import { glyph } from "../room/ui.js";
import { sheet } from "./sheets.js";
import { masked } from "./text.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */
/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {{message: Message}} Row */

export class Pins {
  /** @type {Row[]} the newest first */
  #rows = [];
  #asked = false;

  /**
   * @param {HTMLElement} line
   * @param {Ctx} ctx
   * @param {{goTo: (id: string) => void, unpin: (message: Message) => void, veils: (message: Message) => boolean}} on
   */
  constructor(line, ctx, on) {
    this.line = line;
    this.ctx = ctx;
    this.on = on;
    const { room, signal } = ctx;
    room.subscribe((now, before) => now.pins !== before.pins && void this.look(), signal);
    void this.look();
  }

  /** @param {import("../room/types.js").Frame} event news of messages: what is shown here may read otherwise */
  heard(event) {
    const ids = event.ids ?? [event.message?.id ?? event.id];
    if (this.#rows.some(({ message }) => ids.includes(message.id))) void this.look();
  }

  /** @returns {Promise<void>} */
  async look() {
    const { pins } = this.ctx.room.value;
    if (!pins) this.#rows = [];
    else if (this.#asked) return;
    else {
      this.#asked = true;
      const page = await this.ctx.api.pins().catch(() => null);
      this.#asked = false;
      if (page) this.#rows = page.results;
      if (page && page.results.length !== this.ctx.room.value.pins) return this.look();
    }
    this.draw();
  }

  /** What was said further on in the film is not told here either. @param {Message} message */
  #words(message) {
    return this.on.veils(message) ? t("Said further on in the film") : masked(message.body);
  }

  /** Without the words of people between whom and this one a block stands. */
  get #shown() {
    return this.#rows.filter(({ message }) => !this.ctx.me.isHidden(message.author?.id ?? ""));
  }

  draw() {
    const shown = this.#shown;
    const [newest] = shown;
    this.line.hidden = !newest;
    const count = shown.length;
    render(
      newest
        ? html`<button class="pinline" type="button" aria-haspopup="dialog" aria-label=${tn("{n} pinned message: {words}", "{n} pinned messages: {words}", count, { words: this.#words(newest.message) })} @click=${() => this.#open()}>${glyph("pin")}<span class="ellipsis" dir="auto">${this.#words(newest.message)}</span>${count > 1 ? html`<span class="n num">${count}</span>` : nothing}</button>`
        : nothing,
      this.line,
    );
  }

  #open() {
    const moderates = this.ctx.remote.can("moderate");
    const shut = () => dialog.close();
    const go = (/** @type {string} */ id) => {
      shut();
      this.on.goTo(id);
    };
    const unpin = (/** @type {Message} */ message) => {
      shut();
      this.on.unpin({ ...message, pinned: true });
    };
    const { dialog } = sheet(
      t("Pinned messages"),
      html`<ul class="found">${this.#shown.map(
        ({ message }) =>
          html`<li><button class="found-one" type="button" @click=${() => go(message.id)}><b dir="auto">${message.author?.display_name ?? t("Someone")}</b><span dir="auto">${this.#words(message)}</span></button>${
            moderates
              ? html`<button class="iconbtn dim" type="button" aria-label=${t("Unpin")} @click=${() => unpin(message)}>${glyph("x")}</button>`
              : nothing
          }</li>`,
      )}</ul>`,
    );
  }
}
