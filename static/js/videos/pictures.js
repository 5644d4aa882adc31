/** Signed addresses change with every answer; the picture does not. Keeps the old ones while they are good. Pure. */

/** @typedef {import("./types.js").Film} Film */

/** An address this near to its end is not worth keeping. */
const NEAR_END_MS = 60_000;
const FILE = /[^/]+\/[^/]+$/;

/**
 * @param {string | null} before
 * @param {string} now
 */
const kept = (before, now) =>
  before && FILE.exec(before)?.[0] === FILE.exec(now)?.[0] ? before : now;

/**
 * The newer film with the pictures that are on the screen already, so that nothing flickers.
 * @param {Film | undefined} before
 * @param {Film} now
 * @param {number} [nowMs]
 * @returns {Film}
 */
export function withKeptPictures(before, now, nowMs = Date.now()) {
  if (!before?.poster || Date.parse(before.expires_at) - nowMs < NEAR_END_MS) return now;
  const posters = now.posters.map((address, at) => kept(before.posters[at] ?? null, address));
  const poster = posters[now.posters.indexOf(now.poster ?? "")] ?? now.poster;
  return { ...now, expires_at: before.expires_at, poster, posters };
}
