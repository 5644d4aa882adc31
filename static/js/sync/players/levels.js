/** The qualities of a film as one may choose them: by itself, or one of them. Pure. */

/** @typedef {import("../types.js").Track} Track */
/**
 * As much of hls.js as this needs; −1 is none, and for `manualLevel` by itself.
 * @typedef {object} Levels
 * @property {readonly {name?: string, height: number, bitrate: number}[]} [levels]
 * @property {number} [currentLevel] what is on the screen
 * @property {number} [manualLevel] what was chosen; it comes with the next segment
 */

export const AUTO = -1;

/**
 * @param {Levels} hls
 * @returns {Track[]} AUTO first, where there is something to choose; `active` is the choice, `shown` what is seen
 */
export function levelsOf({ levels = [], currentLevel = AUTO, manualLevel = AUTO }) {
  const several = levels.length > 1;
  const own = levels.map(({ name, height, bitrate }, id) => ({
    id,
    label: name || `${height}p`,
    height,
    bitrate,
    active: several ? id === manualLevel : true,
    shown: id === currentLevel,
  }));
  const auto = { id: AUTO, label: "", active: manualLevel === AUTO, shown: false };
  return several ? [auto, ...own] : own;
}
