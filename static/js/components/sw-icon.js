/** `<sw-icon name="play">`: an icon from the page's sprite, for use inside lit templates. */

import { icon } from "../lib/dom.js";

/**
 * @attr name the icon's name without `i-`
 * @attr size 16, 24 or 28; 20 when left out
 */
export class SwIcon extends HTMLElement {
  static observedAttributes = ["name", "size"];

  connectedCallback() {
    this.#draw();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#draw();
  }

  #draw() {
    const size = this.getAttribute("size");
    this.replaceChildren(icon(this.getAttribute("name") ?? "", size ? `i-${size}` : ""));
  }
}

customElements.define("sw-icon", SwIcon);
