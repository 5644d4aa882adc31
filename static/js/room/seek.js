/** The seek bar's arithmetic: where a pointer points, what a key means, how it is read aloud. Pure. */

import { clock } from "../lib/format.js";
import { t } from "../lib/words.js";

const STEP_S = 5;
const LEAP_S = 60;

/**
 * @param {number} x pixels from the bar's start
 * @param {number} width of the bar in pixels
 * @param {number} durationS
 */
export const timeAt = (x, width, durationS) =>
  Math.min(1, Math.max(0, width > 0 ? x / width : 0)) * durationS;

/**
 * Where a key on the focused slider leads.
 * @param {string} key
 * @param {number} atS
 * @param {number} durationS 0: not known
 * @returns {number | null}
 */
export function keyTarget(key, atS, durationS) {
  const endS = durationS || Number.POSITIVE_INFINITY;
  /** @type {Record<string, number>} */
  const targets = {
    ArrowRight: atS + STEP_S,
    ArrowUp: atS + STEP_S,
    ArrowLeft: atS - STEP_S,
    ArrowDown: atS - STEP_S,
    PageUp: atS + LEAP_S,
    PageDown: atS - LEAP_S,
    Home: 0,
    End: endS,
  };
  const target = Math.min(endS, Math.max(0, targets[key] ?? Number.NaN));
  return Number.isFinite(target) ? target : null;
}

/**
 * @param {number} atS
 * @param {number} durationS 0: not known
 */
export const spoken = (atS, durationS) =>
  durationS ? t("{time} of {length}", { time: clock(atS), length: clock(durationS) }) : clock(atS);

/**
 * The end of what is loaded around a moment.
 * @param {{length: number, start: (i: number) => number, end: (i: number) => number}} ranges
 * @param {number} atS
 */
export function bufferedEnd(ranges, atS) {
  for (let i = 0; i < ranges.length; i++) {
    if (ranges.start(i) <= atS + 0.5 && atS <= ranges.end(i)) return ranges.end(i);
  }
  return atS;
}

/**
 * How long until the bar would look different: a pixel's worth of film, within reason.
 * @param {number} durationS 0: not known, and no bar to move
 * @param {number} width pixels
 */
export const redrawMs = (durationS, width) =>
  durationS ? Math.min(250, Math.max(33, (durationS / Math.max(1, width)) * 1000)) : 250;
