/** Listens to the keys of a room and says which deed they mean. Dead while somebody types. */

import { chordOf, labelOf } from "./chord.js";
import { actionOf, deedFor } from "./keymap.js";
import { followKeys, keyChoice } from "./keystore.js";

/** @typedef {import("./keytable.js").Deed} Deed */
/** @typedef {import("./keymap.js").Bound} Bound */

/**
 * What a press means with these keys.
 * @param {readonly Bound[]} actions
 * @param {import("./chord.js").Press} press
 * @returns {{action: Bound, deed: Deed} | null}
 */
export function meant(actions, press) {
  const chord = chordOf(press);
  const action = chord === null ? undefined : actionOf(actions, chord);
  return action && chord !== null ? { action, deed: deedFor(action, chord) } : null;
}

/** The first key of an action, for a button that mentions it; "" where it has none. @param {string} id */
export function keyOf(id) {
  const { off, actions } = keyChoice.value;
  const chord = off ? "" : actions.find((one) => one.id === id)?.keys.find(Boolean);
  return chord ? labelOf(chord) : "";
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

/**
 * A key that stays down does again what may be done again, and not faster than a room can follow.
 * @returns {(event: KeyboardEvent, action: Bound) => boolean}
 */
function pacing() {
  let lastMs = 0;
  return ({ repeat, timeStamp }, { repeatMs }) => {
    if (repeat && (repeatMs === undefined || timeStamp - lastMs < repeatMs)) return false;
    lastMs = timeStamp;
    return true;
  };
}

/**
 * @param {(deed: Deed) => void} run
 * @param {AbortSignal} signal
 */
export function wireKeys(run, signal) {
  const due = pacing();
  followKeys(signal);
  const letGo = holding(run, signal);
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.defaultPrevented || event.isComposing) return;
      const { off, actions } = keyChoice.value;
      const found = meant(actions, event);
      if (!found || isTaken(/** @type {Element} */ (event.target), event.key)) return;
      const { action, deed } = found;
      if (off && deed.name !== "escape") return;
      // Esc is the browser's as well: it leaves the full screen
      if (deed.name !== "escape") event.preventDefault();
      if (!due(event, action)) return;
      if (action.held) letGo.after(event.code, deed);
      run(deed);
    },
    { signal },
  );
}

/**
 * Ends what lasts while a key is down, wherever the focus went; a window that loses the keys lets go.
 * The key is known by its place: with Shift it would write something else on its way up.
 * @param {(deed: Deed) => void} run
 * @param {AbortSignal} signal
 */
function holding(run, signal) {
  /** @type {{code: string, deed: Deed} | null} */
  let down = null;
  const end = () => {
    if (down?.deed.name === "talk") run({ ...down.deed, held: false });
    down = null;
  };
  addEventListener("keyup", ({ code }) => code === down?.code && end(), { signal });
  addEventListener("blur", end, { signal });
  return {
    after: (/** @type {string} */ code, /** @type {Deed} */ deed) => {
      down = { code, deed };
    },
  };
}
