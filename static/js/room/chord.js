/** What a press of a key is called, to programs and to people. Pure. */

import { t, tc } from "../lib/words.js";

/** @typedef {Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">} Press */

/** Named keys that may be given a deed; what they write is no letter. */
const NAMED = new Set(
  "ArrowLeft ArrowRight ArrowUp ArrowDown Home End PageUp PageDown Insert".split(" "),
);
const MODIFIERS = new Set(
  "Shift Control Alt AltGraph Meta CapsLock NumLock Fn Hyper Super".split(" "),
);
/** @param {string} key */
export const isModifier = (key) => MODIFIERS.has(key);

const SIGNS = /** @type {Record<string, [string, string]>} */ ({
  Comma: [",", "<"],
  Period: [".", ">"],
  Slash: ["/", "?"],
});
/** Letters and digits of other scripts than the Latin one: what their key is called decides there. */
const OTHER_SCRIPT = /^(?!\p{Script=Latin}|[0-9])[\p{L}\p{M}\p{Nd}]+$/u;

/**
 * What a key is called by where it lies, as on an English keyboard.
 * @param {string} code
 * @param {boolean} shift
 */
function byPlace(code, shift) {
  const [, letter, digit] = /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/u.exec(code ?? "") ?? [];
  if (letter) return shift ? letter : letter.toLowerCase();
  return digit ?? SIGNS[code]?.[shift ? 1 : 0] ?? null;
}

/**
 * The name of a press: what it writes ("k", "N", "?"), or which key it is ("Home", "Shift+Home").
 * @param {Press} press
 * @returns {string | null} null where it is the browser's or nobody's
 */
export function chordOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }) {
  if (ctrlKey || metaKey || altKey || MODIFIERS.has(key)) return null;
  if (key === "Process" || key === "Unidentified" || OTHER_SCRIPT.test(key))
    return byPlace(code, shiftKey);
  if (key.length !== 1) return shiftKey && key !== "Escape" ? `Shift+${key}` : key;
  if (key === " " && shiftKey) return "Shift+ ";
  return shiftKey ? key.toUpperCase() : key.toLowerCase(); // caps lock is no Shift
}

const LABELS = /** @type {Record<string, () => string>} */ ({
  " ": () => tc("key", "Space"),
  ArrowLeft: () => "←",
  ArrowRight: () => "→",
  ArrowUp: () => "↑",
  ArrowDown: () => "↓",
  PageUp: () => tc("key", "Page up"),
  PageDown: () => tc("key", "Page down"),
  Home: () => tc("key", "Home"),
  End: () => tc("key", "End"),
  Insert: () => tc("key", "Insert"),
  Escape: () => tc("key", "Esc"),
});

/**
 * @param {string} chord
 * @returns {string}
 */
export function labelOf(chord) {
  if (chord.startsWith("Shift+")) return t("Shift {key}", { key: labelOf(chord.slice(6)) });
  if (chord.length > 1) return LABELS[chord]?.() ?? chord;
  const capital = chord !== chord.toLowerCase();
  return LABELS[chord]?.() ?? (capital ? t("Shift {key}", { key: chord }) : chord.toUpperCase());
}

/**
 * Why a press cannot be given a deed, in words; "" where it can.
 * @param {Press} press
 */
export function unfitFor({ key, ctrlKey, metaKey, altKey, ...press }) {
  if (ctrlKey || metaKey || altKey) return t("Without Ctrl, Alt or Cmd: those are the browser's");
  const chord = chordOf({ key, ctrlKey, metaKey, altKey, ...press });
  const bare = chord?.replace("Shift+", "");
  if (bare === "Enter") return t("Enter presses what is chosen. Take another key");
  if (!chord || !bare || (bare.length > 1 && !NAMED.has(bare)))
    return t("The browser needs this key. Take another one");
  return "";
}
