/**
 * From what is known to what is said: the sync chip, the controls, the report. Pure.
 * @module
 */
import { REPORT } from "./settings.js";
import { CONSENT, isLasting } from "./trouble.js";

/** @typedef {import('./types.js').ChipState} ChipState */
/** @typedef {import('./types.js').SyncState} SyncState */
/** @typedef {import('./types.js').Timeline} Timeline */
/**
 * @typedef {object} Situation
 * @property {Timeline|null} timeline
 * @property {string|null} itemId
 * @property {number|null} durationS
 * @property {number} positionS
 * @property {import('./types.js').Intent|null} intent
 * @property {import('./engine.js').Phase} phase
 * @property {boolean} paused the player itself
 * @property {boolean} muted
 * @property {boolean} ready
 * @property {boolean} poised ready, and about to start at the room's moment
 * @property {boolean} stalled
 * @property {boolean} runsDry it plays, but its data is about to run out
 * @property {boolean} chasing it runs after the others, a little faster
 * @property {boolean} needsGesture
 * @property {boolean} exempt this person asked that nobody waits for them
 * @property {import('./types.js').Trouble | null} trouble why the player cannot go on
 * @property {boolean} clockSure
 * @property {number|null} driftMs
 * @property {number} farForMs how long the drift has been beyond outOfSyncMs
 * @property {number} unreadyForMs how long the room wants to play and this player is not ready
 * @property {ChipState} before what the chip said last: kept while the drift is being measured
 */

/** What the page hears about at once. @type {(keyof SyncState)[]} */
export const MARKS = [
  "state",
  "paused",
  "rate",
  "duration",
  "intent",
  "needsGesture",
  "muted",
  "stalled",
  "chasing",
  "itemId",
  "waitingReason",
];

/**
 * @param {Situation} now
 * @returns {ChipState}
 */
export function chipState({ timeline, phase, driftMs, ...now }) {
  if (!timeline?.item_id) return "idle";
  if (phase === "detached") return "detached";
  if (now.trouble?.code === CONSENT) return "idle"; // the picture asks, and nothing else counts yet
  const lost = now.farForMs > REPORT.outOfSyncAfterMs && !now.chasing;
  if (now.trouble || now.needsGesture || lost) return "out_of_sync";
  if (timeline.hold) return "waiting";
  if (now.stalled || now.chasing) return "catching_up";
  if (!now.clockSure) return "clock_unsure";
  if (timeline.paused || now.poised) return "in_sync";
  if (phase !== "running") return "catching_up";
  if (driftMs === null) return now.before === "in_sync" ? "in_sync" : "catching_up";
  return Math.abs(driftMs) > REPORT.catchingUpMs ? "catching_up" : "in_sync";
}

/**
 * @param {Situation} now
 * @returns {SyncState}
 */
export function syncState(now) {
  const { timeline, intent } = now;
  return {
    state: chipState(now),
    driftMs: now.driftMs,
    waitingFor: timeline?.hold?.by ?? [],
    waitingReason: timeline?.hold?.reason ?? null,
    position: now.positionS,
    duration: now.durationS,
    rate: intent?.rate ?? timeline?.rate ?? 1,
    paused: intent?.paused ?? (now.phase === "detached" ? now.paused : !meansToPlay(timeline)),
    intent,
    needsGesture: now.needsGesture,
    muted: now.muted,
    stalled: now.stalled,
    chasing: now.chasing,
    itemId: now.itemId,
  };
}

/**
 * @param {Situation} now
 * @returns {import('./types.js').ReportState}
 */
export function reportState({ phase, ...now }) {
  // The room waits for whoever will be able to play soon; nobody knows when these will.
  if (now.exempt || phase === "detached") return "detached";
  if (now.needsGesture || isLasting(now.trouble)) return "detached";
  if (now.stalled || now.runsDry) return "buffering";
  if (phase === "running") return "playing";
  if (now.ready || now.poised) return "ready";
  return now.unreadyForMs > REPORT.unreadyMs ? "buffering" : "paused";
}

/**
 * Whether a room that wants to play waits for this player, or should. At rest without a hold it
 * stands where the room stands, or at the end of the film.
 * @param {Pick<Situation, 'timeline'|'phase'|'ready'|'poised'>} now
 */
export function unready({ timeline, phase, ready, poised }) {
  if (!timeline?.item_id || ready || poised) return false;
  if (phase === "running" || phase === "detached") return false;
  return timeline.hold !== null || (phase !== "resting" && !timeline.paused);
}

/** Whether the room means to be playing, whatever holds it up. @param {Timeline|null} timeline */
export function meansToPlay(timeline) {
  if (!timeline) return false;
  return !timeline.paused || (timeline.hold?.resume ?? false);
}
