/** `<li class="prow"><sw-person .who=${user} standing="Host" crown>`: somebody in the list of people. */

import { html, nothing } from "lit";
import { face } from "../room/ui.js";
import { glyph } from "./glyph.js";
import { Light } from "./light.js";

/**
 * @prop {import("../room/types.js").Person} who
 * @attr standing what they are here, in words
 * @attr crown they are the host
 * @prop {{kind: string, icon: string, words: string}} doing what they do just now; `kind` `ok` or `warn` tints the icon
 * @prop {{icon: string, words: string, left: string}[]} signs what is theirs beside their role, with the time left
 * @prop {unknown} line how their voice comes through, drawn by the call's side
 * @attr more the name of the button with the three dots; without it there is none
 * @fires more it was pressed; with the button
 */
export class SwPerson extends Light {
  /** @override */
  static properties = {
    who: { attribute: false },
    standing: {},
    crown: { type: Boolean },
    doing: { attribute: false },
    signs: { attribute: false },
    line: { attribute: false },
    more: {},
  };

  constructor() {
    super();
    /** @type {import("../room/types.js").Person | null} */
    this.who = null;
    this.standing = "";
    this.crown = false;
    this.doing = { kind: "", icon: "", words: "" };
    /** @type {{icon: string, words: string, left: string}[]} */
    this.signs = [];
    /** @type {unknown} */
    this.line = nothing;
    this.more = "";
  }

  /** @override */
  render() {
    const { who, standing, crown, doing, signs, line, more } = this;
    if (!who) return nothing;
    return html`${face(who, 40)}
      <span class="tx"><span class="n"><bdi class="ellipsis">${who.display_name}</bdi>${crown ? glyph("crown") : nothing}</span>
        <span class="s ellipsis">${standing}</span>${signs.length ? html`<span class="right-signs">${signs.map(sign)}</span>` : nothing}</span>
      <span class="states"><span class="state ${doing.kind ? `s-${doing.kind}` : ""}">${doing.icon ? glyph(doing.icon) : nothing}${doing.words}</span>${line}</span>
      ${more ? html`<button class="iconbtn iconbtn-36 dim" type="button" aria-label=${more} @click=${(/** @type {Event} */ event) => this.tell("more", event)}>${glyph("more")}</button>` : nothing}`;
  }
}

/** @param {{icon: string, words: string, left: string}} sign */
const sign = ({ icon, words, left }) =>
  html`<span class="tag" data-right-sign>${glyph(icon)}${words}${left ? html` <span class="num">· ${left}</span>` : nothing}</span>`;

customElements.define("sw-person", SwPerson);
