/** What all our elements are: lit elements that draw into the page itself. */

import { LitElement } from "lit";

/**
 * No shadow root: one style sheet dresses everything, labels and descriptions reach across, the
 * page's icons can be used. What an element shows follows from its properties alone; it keeps no
 * state of its own and does nothing but tell, by an event, that it was pressed.
 */
export class Light extends LitElement {
  /** @override */
  createRenderRoot() {
    return this;
  }

  /**
   * Tells whoever listens, also around the element, what was pressed.
   * @param {string} type
   * @param {Event} [press] its button is the event's `detail`: what is opened stands beside it
   */
  tell(type, press) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail: press?.currentTarget }));
  }
}
