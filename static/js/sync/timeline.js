/**
 * The room's timeline: where everybody is at a moment, and what a newer one asks of a player.
 * @module
 */
import { START } from "./settings.js";

/** @typedef {import('./types.js').Timeline} Timeline */

/**
 * @param {Timeline} timeline
 * @param {number} serverMs
 * @param {number|null} [durationS]
 */
export function positionAt(timeline, serverMs, durationS = null) {
  const { paused, position, at, rate } = timeline;
  const moved = paused || serverMs <= at ? 0 : ((serverMs - at) / 1000) * rate;
  return clampPosition(position + moved, durationS);
}

/**
 * @param {number} positionS
 * @param {number|null} durationS
 */
export function clampPosition(positionS, durationS) {
  const end = durationS !== null && durationS > 0 ? durationS : Infinity;
  return Math.min(Math.max(0, positionS), end);
}

/** Takes only what is newer: an older or repeated seq is ignored, another epoch starts afresh. */
export class TimelineTracker {
  /** @type {Timeline|null} */
  current = null;
  /** @type {string|null} */
  epoch = null;

  /**
   * @param {Timeline|null|undefined} timeline
   * @returns {boolean} whether it was taken
   */
  take(timeline) {
    if (!timeline || (this.current && timeline.seq <= this.current.seq)) return false;
    this.current = Object.freeze({ ...timeline });
    return true;
  }

  /**
   * @param {{epoch: string, timeline: Timeline|null}} snapshot
   * @returns {boolean} whether the timeline changed
   */
  takeSnapshot({ epoch, timeline }) {
    if (epoch !== this.epoch) {
      this.epoch = epoch;
      this.current = null;
    }
    return this.take(timeline);
  }
}

/**
 * @typedef {{kind: 'idle'}
 *   | {kind: 'rest', positionS: number}
 *   | {kind: 'pause_at', atMs: number, positionS: number}
 *   | {kind: 'continue', atMs: number}
 *   | {kind: 'start_at', atMs: number, positionS: number}
 *   | {kind: 'rejoin'}} Plan
 */

/**
 * What a player has to do to follow `next`, being where `running` says (null: not running).
 * @param {Timeline|null} next
 * @param {{running: Timeline|null, serverMs: number, leadMs: number, durationS: number|null}} now
 *   `leadMs`: what this device needs at least between knowing and starting
 * @returns {Plan}
 */
export function planFor(next, { running, serverMs, leadMs, durationS }) {
  if (!next?.item_id) return { kind: "idle" };
  const positionS = clampPosition(next.position, durationS);
  const sameRun = running !== null && sameRunAt(running, next);
  if (next.paused) {
    if (sameRun && next.at > serverMs) return { kind: "pause_at", atMs: next.at, positionS };
    return { kind: "rest", positionS };
  }
  if (sameRun) return { kind: "continue", atMs: next.at };
  if (next.at - leadMs > serverMs) return { kind: "start_at", atMs: next.at, positionS };
  return { kind: "rejoin" };
}

/**
 * Whether `next` goes on where `running` gets to, so that nobody need stop for the change.
 * @param {Timeline} running
 * @param {Timeline} next
 */
function sameRunAt(running, next) {
  if (running.item_id !== next.item_id) return false;
  return Math.abs(positionAt(running, next.at) - next.position) < START.continuousS;
}
