/**
 * The per-device offset for sound that arrives late (Bluetooth takes 100–300 ms), remembered.
 * @module
 */
import { REPORT } from "./settings.js";

/** @typedef {import('./types.js').Store} Store */

const KEY = "syncwatch.sync.output-offset-ms";

/** @param {number} ms */
function clamp(ms) {
  const most = REPORT.outputOffsetMaxMs;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, -most), most) : 0;
}

/** @param {Store|null} store */
export function outputOffset(store) {
  try {
    return clamp(Number(store?.getItem(KEY) ?? 0));
  } catch {
    return 0; // Storage can be forbidden; then the offset lives as long as the page.
  }
}

/**
 * @param {Store|null} store
 * @param {number} ms
 * @returns {number} what it is now
 */
export function rememberOutputOffset(store, ms) {
  const kept = clamp(ms);
  try {
    store?.setItem(KEY, String(kept));
  } catch {
    // As above.
  }
  return kept;
}
