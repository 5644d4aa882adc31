/**
 * Which timeline governs one player, since when, and where that says the film is.
 * @module
 */
import { planFor, positionAt } from "./timeline.js";

/** @typedef {import('./types.js').Timeline} Timeline */

export class Course {
  #clock;
  #timers;
  /** @type {Timeline|null} what governs now */
  active = null;
  /** @type {Timeline|null} the newest, perhaps about to govern */
  next = null;
  /** @type {(() => void)|null} */
  #cancelChange = null;

  /**
   * @param {object} parts
   * @param {import('../lib/clock.js').ServerClock} parts.clock
   * @param {import('./types.js').Timers} parts.timers
   * @param {number|null} parts.durationS how long the film is, as far as anybody knows
   */
  constructor({ clock, timers, durationS }) {
    this.#clock = clock;
    this.#timers = timers;
    this.durationS = durationS;
  }

  /**
   * What the player has to do to follow the newest.
   * @param {{running: boolean, leadMs: number}} now
   */
  plan({ running, leadMs }) {
    const serverMs = this.#clock.now();
    const { durationS } = this;
    return planFor(this.next, {
      ...{ serverMs, leadMs, durationS },
      running: running ? this.active : null,
    });
  }

  /** The newest governs from now on. */
  turn() {
    this.active = this.next;
  }

  /**
   * A change at a moment of the server's clock, or at once when it has passed.
   * @param {number} atMs
   * @param {() => void} change
   */
  at(atMs, change) {
    const localMs = this.#clock.toLocal(atMs);
    if (localMs <= this.#timers.now()) return change();
    this.#cancelChange = this.#timers.at(localMs, change);
  }

  /** No change is to come any more. */
  cancel() {
    this.#cancelChange?.();
    this.#cancelChange = null;
  }

  get rate() {
    return this.active?.rate ?? 1;
  }

  /** Where the film is at that moment of the server's clock, s. */
  targetS(atMs = this.#clock.now()) {
    return this.active ? positionAt(this.active, atMs, this.durationS) : 0;
  }

  get atTheEnd() {
    return this.durationS !== null && this.targetS() > this.durationS - 0.5;
  }

  /**
   * The last place there is, s: a film that is still being made ends where its playlist does.
   * @param {number} playableS
   */
  endS(playableS) {
    return Math.min(this.durationS ?? Infinity, playableS > 0 ? playableS : Infinity);
  }
}
