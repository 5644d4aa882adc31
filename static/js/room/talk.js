/** How somebody is in the room's call, in a word. Pure. */

import { t } from "../lib/words.js";

/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {{kind: "talk" | "warn" | "", icon: string, words: string}} Talk */

/**
 * What one hears is there sooner than what its speaker tells, but a browser does not always say how
 * loud it is after a silence.
 * @param {RoomState} state
 * @param {string} userId
 * @param {{state: {value: Pick<import("../voice/call-state.js").CallState, "phase" | "speaking" | "talking" | "pairs">}}} call
 * @returns {Talk | null} null for somebody who is not in the call
 */
export function talkOf(state, userId, call) {
  const peer = state.voice.peers.find(({ user }) => user.id === userId);
  if (!peer) return null;
  const { phase, speaking, talking, pairs } = call.state.value;
  const mine = userId === state.me.user.id;
  const inIt = phase === "in";
  if (inIt && !mine && pairs[peer.session] === "unreached")
    return { kind: "warn", icon: "warning", words: t("Could not connect") };
  if (inIt && !mine && pairs[peer.session] === "lost")
    return { kind: "warn", icon: "wifi-off", words: t("Reconnecting") };
  if (inIt && !mine && pairs[peer.session] !== "connected")
    return { kind: "", icon: "", words: t("Connecting") };
  const talks = inIt && mine ? speaking : peer.speaking || (inIt && talking.has(userId));
  if (talks) return { kind: "talk", icon: "mic", words: t("Talking") };
  if (peer.deafened) return { kind: "", icon: "headphones", words: t("Deafened") };
  if (peer.muted) return { kind: "", icon: "mic-off", words: t("Muted") };
  return { kind: "", icon: "mic", words: t("Listening") };
}
