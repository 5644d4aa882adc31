/** What the room socket's close codes mean for the person in front of it. Pure. */

/**
 * @typedef {object} Closing
 * @property {"reconnecting" | "updating" | "replaced" | "ended"} state
 * @property {"signed-out" | "removed" | "gone" | "outdated" | "full"} [why] only when ended
 * @property {boolean} [renew] the sign-in must be renewed before the next try
 * @property {number} [floorMs] wait at least this long
 */

/** A flood was refused: quick tries would only be refused again. */
const AFTER_FLOOD_MS = 10_000;
/** The server asked for patience by code 1013. */
const TRY_LATER_MS = 5_000;

/** @type {Record<number, Closing>} */
const MEANINGS = {
  1012: { state: "updating" },
  1013: { state: "updating", floorMs: TRY_LATER_MS },
  4400: { state: "ended", why: "outdated" },
  4401: { state: "reconnecting", renew: true },
  4403: { state: "ended", why: "removed" },
  4404: { state: "ended", why: "gone" },
  4408: { state: "reconnecting" },
  4409: { state: "replaced" },
  4423: { state: "ended", why: "full" },
  4429: { state: "reconnecting", floorMs: AFTER_FLOOD_MS },
};

/**
 * @param {number} code
 * @returns {Closing}
 */
export const meaningOf = (code) => MEANINGS[code] ?? { state: "reconnecting" };

const FIRST_MS = 500;
const CEILING_MS = 30_000;

/**
 * How long to wait before try number `attempt` (from 0): doubling, with jitter over the upper half,
 * so that a room that lost its server does not come back as one blow.
 * @param {number} attempt
 * @param {number} random 0–1
 * @param {number} [floorMs]
 */
export function backoffMs(attempt, random, floorMs = 0) {
  const full = Math.min(CEILING_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.max(floorMs, full / 2 + (full / 2) * random);
}
