/** What a press means to somebody who chooses a new key for an action. Pure. */

import { chordOf, isModifier, labelOf, unfitFor } from "./chord.js";
import { actionOf } from "./keymap.js";

/** @typedef {import("./keymap.js").Bound} Bound */
/**
 * @typedef {{kind: "wait" | "move on" | "cancel" | "clear"}
 *   | {kind: "refuse", words: string}
 *   | {kind: "take", chord: string}
 *   | {kind: "ask", chord: string, words: string, other: Bound}} Heard
 */

const CLEARING = new Set(["Backspace", "Delete"]);

/**
 * @param {readonly Bound[]} actions
 * @param {string} id the action that is to have the key
 * @param {import("./chord.js").Press & {repeat?: boolean}} press
 * @returns {Heard}
 */
export function heard(actions, id, press) {
  const { key, repeat } = press;
  if (key === "Tab") return { kind: "move on" };
  if (key === "Escape") return { kind: "cancel" };
  if (repeat || isModifier(key)) return { kind: "wait" };
  if (CLEARING.has(key)) return { kind: "clear" };
  const words = unfitFor(press);
  const chord = chordOf(press);
  if (words || chord === null) return { kind: "refuse", words };
  const other = actionOf(actions, chord);
  if (!other || other.id === id) return { kind: "take", chord };
  const has = `${labelOf(chord)} already ${other.does}`;
  if (other.fixed) return { kind: "refuse", words: `${has}, and keeps doing so. Take another key` };
  return { kind: "ask", chord, words: has, other };
}

/** @param {readonly string[]} keys */
export const named = (keys) => keys.filter(Boolean).map(labelOf).join(" or ") || "no key";

/**
 * What has changed, as one says it.
 * @param {readonly Bound[]} before
 * @param {readonly Bound[]} now
 */
export function changes(before, now) {
  const moved = now.filter(({ keys }, at) => keys.join("\n") !== before[at].keys.join("\n"));
  return moved.map(({ words, keys }) => `${words}: ${named(keys)}`).join(". ") || "As it was";
}
