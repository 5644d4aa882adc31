/** `<sw-avatar name="Mara" hue="1" size="40">`: a person's picture, or their initial on their own hue. */

import { html, nothing } from "lit";
import { initialOf } from "../lib/format.js";
import { pictureOf } from "./faces.js";
import { glyph } from "./glyph.js";
import { Light } from "./light.js";

/**
 * Hidden from screen readers: the name always stands beside it or in a label.
 * @attr name the person's name
 * @attr hue 1–12
 * @attr who their user id; with it a picture that changes is followed
 * @attr picture an address
 * @attr size 20, 24, 28, 32 (when left out), 40, 44 or 56
 * @attr speaking draws the ring
 * @attr badge `host`, or an icon's name for a small mark at the corner
 * @attr presence `on` or `off` for a dot
 */
export class SwAvatar extends Light {
  /** @override */
  static properties = {
    name: {},
    hue: {},
    who: {},
    picture: {},
    size: {},
    speaking: { type: Boolean },
    badge: {},
    presence: {},
  };

  constructor() {
    super();
    this.name = "";
    this.hue = "12";
    /** @type {string | null} */
    this.who = null;
    /** @type {string | null} */
    this.picture = null;
    this.size = "32";
    this.speaking = false;
    this.badge = "";
    this.presence = "";
  }

  /** @override */
  render() {
    return html`<span class="avatar ${this.speaking ? "is-speaking" : ""}" data-hue=${this.hue} data-size=${this.size}
      aria-hidden="true">${initialOf(this.name)}${this.#picture()}${this.#badge()}${this.#dot()}</span>`;
  }

  /** One that does not come leaves the initial to be seen. */
  #picture() {
    const address = pictureOf(this.who, this.picture);
    if (!address) return nothing;
    const shown = (/** @type {Event} */ { target, type }) => {
      /** @type {HTMLElement} */ (target).hidden = type === "error";
    };
    return html`<img src=${address} alt="" @load=${shown} @error=${shown}>`;
  }

  #badge() {
    const { badge } = this;
    if (!badge) return nothing;
    const kind = badge === "host" ? "badge-host" : badge.endsWith("-off") ? "badge-bad" : "";
    return html`<span class="badge ${kind}">${glyph(badge === "host" ? "crown" : badge)}</span>`;
  }

  #dot() {
    if (!this.presence) return nothing;
    return html`<span class="dot ${this.presence === "on" ? "" : "dot-off"}"></span>`;
  }
}

customElements.define("sw-avatar", SwAvatar);
