/**
 * What browsers put in the way of playing: no sound without a gesture, pauses from outside.
 * @module
 */
import { STALL } from "./settings.js";

/** @typedef {import('./types.js').Player} Player */

/**
 * Plays, with sound if the browser lets it, else muted, else not at all.
 * @param {Player} player
 * @returns {Promise<'plays'|'muted'|'refused'>}
 */
export async function playIfAllowed(player) {
  try {
    await player.play();
    return "plays";
  } catch (error) {
    if (!isRefusal(error)) return "plays";
  }
  if (player.muted()) return "refused";
  player.setMuted(true);
  return player.play().then(
    () => "muted",
    (error) => (isRefusal(error) ? "refused" : "muted"),
  );
}

/** @param {unknown} error a pause right after play() also rejects it, and means nothing */
function isRefusal(error) {
  return error instanceof Error && error.name === "NotAllowedError";
}

/** A media key, a headset or the system stopped it: respected for a moment, then it goes on. */
export class OutsidePause {
  #onPause;
  #onOver;
  /** @type {number|null} */
  #sinceMs = null;

  /**
   * @param {object} parts
   * @param {() => void} parts.onPause it has just been stopped
   * @param {() => void} parts.onOver that has been respected long enough
   */
  constructor({ onPause, onOver }) {
    this.#onPause = onPause;
    this.#onOver = onOver;
  }

  /**
   * At a player that should run.
   * @param {boolean} paused
   * @param {number} nowMs
   * @returns {boolean} whether it stands
   */
  look(paused, nowMs) {
    if (!paused) this.#sinceMs = null;
    else if (this.#sinceMs === null) {
      this.#sinceMs = nowMs;
      this.#onPause();
    } else if (nowMs - this.#sinceMs > STALL.externalPauseMs) {
      this.#sinceMs = null;
      this.#onOver();
    }
    return paused;
  }
}
