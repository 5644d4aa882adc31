/** Menus: native popovers placed beside their button, walked through with the arrow keys. */

import { find } from "../lib/dom.js";

const GAP_PX = 8;
const EDGE_PX = 8;
/** What a press in a menu does something with; a slider's label looks like one and is none. */
const ITEM = "button.item, a.item";

/** The button each menu belongs to: whatever a menu opens gives the focus back there. @type {WeakMap<Element, HTMLElement>} */
export const buttonOf = new WeakMap();

/**
 * Ties a button to a `popover` menu. Esc and a click outside close it; the focus goes back to the button,
 * or to the page where the button is gone with what the menu did.
 * @param {HTMLElement} button
 * @param {HTMLElement} menu `<div class="menu glass glass-strong" popover role="menu">` with `.item`s
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {() => void} opens it, or closes it
 */
export function wireMenu(button, menu, { signal } = {}) {
  const listening = signal ? { signal } : {};
  buttonOf.set(menu, button);
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  // A press outside closes an open menu before the click comes, and its own button lies outside, too.
  let wasOpen = false;
  const pressed = () => {
    wasOpen = menu.matches(":popover-open");
  };
  const turn = () => {
    if (wasOpen) menu.hidePopover();
    else menu.togglePopover();
    wasOpen = false;
    if (!menu.matches(":popover-open")) return;
    // At once and not with the event, which comes a task later: the next key is meant for the menu.
    place(menu, button);
    itemsOf(menu)[0]?.focus();
  };
  button.addEventListener("pointerdown", pressed, listening);
  button.addEventListener("click", turn, listening);
  menu.addEventListener(
    "toggle",
    (event) => {
      const open = /** @type {ToggleEvent} */ (event).newState === "open";
      button.setAttribute("aria-expanded", String(open));
      if (open) return;
      const now = document.activeElement;
      if (menu.contains(now) || now === document.body)
        (button.isConnected ? button : find("main"))?.focus({ preventScroll: true });
    },
    listening,
  );
  menu.addEventListener("keydown", (event) => walk(menu, event), listening);
  menu.addEventListener(
    "click",
    (event) => {
      const item = /** @type {Element} */ (event.target).closest(ITEM);
      if (item && !item.hasAttribute("data-keep-open")) menu.hidePopover();
    },
    listening,
  );
  return turn;
}

/** @param {HTMLElement} menu */
const itemsOf = (menu) =>
  /** @type {HTMLElement[]} */ ([
    ...menu.querySelectorAll("button.item:not(:disabled), a.item, input"),
  ]);

/**
 * @param {HTMLElement} menu
 * @param {KeyboardEvent} event
 */
function walk(menu, event) {
  const items = itemsOf(menu);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const steps = /** @type {Record<string, number>} */ ({
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: -1,
  });
  const to = steps[event.key];
  const sliding = /** @type {Element} */ (event.target).matches("input"); // the arrows are its own
  if (to === undefined || !items.length || sliding) return;
  event.preventDefault();
  event.stopPropagation();
  items.at(to % items.length)?.focus();
}

/**
 * Below the button, or above it where there is no room; always inside the window, over the button
 * where it is too long for both.
 * @param {HTMLElement} menu
 * @param {HTMLElement} button
 */
export function place(menu, button) {
  const anchor = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = anchor.bottom + GAP_PX;
  const lowest = innerHeight - EDGE_PX - height;
  const above = anchor.top - GAP_PX - height;
  const top = below <= lowest ? below : above >= EDGE_PX ? above : lowest;
  const left = anchor.left + width <= innerWidth - EDGE_PX ? anchor.left : anchor.right - width;
  menu.style.setProperty("top", `${Math.max(EDGE_PX, top)}px`);
  menu.style.setProperty("left", `${Math.max(EDGE_PX, left)}px`);
}
