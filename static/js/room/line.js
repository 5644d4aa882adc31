/** How good the line to somebody in the call is, in words. Pure. */

import { t } from "../lib/words.js";

/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {import("../voice/quality.js").Quality} Quality */
/** @typedef {{bars: 1 | 2 | 3 | 4, words: string}} Line */
/** @typedef {{state: {value: Pick<import("../voice/call-state.js").CallState, "phase" | "pairs" | "quality">}}} CallLike */

/** By the number of bars. */
const NAMES = [
  () => "",
  () => t("Bad connection"),
  () => t("Weak connection"),
  () => t("Fair connection"),
  () => t("Good connection"),
];

/**
 * For oneself it is the weakest of all lines: where every line is weak, the fault is most likely
 * at one's own end, and where one is, its other end shows the same.
 * @param {RoomState} state
 * @param {string} userId
 * @param {CallLike} call
 * @returns {Line | null} null while there is nothing to say
 */
export function lineOf(state, userId, call) {
  const peer = state.voice.peers.find(({ user }) => user.id === userId);
  if (!peer || call.state.value.phase !== "in") return null;
  if (userId !== state.me.user.id) return told(measured(call, peer.session));
  const lines = state.voice.peers.flatMap(({ session }) => measured(call, session) ?? []);
  const [weakest] = lines.sort((one, other) => one.bars - other.bars);
  return told(weakest, (line) =>
    lines.length > 1 ? t("Your weakest line: {line}", { line }) : t("Your line: {line}", { line }),
  );
}

/**
 * @param {Quality} quality
 * @returns {string} such as "Weak connection · 240 ms · 4 % lost"
 */
export function lineText({ bars, rttMs, lossShare, relayed }) {
  const lost = Math.round(lossShare * 100);
  return [
    NAMES[bars](),
    rttMs === null ? "" : t("{n} ms", { n: Math.round(rttMs) }),
    lost ? t("{n} % lost", { n: lost }) : "",
    relayed ? t("by relay") : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/**
 * @param {CallLike} call
 * @param {string} session
 * @returns {Quality | undefined} of a line that stands and was measured
 */
function measured(call, session) {
  const { pairs, quality } = call.state.value;
  const found = pairs[session] === "connected" ? quality.get(session) : undefined;
  return found?.bars ? found : undefined;
}

/**
 * @param {Quality | undefined} quality
 * @param {(line: string) => string} [said]
 * @returns {Line | null}
 */
const told = (quality, said = (line) => line) =>
  quality
    ? { bars: /** @type {Line["bars"]} */ (quality.bars), words: said(lineText(quality)) }
    : null;
