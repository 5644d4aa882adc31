/** What keys can do in a room: every deed, its keys and its words. The one list all others are drawn from. */

import { t } from "../lib/words.js";

/**
 * @typedef {{name: "toggle" | "mute" | "full" | "theatre" | "pip" | "captions" | "chat" | "help" | "resync"
 *   | "next" | "mic" | "deafen" | "react" | "escape"}
 *   | {name: "skip" | "volume" | "frame" | "faster", by: number} | {name: "share", of: number}
 *   | {name: "edge", end: boolean} | {name: "talk", held: boolean}} Deed
 */
/**
 * @typedef {object} Action
 * @property {string} id kept in browsers: never change one
 * @property {string} group the heading it stands under
 * @property {string} words what it is called
 * @property {readonly string[]} keys its chords as they come (see `chordOf`), one for each place
 * @property {Deed} deed
 * @property {boolean} [fixed] its keys stay what they are
 * @property {boolean} [held] lasts while the key is down
 * @property {number} [repeatMs] a key that stays down does it again, at most so often
 */

const SEEK_REPEAT_MS = 300;
const SMOOTH_REPEAT_MS = 30;

/**
 * @param {string} group
 * @param {[string, string, string[], Deed, Partial<Action>?][]} rows
 * @returns {Action[]}
 */
const under = (group, rows) =>
  rows.map(([id, words, keys, deed, more]) => ({
    id,
    group,
    words,
    keys,
    deed,
    ...more,
  }));

const seeks = { repeatMs: SEEK_REPEAT_MS };
const smooth = { repeatMs: SMOOTH_REPEAT_MS };
const TENTHS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** @type {readonly Action[]} */
export const ACTIONS = Object.freeze([
  ...under(t("The film, for everyone"), [
    ["toggle", t("Play or pause"), [" ", "k"], { name: "toggle" }],
    ["back10", t("Back 10 seconds"), ["j"], { name: "skip", by: -10 }, seeks],
    ["on10", t("Forward 10 seconds"), ["l"], { name: "skip", by: 10 }, seeks],
    ["back5", t("Back 5 seconds"), ["ArrowLeft"], { name: "skip", by: -5 }, seeks],
    ["on5", t("Forward 5 seconds"), ["ArrowRight"], { name: "skip", by: 5 }, seeks],
    ["back1", t("One frame back, paused"), [","], { name: "frame", by: -1 }, seeks],
    ["on1", t("One frame on, paused"), ["."], { name: "frame", by: 1 }, seeks],
    ["tenths", t("Tenths of the film"), TENTHS, { name: "share", of: 0 }, { fixed: true }],
    ["start", t("Start of the film"), ["Home"], { name: "edge", end: false }],
    ["end", t("End of the film"), ["End"], { name: "edge", end: true }],
    ["slower", t("Slower"), ["<"], { name: "faster", by: -1 }],
    ["faster", t("Faster"), [">"], { name: "faster", by: 1 }],
    ["next", t("Next in the queue"), ["N"], { name: "next" }],
  ]),
  ...under(t("Only for you"), [
    ["resync", t("Get back in step"), ["y"], { name: "resync" }],
    ["louder", t("Louder"), ["ArrowUp"], { name: "volume", by: 0.05 }, smooth],
    ["quieter", t("Quieter"), ["ArrowDown"], { name: "volume", by: -0.05 }, smooth],
    ["mute", t("Mute the film"), ["m"], { name: "mute" }],
    ["captions", t("Captions"), ["c"], { name: "captions" }],
    ["full", t("Full screen"), ["f"], { name: "full" }],
    ["theatre", t("Theatre"), ["t"], { name: "theatre" }],
    ["pip", t("Picture in picture"), ["i"], { name: "pip" }],
  ]),
  ...under(t("Voice"), [
    ["talk", t("Talk while held"), ["v"], { name: "talk", held: true }, { held: true }],
    ["mic", t("Mute your microphone"), ["M"], { name: "mic" }],
    ["deafen", t("Deafen"), ["D"], { name: "deafen" }],
  ]),
  ...under(t("The room"), [
    ["chat", t("Write in the chat"), ["/"], { name: "chat" }],
    ["react", t("React"), ["r"], { name: "react" }],
    ["help", t("This list"), ["?"], { name: "help" }],
    ["escape", t("Close, leave, stop writing"), ["Escape"], { name: "escape" }, { fixed: true }],
  ]),
]);
