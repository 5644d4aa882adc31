/** `<sw-chip kind="ok" icon="sync" words="In sync" sub="· 8 ms">`: a state, always in words and with an icon. */

import { html, nothing } from "lit";
import { arc, glyph } from "./glyph.js";
import { Light } from "./light.js";

/**
 * @attr kind `ok`, `warn`, `bad`, `info` or `plain`: tints the icon and says nothing by itself
 * @attr icon its name, or `arc` for the turning ring
 * @attr words the state
 * @attr sub numbers beside the words; not read aloud, because they change all the time
 * @attr act the words of its button, where something can be done about the state
 * @attr more what its words lead to, where they are a button
 * @fires act its button was pressed
 * @fires more its words were pressed
 */
export class SwChip extends Light {
  /** @override */
  static properties = { kind: { reflect: true }, icon: {}, words: {}, sub: {}, act: {}, more: {} };

  constructor() {
    super();
    this.kind = "plain";
    this.icon = "";
    this.words = "";
    this.sub = "";
    this.act = "";
    this.more = "";
  }

  /** @override */
  render() {
    if (!this.words) return nothing;
    const state = html`${this.icon === "arc" ? arc : glyph(this.icon)}<span>${this.words}</span> ${
      this.sub ? html`<span class="sub num" aria-hidden="true">${this.sub}</span>` : nothing
    }`;
    return html`${
      this.more
        ? html`<button class="chip-more" type="button" title=${this.more} @click=${() => this.tell("more")}>${state}${glyph("right")}</button>`
        : state
    }${
      this.act
        ? html`<button class="act" type="button" @click=${() => this.tell("act")}>${this.act}</button>`
        : nothing
    }`;
  }
}

customElements.define("sw-chip", SwChip);
