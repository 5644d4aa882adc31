/** The reactions in a row, beside the button that opened it. It stays open: one reacts again and again. */

import { h } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { meant } from "./keys.js";
import { keyChoice } from "./keystore.js";

/** What each says to those who do not see it. @type {Record<string, () => string>} */
const NAMES = {
  "😂": () => t("Laughing"),
  "❤️": () => t("Love"),
  "😮": () => t("Wow"),
  "😭": () => t("Crying"),
  "👏": () => t("Applause"),
  "🔥": () => t("Fire"),
  "🎉": () => t("Party"),
  "🍿": () => t("Popcorn"),
};

/** What a sign says to those who do not see it. @param {string} emoji */
export const signName = (emoji) => NAMES[emoji]?.() ?? t("React");

export class Tray {
  /**
   * @param {string[]} reactions
   * @param {(emoji: string) => void} press
   * @param {HTMLElement} film
   * @param {AbortSignal} signal
   */
  constructor(reactions, press, film, signal) {
    this.film = film;
    /** @type {HTMLElement | null} */
    this.anchor = null;
    this.wasOpen = false;
    this.buttons = reactions.map((emoji) =>
      h(
        "button",
        {
          class: "react-pick",
          type: "button",
          "aria-label": `${signName(emoji)} ${emoji}`,
          onclick: () => press(emoji),
        },
        h("span", { "aria-hidden": "true" }, emoji),
      ),
    );
    this.element = h(
      "div",
      {
        class: "reacts glass glass-strong",
        popover: "auto",
        role: "toolbar",
        "aria-label": t("Reactions"),
      },
      this.buttons,
    );
    document.body.append(this.element);
    this.element.addEventListener("toggle", (event) => this.#toggled(/** @type {any} */ (event)), {
      signal,
    });
    this.element.addEventListener("keydown", (event) => this.#key(event), { signal });
    signal.addEventListener("abort", () => this.element.remove(), { once: true });
  }

  /** @param {HTMLElement} button @param {AbortSignal} signal */
  openedBy(button, signal) {
    button.setAttribute("aria-haspopup", "true");
    button.setAttribute("aria-expanded", "false");
    // A press outside closes the tray before the click comes, and its own button lies outside, too.
    const pressed = () => {
      this.wasOpen = this.element.matches(":popover-open");
    };
    const clicked = () => {
      if (!this.wasOpen || this.element.matches(":popover-open")) this.toggle(button);
      this.wasOpen = false;
    };
    button.addEventListener("pointerdown", pressed, { signal });
    button.addEventListener("click", clicked, { signal });
  }

  /** @param {HTMLElement} anchor what it opens beside */
  toggle(anchor) {
    this.anchor = anchor;
    this.element.togglePopover();
    if (!this.element.matches(":popover-open")) return;
    // At once and not with the event, which comes a task later: the next key is meant for the tray.
    placeAbove(this.element, anchor);
    this.buttons[0]?.focus();
  }

  /** @param {ToggleEvent} event */
  #toggled({ newState }) {
    const open = newState === "open";
    if (this.anchor !== this.film) this.anchor?.setAttribute("aria-expanded", String(open));
  }

  /** The key that opened it closes it. @param {KeyboardEvent} event */
  #isOwnKey(event) {
    const { off, actions } = keyChoice.value;
    return !off && meant(actions, event)?.action.id === "react";
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const at = this.buttons.indexOf(/** @type {any} */ (document.activeElement));
    /** @type {Record<string, number>} */
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    const to = steps[event.key];
    if (this.#isOwnKey(event)) this.element.hidePopover();
    else if (to !== undefined) this.buttons.at(to % this.buttons.length)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

const GAP_PX = 12;
const EDGE_PX = 8;

/**
 * Over its button, in the middle; below where there is no room; always inside the window.
 * @param {HTMLElement} tray
 * @param {HTMLElement} anchor
 */
function placeAbove(tray, anchor) {
  const { left, width, top, bottom } = anchor.getBoundingClientRect();
  const over = top - GAP_PX - tray.offsetHeight;
  const at = left + width / 2 - tray.offsetWidth / 2;
  const most = innerWidth - EDGE_PX - tray.offsetWidth;
  tray.style.setProperty("top", `${over < EDGE_PX ? bottom + GAP_PX : over}px`);
  tray.style.setProperty("left", `${Math.max(EDGE_PX, Math.min(most, at))}px`);
}
