/** How friends and notices are said. Pure. */

import { ago } from "../lib/format.js";
import { when } from "../lib/when.js";
import { t, tp } from "../lib/words.js";

/** @typedef {import("./state.js").Friend} Friend */
/** @typedef {import("./state.js").Notice} Notice */

/**
 * What a friend does just now.
 * @param {Friend} friend
 */
export function doing({ presence, room, since }) {
  if (presence === "offline")
    return since ? t("Last here {when}", { when: ago(since) }) : t("Offline");
  if (room?.title) return t("Watching {title}", { title: room.title });
  if (presence === "watching") return t("Watching a film");
  return room ? t("In {room}", { room: room.name }) : t("Online");
}

/**
 * @template T
 * @param {Notice} notice
 * @param {T} who
 * @param {T} what the room's name
 * @returns {(string | T)[]}
 */
export function saying({ kind, data }, who, what) {
  if (kind === "room_evening") return eveningSaid(data, who, what);
  if (kind === "friend_asked") return tp("{who} wants to be friends", { who });
  if (kind === "friend_accepted") return tp("{who} and you are friends now", { who });
  if (kind === "room_knocked") return tp("{who} asks to come into {room}", { who, room: what });
  if (kind === "room_given")
    return tp("You host {room} now: {who} gave it to you", { who, room: what });
  return tp("{who} invites you to {room}", { who, room: what });
}

/**
 * @template T
 * @param {Record<string, any>} data of the notice
 * @param {T} who
 * @param {T} room its name
 * @returns {(string | T)[]}
 */
function eveningSaid({ what, starts_at, waiting }, who, room) {
  const time = /** @type {any} */ (when(starts_at));
  if (what === "moved") return tp("{who} moved the evening in {room}: {time}", { who, room, time });
  if (what === "cancelled") return tp("{who} called off the evening in {room}", { who, room });
  if (what === "struck")
    return tp("The evening in {room} was called off by those who run this server", { room });
  if (what === "waiting" && waiting === "no_film")
    return tp("Your evening in {room} waits for a film", { room });
  if (what === "waiting") return tp("Nobody is there yet: your evening in {room} waits", { room });
  if (what === "missed") return tp("Your evening in {room} did not take place", { room });
  return tp("{who} invites you to an evening in {room}: {time}", { who, room, time });
}
