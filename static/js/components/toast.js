/** Toasts: at most three, for six seconds, waiting while a person looks at them or holds the focus there. */

import { find, h, icon } from "../lib/dom.js";
import { t } from "../lib/words.js";

const SHOWN_MS = 6000;
const AT_MOST = 3;
const ATTENTION = /** @type {const} */ ([
  ["pointerenter", "pointerleave"],
  ["focusin", "focusout"],
]);
const ICONS = { info: "info", ok: "check", warn: "warning", bad: "warning" };

/**
 * @typedef {object} ToastOptions
 * @property {"info" | "ok" | "warn" | "bad"} [kind]
 * @property {string} [icon] another icon than the kind's
 * @property {Node} [lead] instead of an icon, for instance an avatar
 * @property {{ label: string, run: () => void }} [action] for instance Undo or Retry
 * @property {number} [shownMs] for longer words than usual
 * @property {() => void} [onEnd] it is gone, in whatever way; after the action, where that was taken
 */

/** @type {HTMLElement | null} */
let shelf = null;
/** How each one on the shelf is taken away. @type {WeakMap<Element, () => void>} */
const closing = new WeakMap();

/** The live region must be on the page, and seen, before its first words, or a screen reader misses them. */
export function readyToasts() {
  if (!shelf?.isConnected) {
    shelf = h("div", { class: "toasts", popover: "manual", "aria-live": "polite" });
    document.body.append(shelf);
    shelf.showPopover();
  }
  return shelf;
}

/**
 * @param {string | Node} words what happened
 * @param {ToastOptions} [options]
 * @returns {() => void} takes the toast away
 */
export function toast(words, options = {}) {
  const place = readyToasts();
  const { shownMs = SHOWN_MS } = options;
  /** Where somebody came from who went into the toast. @type {HTMLElement | null} */
  let from = null;
  const close = () => {
    clearTimeout(timer);
    if (!element.isConnected) return;
    const held = element.contains(document.activeElement);
    element.remove();
    if (held) (from?.isConnected ? from : find("main"))?.focus({ preventScroll: true });
    options.onEnd?.();
  };
  const element = drawToast(words, options, close);
  let timer = setTimeout(close, shownMs);
  /** Whether somebody looks at it, holds the focus in it, or both. @type {Set<string>} */
  const attention = new Set();
  const wait = (/** @type {string} */ why) => {
    attention.add(why);
    clearTimeout(timer);
  };
  const goOn = (/** @type {string} */ why) => {
    attention.delete(why);
    clearTimeout(timer);
    if (!attention.size) timer = setTimeout(close, shownMs);
  };
  for (const [begin, end] of ATTENTION) {
    element.addEventListener(begin, () => wait(begin));
    element.addEventListener(end, () => goOn(begin));
  }
  element.addEventListener("focusin", ({ relatedTarget }) => {
    if (!element.contains(/** @type {Node | null} */ (relatedTarget)))
      from = /** @type {HTMLElement | null} */ (relatedTarget);
  });
  closing.set(element, close);
  raise(place);
  while (place.childElementCount >= AT_MOST) closing.get(oldest(place))?.();
  place.append(element);
  return close;
}

/** Opening it again lifts it over a dialog, a menu or a full screen that came later. @param {HTMLElement} place */
function raise(place) {
  if (!document.querySelector("dialog:modal, :fullscreen, :popover-open:not(.toasts)")) return;
  place.hidePopover();
  place.showPopover();
}

/**
 * The one that has to go. What can still be undone stays as long as anything else can go instead.
 * @param {HTMLElement} place
 */
const oldest = (place) =>
  /** @type {Element} */ (
    [...place.children].find((one) => !one.querySelector(".btn")) ?? place.firstElementChild
  );

/**
 * One toast, not yet on the shelf.
 * @param {string | Node} words
 * @param {ToastOptions} options
 * @param {() => void} close
 */
export function drawToast(words, { kind = "info", icon: name = ICONS[kind], lead, action }, close) {
  const done = () => {
    action?.run();
    close();
  };
  return h(
    "div",
    { class: `toast glass glass-strong toast-${kind}`, role: kind === "bad" ? "alert" : null },
    lead ?? icon(name, "i-lead"),
    h("span", { class: "grow" }, words),
    action
      ? h("button", { class: "btn btn-tint btn-40", type: "button", onclick: done }, action.label)
      : h(
          "button",
          { class: "iconbtn dim", type: "button", "aria-label": t("Dismiss"), onclick: close },
          icon("x"),
        ),
  );
}

/**
 * @param {unknown} error
 * @param {ToastOptions["action"]} [action]
 */
export function toastError(error, action) {
  const words = error instanceof Error ? error.message : t("Something went wrong. Try again.");
  return toast(words, action ? { kind: "bad", action } : { kind: "bad" });
}
