/** `<sw-blank icon="film" words="No films yet" more="What you add appears here.">`: a list with nothing in it, and why. */

import { html, nothing } from "lit";
import { glyph } from "./glyph.js";
import { Light } from "./light.js";

/**
 * @attr icon its name
 * @attr words what is the matter
 * @attr more why, and what to do
 * @attr act the words of its button
 * @attr act-icon the button's icon
 * @attr href where it leads, when it is a link
 * @attr main the button is the one thing to do here
 * @attr bad it is a failure: read out at once
 * @fires act its button was pressed
 */
export class SwBlank extends Light {
  /** @override */
  static properties = {
    icon: {},
    words: {},
    more: {},
    act: {},
    actIcon: { attribute: "act-icon" },
    href: {},
    main: { type: Boolean },
    bad: { type: Boolean },
  };

  constructor() {
    super();
    this.icon = "info";
    this.words = "";
    this.more = "";
    this.act = "";
    this.actIcon = "";
    this.href = "";
    this.main = false;
    this.bad = false;
  }

  /** @override */
  render() {
    const { icon, words, more, act, bad } = this;
    return html`<div class="blank ${bad ? "blank-bad" : ""}" role=${bad ? "alert" : nothing}>
      <span class="disc">${glyph(icon, "i-28")}</span><h3>${words}</h3><p>${more}</p>${act ? this.#act() : nothing}</div>`;
  }

  #act() {
    const look = `btn ${this.main ? "btn-primary" : "btn-quiet"} btn-36`;
    const inside = html`${this.actIcon ? glyph(this.actIcon) : nothing}${this.act}`;
    if (this.href) return html`<a class=${look} href=${this.href}>${inside}</a>`;
    return html`<button class=${look} type="button" @click=${() => this.tell("act")}>${inside}</button>`;
  }
}

customElements.define("sw-blank", SwBlank);
