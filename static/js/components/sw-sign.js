/** `<sw-sign .line=${line}>`: who did what, as the capsule on the film. */

import { html, nothing } from "lit";
import { face, sentence } from "../room/ui.js";
import { glyph } from "./glyph.js";
import { Light } from "./light.js";

/**
 * @prop {import("../room/types.js").Line | null} line the deed in words, with who did it or an icon
 */
export class SwSign extends Light {
  /** @override */
  static properties = { line: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../room/types.js").Line | null} */
    this.line = null;
  }

  /** @override */
  render() {
    const { line } = this;
    if (!line) return nothing;
    if (line.heard) return html`<span class="sr">${sentence(line.parts)}</span>`;
    return html`<div class="sign glass">${line.who ? face(line.who, 28) : glyph(line.icon)}<span>${sentence(line.parts)}</span></div>`;
  }
}

customElements.define("sw-sign", SwSign);
