/** Menus: native popovers placed beside their button, walked through with the arrow keys. */

const GAP_PX = 8;
const EDGE_PX = 8;

/** The button each menu belongs to: whatever a menu opens gives the focus back there. @type {WeakMap<Element, HTMLElement>} */
export const buttonOf = new WeakMap();

/**
 * Ties a button to a `popover` menu. Esc and a click outside close it; the focus goes back to the button.
 * @param {HTMLElement} button
 * @param {HTMLElement} menu `<div class="menu glass glass-strong" popover role="menu">` with `.item`s
 * @param {{ signal?: AbortSignal }} [options]
 */
export function wireMenu(button, menu, { signal } = {}) {
  const listening = signal ? { signal } : {};
  buttonOf.set(menu, button);
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  // A press outside closes an open menu before the click comes, and its own button lies outside, too.
  let wasOpen = false;
  button.addEventListener(
    "pointerdown",
    () => {
      wasOpen = menu.matches(":popover-open");
    },
    listening,
  );
  button.addEventListener(
    "click",
    () => {
      if (wasOpen) menu.hidePopover();
      else menu.togglePopover();
      wasOpen = false;
      if (!menu.matches(":popover-open")) return;
      // At once and not with the event, which comes a task later: the next key is meant for the menu.
      place(menu, button);
      itemsOf(menu)[0]?.focus();
    },
    listening,
  );
  menu.addEventListener(
    "toggle",
    (event) => {
      const open = /** @type {ToggleEvent} */ (event).newState === "open";
      button.setAttribute("aria-expanded", String(open));
      if (open) return;
      if (menu.contains(document.activeElement) || document.activeElement === document.body)
        button.focus();
    },
    listening,
  );
  menu.addEventListener("keydown", (event) => walk(menu, event), listening);
  menu.addEventListener(
    "click",
    (event) => {
      const item = /** @type {Element} */ (event.target).closest(".item");
      if (item && !item.hasAttribute("data-keep-open")) menu.hidePopover();
    },
    listening,
  );
}

/** @param {HTMLElement} menu */
const itemsOf = (menu) =>
  /** @type {HTMLElement[]} */ ([...menu.querySelectorAll(".item:not(:disabled)")]);

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
  if (to === undefined || !items.length) return;
  event.preventDefault();
  event.stopPropagation();
  items.at(to % items.length)?.focus();
}

/**
 * Below the button, or above it where there is no room; always inside the window.
 * @param {HTMLElement} menu
 * @param {HTMLElement} button
 */
export function place(menu, button) {
  const anchor = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = anchor.bottom + GAP_PX;
  const top = below + height <= innerHeight - EDGE_PX ? below : anchor.top - GAP_PX - height;
  const left = anchor.left + width <= innerWidth - EDGE_PX ? anchor.left : anchor.right - width;
  menu.style.setProperty("top", `${Math.max(EDGE_PX, top)}px`);
  menu.style.setProperty("left", `${Math.max(EDGE_PX, left)}px`);
}
