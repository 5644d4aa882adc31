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
 * @fires act its button was pressed
 */
export class SwChip extends Light {
  /** @override */
  static properties = { kind: { reflect: true }, icon: {}, words: {}, sub: {}, act: {} };

  constructor() {
    super();
    this.kind = "plain";
    this.icon = "";
    this.words = "";
    this.sub = "";
    this.act = "";
  }

  /** @override */
  render() {
    if (!this.words) return nothing;
    return html`${this.icon === "arc" ? arc : glyph(this.icon)}<span>${this.words}</span> ${
      this.sub ? html`<span class="sub num" aria-hidden="true">${this.sub}</span>` : nothing
    }${
      this.act
        ? html`<button class="act" type="button" @click=${() => this.tell("act")}>${this.act}</button>`
        : nothing
    }`;
  }
}

customElements.define("sw-chip", SwChip);
