/** `<sw-qr text="https://…" label="QR code of the invite link">`: a link for the camera of another phone. */

import { html, nothing, svg } from "lit";
import { qrPath } from "../lib/qr.js";
import { Light } from "./light.js";

/** Modules of white around it, without which no camera finds its corners. */
const QUIET = 4;

/**
 * Black on white in every theme, since cameras want it so. Nothing is drawn until its library came, and
 * nothing if it does not come: the link itself stands beside it.
 * @attr text what it says
 * @attr label what it is, for those who do not see it
 */
export class SwQr extends Light {
  /** @override */
  static properties = { text: {}, label: {}, code: { state: true } };

  constructor() {
    super();
    this.text = "";
    this.label = "";
    /** @type {import("../lib/qr.js").Code | null} */
    this.code = null;
  }

  /** @override @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has("text")) return;
    this.code = null;
    const { text } = this;
    qrPath(text).then(
      (code) => {
        if (text === this.text) this.code = code;
      },
      () => {}, // the library did not come
    );
  }

  /** @override */
  render() {
    const { code, label } = this;
    if (!code) return nothing;
    const side = code.size + 2 * QUIET;
    return html`<svg class="qr" viewBox="${-QUIET} ${-QUIET} ${side} ${side}" role="img" aria-label=${label} shape-rendering="crispEdges">
      ${svg`<path d=${code.path}></path>`}</svg>`;
  }
}

customElements.define("sw-qr", SwQr);
