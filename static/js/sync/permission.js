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

/** Notices that a media key, a headset or the system has paused a player that should run. */
export class OutsidePause {
  /** @type {number|null} */
  #sinceMs = null;

  /**
   * @param {boolean} paused
   * @param {number} nowMs
   * @returns {'none'|'new'|'lasting'|'over'} `over`: it has been respected long enough
   */
  look(paused, nowMs) {
    if (!paused) {
      this.#sinceMs = null;
      return "none";
    }
    if (this.#sinceMs === null) {
      this.#sinceMs = nowMs;
      return "new";
    }
    if (nowMs - this.#sinceMs <= STALL.externalPauseMs) return "lasting";
    this.#sinceMs = null;
    return "over";
  }
}
