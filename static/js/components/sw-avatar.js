/** `<sw-avatar name="Mara" hue="1" size="40">`: a person's initial on their own hue. */

import { h, icon } from "../lib/dom.js";

/**
 * The first letter as people see it: one grapheme, an emoji included.
 * @param {string} name
 */
export function initialOf(name) {
  const trimmed = name.trim();
  const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(trimmed);
  return (first?.segment ?? "?").toLocaleUpperCase();
}

/**
 * Hidden from screen readers: the name always stands beside it or in a label.
 * @attr name the person's name
 * @attr hue 1–12
 * @attr size 20, 24, 28, 32 (when left out), 40, 44 or 56
 * @attr speaking draws the ring
 * @attr badge `host`, or an icon's name for a small mark at the corner
 * @attr presence `on` or `off` for a dot
 */
export class SwAvatar extends HTMLElement {
  static observedAttributes = ["name", "hue", "size", "speaking", "badge", "presence"];

  connectedCallback() {
    this.#draw();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#draw();
  }

  #draw() {
    const speaking = this.hasAttribute("speaking") ? " is-speaking" : "";
    this.replaceChildren(
      h(
        "span",
        {
          class: `avatar${speaking}`,
          "data-hue": this.getAttribute("hue"),
          "data-size": this.getAttribute("size"),
          "aria-hidden": "true",
        },
        initialOf(this.getAttribute("name") ?? ""),
        this.#badge(),
        this.#dot(),
      ),
    );
  }

  #badge() {
    const badge = this.getAttribute("badge");
    if (!badge) return null;
    const kind = badge === "host" ? " badge-host" : badge.endsWith("-off") ? " badge-bad" : "";
    return h("span", { class: `badge${kind}` }, icon(badge === "host" ? "crown" : badge));
  }

  #dot() {
    const presence = this.getAttribute("presence");
    return presence && h("span", { class: presence === "on" ? "dot" : "dot dot-off" });
  }
}

customElements.define("sw-avatar", SwAvatar);
