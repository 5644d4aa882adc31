/** `<li class="qrow"><sw-queued .item=${said} now>`: a film in the queue. */

import { html, nothing } from "lit";
import { t } from "../lib/words.js";
import { glyph } from "./glyph.js";
import { Light } from "./light.js";

/**
 * @typedef {object} Queued
 * @property {string} title
 * @property {string} words length, who brought it, how far its making is, or why it cannot be shown
 * @property {string | null | undefined} poster address of its picture
 * @property {number | null} progress of its making, percent; null when there is none to show
 * @property {boolean} playable
 * @property {boolean | undefined} [bad] it cannot be shown
 * @property {number} [votes] how many people wish for it
 * @property {boolean} [wished] this person does
 */

/**
 * @prop {Queued} item
 * @attr now it is on: a wave instead of "play now"
 * @attr held this person may move and remove it: the grip, and the button with the three dots
 * @fires play "play now" was pressed
 * @fires wish the heart was pressed
 * @fires more the three dots were pressed; with the button
 */
export class SwQueued extends Light {
  /** @override */
  static properties = {
    item: { attribute: false },
    now: { type: Boolean },
    held: { type: Boolean },
  };

  constructor() {
    super();
    /** @type {Queued | null} */
    this.item = null;
    this.now = false;
    this.held = false;
  }

  /** @param {Queued} item */
  #heart({ title, votes = 0, wished = false }) {
    return html`<button class="iconbtn iconbtn-36 dim qrow-wish" type="button" aria-pressed=${String(wished)}
      aria-label=${t("Wish for {title}, wished by {n}", { title, n: votes })} @click=${() => this.tell("wish")}>${glyph("heart")}${votes ? html`<span class="num">${votes}</span>` : nothing}</button>`;
  }

  /** @param {Queued} item */
  #play({ title }) {
    return html`<button class="qrow-play on-film" type="button" aria-label=${t("Play {title} now", { title })}
      @click=${() => this.tell("play")}><span>${glyph("play")}</span></button>`;
  }

  /** @override */
  render() {
    const { item, now, held } = this;
    if (!item) return nothing;
    const { title, words, poster, progress, playable, bad } = item;
    return html`${held ? html`<span class="grip" aria-hidden="true">${glyph("drag")}</span>` : nothing}
      <span class="poster ${bad ? "poster-bad" : ""}" ?data-scene=${!bad}>${poster ? html`<img src=${poster} alt="">` : glyph(bad ? "warning" : "film")}${!now && playable ? this.#play(item) : nothing}</span>
      <span class="tx"><bdi class="n">${title}</bdi><span class="s num">${words}</span>
        ${progress !== null && !now ? html`<progress class="bar" max="100" value=${progress} aria-label=${t("Prepared")}></progress>` : nothing}</span>
      ${now ? html`<span class="wave" aria-hidden="true"><i></i><i></i><i></i></span>` : nothing}
      <span class="qrow-acts">${now || bad ? nothing : this.#heart(item)}
        ${held ? html`<button class="iconbtn iconbtn-36 dim" type="button" aria-label=${t("More about {name}", { name: title })} @click=${(/** @type {Event} */ event) => this.tell("more", event)}>${glyph("more")}</button>` : nothing}</span>`;
  }
}

customElements.define("sw-queued", SwQueued);
