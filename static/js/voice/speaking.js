/**
 * Whether somebody speaks, from how loud they are: begins at once, ends after a pause. Pure.
 * @module
 */

/** Louder than this begins, quieter than that ends; between them nothing changes. RMS, 0–1. */
const LOUD = 0.02;
const QUIET = 0.01;
/** A pause for breath is no end, ms. */
const HOLD_MS = 400;

export class SpeakingMeter {
  speaking = false;
  #loudAtMs = -Infinity;

  /**
   * @param {number} level RMS, 0–1
   * @param {number} nowMs
   * @returns {boolean} whether they speak now
   */
  look(level, nowMs) {
    if (level > (this.speaking ? QUIET : LOUD)) {
      this.#loudAtMs = nowMs;
      this.speaking = true;
    } else if (nowMs - this.#loudAtMs > HOLD_MS) {
      this.speaking = false;
    }
    return this.speaking;
  }
}

/**
 * @param {Float32Array | number[]} samples −1…1
 * @returns {number} RMS, 0–1
 */
export function loudness(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length ? Math.sqrt(sum / samples.length) : 0;
}
