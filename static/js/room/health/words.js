/** How a film runs with somebody, in words and as numbers to draw. Pure. */

import { list, number, t, tn } from "../../lib/words.js";
import { REPORT } from "../../sync/settings.js";

/** @typedef {import("../types.js").Person} Person */
/** @typedef {import("../drift-history.js").Look} Look */
/** @typedef {import("../chips.js").Chip} Chip */
/** @typedef {Pick<Chip, "kind" | "icon" | "words">} Standing */
/**
 * @typedef {object} Measured of one's own or somebody's player
 * @property {number | null} driftMs positive: behind the room
 * @property {number | null} rttMs
 * @property {number} bufferedS
 * @property {number | null} heightPx
 * @property {number | null} clockBoundMs
 */
/**
 * @typedef {object} Row as the API has it
 * @property {Person} user
 * @property {"playing" | "paused" | "buffering" | "ready" | "detached"} state
 * @property {number | null} drift_ms
 * @property {number} rtt_ms
 * @property {number} buffered_s
 * @property {number | null} quality
 * @property {number | null} clock_bound_ms
 * @property {number} age_ms
 * @property {boolean} waited_for
 * @property {boolean} exempt
 */

/** Reports come every five seconds; two that are missing are news. */
const SILENT_MS = 12_000;
/** A bar that far is full. Its length grows with the root: 2 ms are seen, 400 ms fit. */
const BAR_FULL_MS = 400;
/** Less than this is not drawn larger than it is. */
const SPARK_LEAST_MS = 20;
const SPARK = { seconds: 60, height: 24 };

/** @param {Row} row @returns {Measured} */
export const measuredOf = (row) => ({
  driftMs: row.drift_ms,
  rttMs: row.rtt_ms,
  bufferedS: row.buffered_s,
  heightPx: row.quality,
  clockBoundMs: row.clock_bound_ms,
});

/** @param {number} driftMs positive: behind */
export function driftWords(driftMs) {
  const off = Math.abs(driftMs);
  const n = Math.round(off);
  if (n === 0) return t("exactly in step");
  if (n < 1_000) return driftMs > 0 ? t("{n} ms behind", { n }) : t("{n} ms ahead", { n });
  const seconds = number(off / 1_000, { maximumFractionDigits: 1 });
  return driftMs > 0 ? t("{n} s behind", { n: seconds }) : t("{n} s ahead", { n: seconds });
}

/** @param {Row} row @returns {Standing} */
export function standingOf({ state, drift_ms, age_ms, waited_for }) {
  if (age_ms > SILENT_MS) {
    const words = t("Not heard of for {n} s", { n: Math.round(age_ms / 1_000) });
    return { kind: "warn", icon: "wifi-off", words };
  }
  if (waited_for) return { kind: "warn", icon: "clock", words: t("The room waits") };
  if (state === "buffering") return { kind: "warn", icon: "clock", words: t("Buffering") };
  if (state === "detached") return { kind: "plain", icon: "eye-off", words: t("Not following") };
  if (state === "paused") return { kind: "plain", icon: "pause", words: t("Paused") };
  if (state === "ready") return { kind: "ok", icon: "check", words: t("Ready to go") };
  if (Math.abs(drift_ms ?? 0) > REPORT.catchingUpMs)
    return { kind: "info", icon: "skip", words: t("Catching up") };
  return { kind: "ok", icon: "sync", words: t("In sync") };
}

/** Not where the room is, and meant to be. @param {Row} row */
const isOff = (row) => ["warn", "info"].includes(standingOf(row).kind);

/**
 * One sentence about everybody.
 * @param {Row[]} rows
 * @param {string} ownId
 */
export function summaryOf(rows, ownId) {
  const off = rows
    .filter(isOff)
    .map(({ user }) => (user.id === ownId ? t("you") : user.display_name));
  if (off.length > 3)
    return tn("{n} person is out of step", "{n} people are out of step", off.length);
  if (off.length) return t("Out of step: {names}", { names: list(off) });
  if (rows.some(({ state }) => state === "playing")) return t("Everybody is in step");
  return t("The film stands still");
}

/**
 * @param {Measured} measured
 * @returns {{name: string, value: string}[]}
 */
export function factsOf({ rttMs, bufferedS, heightPx, clockBoundMs }) {
  const ms = (/** @type {number} */ value) =>
    number(Math.max(0.1, value), { maximumFractionDigits: value < 10 ? 1 : 0 });
  return [
    { name: t("Round trip"), value: rttMs === null ? "–" : t("{n} ms", { n: Math.round(rttMs) }) },
    { name: t("Buffered"), value: t("{n} s", { n: Math.round(bufferedS) }) },
    { name: t("Quality"), value: heightPx ? `${heightPx}p` : "–" },
    {
      name: t("Clock"),
      value: clockBoundMs === null ? "–" : t("± {n} ms", { n: ms(clockBoundMs) }),
    },
  ];
}

/**
 * A bar from the middle: behind to the left, ahead to the right; in percent of the whole.
 * @param {number} driftMs
 * @returns {{x: number, width: number}}
 */
export function barOf(driftMs) {
  const width = 50 * Math.sqrt(Math.min(1, Math.abs(driftMs) / BAR_FULL_MS));
  return { x: driftMs > 0 ? 50 - width : 50, width };
}

/**
 * A line through the last minute, ahead upwards; broken where nothing was measured.
 * @param {Look[]} looks
 * @param {number} nowMs
 * @returns {{path: string, mostMs: number, behindMs: number, aheadMs: number} | null} `mostMs` from the middle to either edge
 */
export function sparkOf(looks, nowMs) {
  const drifts = looks.flatMap(({ driftMs }) => driftMs ?? []);
  if (!drifts.length) return null;
  const behindMs = Math.max(0, ...drifts);
  const aheadMs = Math.max(0, ...drifts.map((drift) => -drift));
  const mostMs = Math.max(SPARK_LEAST_MS, Math.ceil(Math.max(behindMs, aheadMs) / 10) * 10);
  let pen = "M";
  let path = "";
  for (const { atMs, driftMs } of looks) {
    if (driftMs === null) {
      pen = "M";
      continue;
    }
    const x = SPARK.seconds - (nowMs - atMs) / 1_000;
    const y = (SPARK.height / 2) * (1 + driftMs / mostMs);
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = "L";
  }
  return { path, mostMs, behindMs, aheadMs };
}
