/** What the events of evenings make of the room's state. Pure. */

/** @typedef {import("../types.js").RoomState} RoomState */
/** @typedef {import("../types.js").Evening} Evening */
/** @typedef {import("../types.js").Frame} Frame */

/** @type {Record<string, (state: RoomState, event: Frame) => RoomState>} */
export const EVENING = {
  "evening:changed": (state, { evening }) =>
    evening.state === "planned"
      ? { ...state, evening }
      : { ...state, evening: null, evening_ready: [] },
  "evening:ready": (state, { ready }) => ({ ...state, evening_ready: ready }),
};

/** From so long before the start people gather. The server's rule, `rooms.evenings.rules.LOBBY`. */
const LOBBY_MS = 30 * 60_000;

/**
 * How long until it begins; below zero where it is due.
 * @param {Evening} evening
 * @param {number} nowMs server ms
 */
export const leftMs = ({ starts_at }, nowMs) => Date.parse(starts_at) - nowMs;

/**
 * @param {Evening} evening
 * @param {number} nowMs server ms
 */
export const lobbyOpen = (evening, nowMs) => leftMs(evening, nowMs) <= LOBBY_MS;

/**
 * What this person said, as far as it is known here.
 * @param {Evening} evening
 * @param {string} myId
 * @returns {"yes" | "maybe" | "no" | null}
 */
export function answerOf({ answers }, myId) {
  const said = /** @type {const} */ (["yes", "maybe", "no"]);
  return said.find((one) => answers[one].some(({ id }) => id === myId)) ?? null;
}

/**
 * May this person move it or call it off; with null: plan one?
 * @param {RoomState} state
 * @param {Evening | null} evening
 */
export function mayChange({ me }, evening) {
  if (me.capabilities.includes("settings")) return true;
  const mine = !evening || evening.planned_by?.id === me.user.id;
  return mine && me.capabilities.includes("invite");
}
