/**
 * One bar of buttons for all messages: it stands at the one under the mouse, or at the one that has
 * the focus. One for each message would be thirty thousand buttons in a long chat.
 */

import { menuOn } from "../components/drawn-menu.js";
import { h, icon } from "../lib/dom.js";
import { t } from "../lib/words.js";

/** @typedef {import("../room/types.js").Message} Message */

const WORDS = "[data-message]:not(.is-deleted, .is-veiled)";
/** How far from the message; or how far out over it, and how near to an edge at most. */
const GAP_PX = 4;
const OVER_PX = 24;
const EDGE_PX = 6;

export class Tools {
  /** @type {HTMLElement | null} the message it stands at */
  #at = null;
  #byKey = false;

  /**
   * @param {object} parts
   * @param {HTMLElement} parts.frame
   * @param {HTMLElement} parts.log
   * @param {(id: string) => Message | undefined} parts.message
   * @param {(message: Message) => unknown} parts.content of the menu
   * @param {(message: Message) => void} parts.reply
   * @param {(message: Message) => void} parts.pick
   * @param {() => boolean} parts.chats whether this person may
   * @param {AbortSignal} signal
   */
  constructor({ frame, log, message, content, reply, pick, chats }, signal) {
    this.frame = frame;
    this.log = log;
    this.message = message;
    this.chats = chats;
    const button = (/** @type {string} */ words, /** @type {string} */ glyph) =>
      h(
        "button",
        { class: "tool", type: "button", tabindex: -1, "aria-label": words },
        icon(glyph),
      );
    const act = (/** @type {(message: Message) => void} */ run) => () => {
      const one = this.current;
      if (one) run(one);
    };
    this.react = button(t("React"), "smile");
    this.answer = button(t("Reply"), "reply");
    this.more = button(t("More"), "more");
    this.react.addEventListener("click", act(pick), { signal });
    this.answer.addEventListener("click", act(reply), { signal });
    this.bar = h("div", { class: "tools", hidden: true }, this.react, this.answer, this.more);
    frame.append(this.bar);
    const { menu, open } = menuOn(
      this.more,
      t("Message"),
      () => (this.current ? content(this.current) : ""),
      signal,
    );
    this.menu = menu;
    this.open = open;
    menu.addEventListener("toggle", (event) => this.#toggled(/** @type {any} */ (event)), {
      signal,
    });
    this.#follow(signal);
  }

  /** @returns {Message | undefined} */
  get current() {
    return this.#at ? this.message(this.#at.dataset.message ?? "") : undefined;
  }

  get isOpen() {
    return this.menu.matches(":popover-open");
  }

  /** @param {HTMLElement} element a message @param {boolean} [byKey] the focus goes back to it */
  openAt(element, byKey = false) {
    if (!element.matches(WORDS)) return;
    this.show(element);
    this.#byKey = byKey;
    this.open();
  }

  /** @param {HTMLElement} element a message */
  show(element) {
    if (this.isOpen || !element.matches(WORDS)) return;
    this.#at = element;
    const may = this.chats();
    this.react.hidden = !may;
    this.answer.hidden = !may;
    this.bar.hidden = false;
    this.#place(element);
  }

  /** Beside the message, in the middle of its first lines; over its corner where there is no room. @param {HTMLElement} element */
  #place(element) {
    const [box, edge] = [element.getBoundingClientRect(), this.frame.getBoundingClientRect()];
    const { offsetWidth: width, offsetHeight: height } = this.bar;
    const mirrored = getComputedStyle(this.frame).direction === "rtl";
    const atEnd = (element.closest(".grp-me") === null) !== mirrored;
    const beside = atEnd ? box.right + GAP_PX : box.left - GAP_PX - width;
    const fits = beside >= edge.left + EDGE_PX && beside + width <= edge.right - EDGE_PX;
    const over = atEnd ? edge.right - EDGE_PX - width : edge.left + EDGE_PX;
    const top = fits ? box.top + Math.min(box.height, height) / 2 - height / 2 : box.top - OVER_PX;
    const lowest = edge.height - height;
    this.bar.style.setProperty("left", `${(fits ? beside : over) - edge.left}px`);
    this.bar.style.setProperty("top", `${Math.max(EDGE_PX, Math.min(top - edge.top, lowest))}px`);
  }

  hide() {
    if (this.bar.hidden || this.isOpen) return;
    this.bar.hidden = true;
    this.#at = null;
  }

  /** @param {AbortSignal} signal */
  #follow(signal) {
    // Moved by a hand: words that pass under a mouse at rest are not meant.
    const moved = (/** @type {PointerEvent} */ { pointerType, target }) => {
      const words = pointerType === "mouse" && /** @type {Element} */ (target).closest(WORDS);
      if (words && (words !== this.#at || this.bar.hidden))
        this.show(/** @type {HTMLElement} */ (words));
    };
    this.log.addEventListener("pointermove", moved, { signal, passive: true });
    this.frame.addEventListener("pointerleave", () => this.hide(), { signal });
    this.log.addEventListener("scroll", () => this.hide(), { signal, passive: true });
  }

  /** @param {ToggleEvent} event */
  #toggled({ newState }) {
    if (newState === "open") return;
    const [element, byKey] = [this.#at, this.#byKey];
    this.#byKey = false;
    // what an item did may have taken the focus already
    const left = document.activeElement === this.more || document.activeElement === document.body;
    if (byKey && left && element?.isConnected) element.focus({ preventScroll: true });
    else this.hide();
  }
}
