/** What a press means to somebody who chooses a new key for an action. Pure. */

import { t } from "../lib/words.js";
import { chordOf, isModifier, labelOf, unfitFor } from "./chord.js";
import { takenText } from "./key-words.js";
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
  const has = takenText(other.id, labelOf(chord));
  if (other.fixed)
    return { kind: "refuse", words: t("{has}, and keeps doing so. Take another key", { has }) };
  return { kind: "ask", chord, words: has, other };
}

/** @param {readonly string[]} keys */
export function named(keys) {
  const [first, second] = keys.filter(Boolean).map(labelOf);
  if (!first) return t("no key");
  return second ? t("{first} or {second}", { first, second }) : first;
}

/**
 * What has changed, as one says it.
 * @param {readonly Bound[]} before
 * @param {readonly Bound[]} now
 */
export function changes(before, now) {
  const moved = now.filter(({ keys }, at) => keys.join("\n") !== before[at].keys.join("\n"));
  return moved.map(({ words, keys }) => `${words}: ${named(keys)}`).join(". ") || t("As it was");
}
