/** Menus drawn by lit: filled each time they open, so that they say what is so now. */

import { html, nothing, render } from "lit";
import { find, h } from "../lib/dom.js";
import { glyph } from "./glyph.js";
import { wireMenu } from "./menu.js";

/** @typedef {{words: string, run: () => void, icon?: string, end?: string, checked?: boolean, alone?: boolean, bad?: boolean, keep?: boolean, disabled?: boolean}} Item */

/** `alone`: what is checked is no choice among others. @param {Item} item */
export const menuItem = ({
  words,
  run,
  icon,
  end,
  checked,
  alone,
  bad,
  keep,
  disabled,
}) => html`<button
  class="item ${bad ? "bad" : ""}" type="button" role=${checked === undefined ? "menuitem" : alone ? "menuitemcheckbox" : "menuitemradio"}
  aria-checked=${checked === undefined ? nothing : String(checked)} ?data-keep-open=${keep ?? false} ?disabled=${disabled ?? false}
  @click=${run}>${icon ? glyph(icon) : nothing}<span class="grow">${words}</span>${end ? html`<span class="end num">${end}</span>` : nothing}${
    checked ? glyph("check", "i-16 i-check") : nothing
  }</button>`;

/**
 * A menu that belongs to one button and is drawn anew each time it opens.
 * @param {HTMLElement} button
 * @param {string} label
 * @param {() => unknown} content
 * @param {AbortSignal} signal
 * @param {() => unknown} [below] what stands under the items and is none
 * @returns {{menu: HTMLElement, draw: () => void, open: () => void}}
 */
export function menuOn(button, label, content, signal, below = () => nothing) {
  const list = h("div", { role: "menu", "aria-label": label });
  const rest = h("div"); // a slider is no item of a menu
  const menu = h("div", { class: "menu glass glass-strong", popover: "auto" }, list, rest);
  // among what the page is about, where people who jump by landmarks find it
  (find("main") ?? document.body).append(menu);
  const draw = () => {
    render(content(), list);
    render(below(), rest);
    list.role = list.querySelector(".item") ? "menu" : "group"; // a menu of nothing is none
  };
  menu.addEventListener(
    "beforetoggle",
    (event) => /** @type {ToggleEvent} */ (event).newState === "open" && draw(),
    { signal },
  );
  const open = wireMenu(button, menu, { signal });
  signal.addEventListener("abort", () => menu.remove(), { once: true });
  return { menu, draw, open };
}

/** @typedef {{menu: HTMLElement, button: HTMLElement}} Owned */
/** @type {WeakSet<HTMLElement>} */
const having = new WeakSet();
/** Rows come and go; their menus, which lie elsewhere, go when the next one is made. @type {Set<Owned>} */
const left = new Set();
/** @param {Owned} owned */
const letGo = (owned) => {
  owned.menu.remove();
  left.delete(owned);
};

/**
 * The menu of a button in a list, made when the button is pressed for the first time: few ever are.
 * Call it at each press; from the second on the menu's own listener serves.
 * @param {Parameters<typeof menuOn>} parts
 */
export function openMenuOf(...parts) {
  const [button] = parts;
  if (having.has(button)) return;
  having.add(button);
  const { menu, open } = menuOn(...parts);
  left.add({ menu, button });
  for (const one of left) if (!one.button.isConnected) letGo(one);
  open();
}
