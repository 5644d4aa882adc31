/** A list that never scrolls: how many of its options fit at once, and which those are. Pure. */

/** More at once are no help to anybody. */
const MOST = 5;
/** So many may cover what lies over the panel, where the panel itself is lower than they are. */
const FEW = 3;

/**
 * @typedef {object} Space all in CSS pixels
 * @property {number} panelPx from where the panel's tabs end to the list's lower edge
 * @property {number} screenPx from the upper edge of what is seen to the list's lower edge
 * @property {number} optionPx the tallest option
 * @property {number} restPx what the list takes beside its options
 */

/**
 * @param {Space} [space] none where nothing is drawn yet
 * @returns {number} how many options there is room for; one at least
 */
export function fitting(space) {
  if (!space) return MOST;
  const { panelPx, screenPx, optionPx, restPx } = space;
  const seen = Math.floor((screenPx - restPx) / optionPx);
  const own = Math.floor((panelPx - restPx) / optionPx);
  return Math.max(1, Math.min(seen, MOST, Math.max(own, FEW)));
}

/**
 * The page on which one is chosen; the last one is as long as the others.
 * @param {number} length how many options there are
 * @param {number} chosen
 * @param {number} fits
 * @returns {{from: number, to: number, more: number}} `to` is the first one that is not shown,
 *   `more` how many are not, before or behind
 */
export function pageOf(length, chosen, fits) {
  const shown = Math.min(length, fits);
  const from = Math.min(chosen - (chosen % fits), length - shown);
  return { from, to: from + shown, more: length - shown };
}
