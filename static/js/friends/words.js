/** How friends and notices are said. Pure. */

import { ago } from "../lib/format.js";
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
export function saying({ kind }, who, what) {
  if (kind === "friend_asked") return tp("{who} wants to be friends", { who });
  if (kind === "friend_accepted") return tp("{who} and you are friends now", { who });
  if (kind === "room_knocked") return tp("{who} asks to come into {room}", { who, room: what });
  if (kind === "room_given")
    return tp("You host {room} now: {who} gave it to you", { who, room: what });
  return tp("{who} invites you to {room}", { who, room: what });
}
