/** Where words that were looked for stand in a message. Pure. */

/** @typedef {{text: string, mark: boolean}} Marked */

/** So much stands before the first one; what is cut off is told by an ellipsis. */
const BEFORE_CHARS = 40;
const LONGEST = 200;

/**
 * @param {string} body
 * @param {string} words
 * @returns {Marked[]} around the first place
 */
export function marked(body, words) {
  const places = words
    ? [...body.matchAll(new RegExp(words.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&"), "giu"))]
    : [];
  const first = places[0]?.index ?? 0;
  const from =
    first > BEFORE_CHARS ? [...body.slice(0, first)].slice(0, -BEFORE_CHARS).join("").length : 0;
  /** @type {Marked[]} */
  const pieces = from ? [{ text: "…", mark: false }] : [];
  let at = from;
  for (const { 0: text, index } of places) {
    if (index - from > LONGEST) break;
    if (index > at) pieces.push({ text: body.slice(at, index), mark: false });
    pieces.push({ text, mark: true });
    at = index + text.length;
  }
  const rest = body.slice(at, Math.max(at, from + LONGEST));
  const cut = at + rest.length < body.length ? "…" : "";
  return rest || cut ? [...pieces, { text: rest + cut, mark: false }] : pieces;
}
