/** Which key does what in a room. Dead while somebody types. */

/**
 * @typedef {{name: "toggle" | "mute" | "full" | "theatre" | "pip" | "captions" | "chat" | "help" | "resync" | "next" | "mic" | "deafen"}
 *   | {name: "skip" | "volume" | "frame" | "faster", by: number} | {name: "share", of: number} | {name: "edge", end: boolean}} Deed
 */

/** @type {Record<string, Deed>} */
const KEYS = {
  " ": { name: "toggle" },
  k: { name: "toggle" },
  j: { name: "skip", by: -10 },
  l: { name: "skip", by: 10 },
  ArrowLeft: { name: "skip", by: -5 },
  ArrowRight: { name: "skip", by: 5 },
  ArrowUp: { name: "volume", by: 0.05 },
  ArrowDown: { name: "volume", by: -0.05 },
  m: { name: "mute" },
  f: { name: "full" },
  t: { name: "theatre" },
  i: { name: "pip" },
  c: { name: "captions" },
  Home: { name: "edge", end: false },
  End: { name: "edge", end: true },
  ",": { name: "frame", by: -1 },
  ".": { name: "frame", by: 1 },
  "<": { name: "faster", by: -1 },
  ">": { name: "faster", by: 1 },
  N: { name: "next" },
  M: { name: "mic" },
  D: { name: "deafen" },
  "/": { name: "chat" },
  "?": { name: "help" },
  y: { name: "resync" },
};

/** What the help says, in the order people look for it. @type {[string, string[]][]} */
export const KEY_HELP = [
  ["Play or pause", ["Space", "K"]],
  ["Back, forward 10 seconds", ["J", "L"]],
  ["Back, forward 5 seconds", ["←", "→"]],
  ["One frame back, forward", [",", "."]],
  ["Tenths of the film", ["0", "9"]],
  ["Start, end", ["Home", "End"]],
  ["Slower, faster for everyone", ["<", ">"]],
  ["Next in the queue", ["Shift N"]],
  ["Volume", ["↑", "↓"]],
  ["Mute", ["M"]],
  ["Talk while held", ["V"]],
  ["Mute your microphone", ["Shift M"]],
  ["Deafen", ["Shift D"]],
  ["Captions", ["C"]],
  ["Full screen", ["F"]],
  ["Theatre", ["T"]],
  ["Picture in picture", ["I"]],
  ["Get back in step", ["Y"]],
  ["Write in the chat", ["/"]],
  ["This help", ["?"]],
];

/**
 * @param {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean}} event
 * @returns {Deed | null}
 */
export function deedOf({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  if (ctrlKey || metaKey || altKey) return null;
  if (/^[0-9]$/u.test(key)) return { name: "share", of: Number(key) / 10 };
  const plain = !shiftKey && key.length === 1 ? key.toLowerCase() : key;
  return KEYS[plain] ?? null;
}

/**
 * Whether the keys belong to what is focused: a text, a choice, a slider, an open menu or dialog.
 * @param {Element | null} target
 * @param {string} key
 */
export function isTaken(target, key) {
  if (!target) return false;
  if (
    target.closest(
      "input, textarea, select, [contenteditable], dialog[open], [popover]:popover-open, [role='slider']",
    )
  )
    return true;
  const presses = key === " " || key === "Enter";
  const walks = key.startsWith("Arrow") || key === "Home" || key === "End";
  return (
    (presses && target.closest("button, a, [role='tab']") !== null) ||
    (walks && target.closest("[role='tab'], .log, .panel-list") !== null)
  );
}

const SWITCH = "sw.keys";

export const keysAreOff = () => {
  try {
    return localStorage.getItem(SWITCH) === "off";
  } catch {
    return false;
  }
};

/** @param {boolean} off */
export function switchKeys(off) {
  try {
    if (off) localStorage.setItem(SWITCH, "off");
    else localStorage.removeItem(SWITCH);
  } catch {
    // Storage is forbidden: keys stay on.
  }
}

/**
 * @param {(deed: Deed) => void} run
 * @param {AbortSignal} signal
 */
export function wireKeys(run, signal) {
  document.addEventListener(
    "keydown",
    (event) => {
      const deed = deedOf(event);
      if (
        !deed ||
        event.defaultPrevented ||
        isTaken(/** @type {Element} */ (event.target), event.key)
      )
        return;
      if (keysAreOff() && deed.name !== "help") return;
      event.preventDefault();
      run(deed);
    },
    { signal },
  );
}
