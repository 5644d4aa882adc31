/** What keys can do in a room: every deed, its keys and its words. The one list all others are drawn from. */

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
 * @property {string} does the same as a sentence's end, behind the key's name
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
 * @param {[string, string, string, string[], Deed, Partial<Action>?][]} rows
 * @returns {Action[]}
 */
const under = (group, rows) =>
  rows.map(([id, words, does, keys, deed, more]) => ({
    id,
    group,
    words,
    does,
    keys,
    deed,
    ...more,
  }));

const seeks = { repeatMs: SEEK_REPEAT_MS };
const smooth = { repeatMs: SMOOTH_REPEAT_MS };
const TENTHS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** @type {readonly Action[]} */
export const ACTIONS = Object.freeze([
  ...under("The film, for everyone", [
    ["toggle", "Play or pause", "plays and pauses", [" ", "k"], { name: "toggle" }],
    ["back10", "Back 10 seconds", "goes back 10 seconds", ["j"], { name: "skip", by: -10 }, seeks],
    ["on10", "Forward 10 seconds", "goes on 10 seconds", ["l"], { name: "skip", by: 10 }, seeks],
    [
      "back5",
      "Back 5 seconds",
      "goes back 5 seconds",
      ["ArrowLeft"],
      { name: "skip", by: -5 },
      seeks,
    ],
    [
      "on5",
      "Forward 5 seconds",
      "goes on 5 seconds",
      ["ArrowRight"],
      { name: "skip", by: 5 },
      seeks,
    ],
    [
      "back1",
      "One frame back, paused",
      "goes back one frame",
      [","],
      { name: "frame", by: -1 },
      seeks,
    ],
    ["on1", "One frame on, paused", "goes on one frame", ["."], { name: "frame", by: 1 }, seeks],
    [
      "tenths",
      "Tenths of the film",
      "jumps to a tenth of the film",
      TENTHS,
      { name: "share", of: 0 },
      { fixed: true },
    ],
    ["start", "Start of the film", "jumps to the start", ["Home"], { name: "edge", end: false }],
    ["end", "End of the film", "jumps to the end", ["End"], { name: "edge", end: true }],
    ["slower", "Slower", "slows the film down", ["<"], { name: "faster", by: -1 }],
    ["faster", "Faster", "speeds the film up", [">"], { name: "faster", by: 1 }],
    ["next", "Next in the queue", "plays what comes next", ["N"], { name: "next" }],
  ]),
  ...under("Only for you", [
    ["resync", "Get back in step", "gets you back in step", ["y"], { name: "resync" }],
    ["louder", "Louder", "makes it louder", ["ArrowUp"], { name: "volume", by: 0.05 }, smooth],
    [
      "quieter",
      "Quieter",
      "makes it quieter",
      ["ArrowDown"],
      { name: "volume", by: -0.05 },
      smooth,
    ],
    ["mute", "Mute the film", "mutes the film", ["m"], { name: "mute" }],
    ["captions", "Captions", "shows captions", ["c"], { name: "captions" }],
    ["full", "Full screen", "fills the screen", ["f"], { name: "full" }],
    ["theatre", "Theatre", "opens the theatre", ["t"], { name: "theatre" }],
    ["pip", "Picture in picture", "opens picture in picture", ["i"], { name: "pip" }],
  ]),
  ...under("Voice", [
    [
      "talk",
      "Talk while held",
      "lets you talk",
      ["v"],
      { name: "talk", held: true },
      { held: true },
    ],
    ["mic", "Mute your microphone", "mutes your microphone", ["M"], { name: "mic" }],
    ["deafen", "Deafen", "deafens you", ["D"], { name: "deafen" }],
  ]),
  ...under("The room", [
    ["chat", "Write in the chat", "leads into the chat", ["/"], { name: "chat" }],
    ["react", "React", "opens the reactions", ["r"], { name: "react" }],
    ["help", "This list", "opens this list", ["?"], { name: "help" }],
    [
      "escape",
      "Close, leave, stop writing",
      "closes what is open",
      ["Escape"],
      { name: "escape" },
      { fixed: true },
    ],
  ]),
]);
