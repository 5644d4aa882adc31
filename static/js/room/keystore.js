/** The choice of keys this browser keeps: which key does what, and whether keys do anything at all. */

import { Store } from "../lib/store.js";
import { bound, readOwn } from "./keymap.js";

/** @typedef {import("./keymap.js").Own} Own */
/** @typedef {{off: boolean, own: Own, actions: import("./keymap.js").Bound[]}} Choice */

const SWITCH = "sw.keys";
const OWN = "sw.keymap";

/** @param {string} name */
function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string | null} value */
function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // Storage is forbidden: the choice holds for this page only.
  }
}

/** @param {boolean} off @param {Own} own @returns {Choice} */
const chosen = (off, own) => ({ off, own, actions: bound(own) });
const read = () => chosen(kept(SWITCH) === "off", readOwn(kept(OWN)));

/** @type {Store<Choice>} */
export const keyChoice = new Store(read());

/** @param {boolean} off */
export function switchKeys(off) {
  keep(SWITCH, off ? "off" : null);
  keyChoice.set(chosen(off, keyChoice.value.own));
}

/** @param {Own} own */
export function keepKeys(own) {
  keep(OWN, Object.keys(own).length ? JSON.stringify(own) : null);
  keyChoice.set(chosen(keyChoice.value.off, own));
}

/** Follows what another tab of this browser chooses. @param {AbortSignal} signal */
export function followKeys(signal) {
  const again = (/** @type {StorageEvent} */ { key }) =>
    (key === null || key === SWITCH || key === OWN) && keyChoice.set(read());
  addEventListener("storage", again, { signal });
}
