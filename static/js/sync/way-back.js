/**
 * The way back into a film that goes on without this player: after the others a little faster, or
 * by a jump to where they will be when this device has got there.
 * Chooses and reckons; the engine takes the steps.
 * @module
 */
import { CHASE, START } from "./settings.js";

/** @typedef {'jump'|'run'} WayBack to where the others are, or after them a little faster */
/**
 * What the engine does for whoever comes back.
 * @typedef {object} Steps
 * @property {(positionS: number) => void} rest stand still there: the film is over
 * @property {(place: {positionS: number, atMs: number}, how: {hurry: boolean}) => void} arm be
 *   there at that moment of the server's clock; `hurry`: or as soon as it can
 * @property {(place: {positionS: number, rate: number}, stands: boolean) => void} start run on from
 *   there; `stands`: the player has to be started for that
 * @property {() => void} chase run after the others
 */

/**
 * By which way a player that is behind comes back. Pure.
 * @param {object} now
 * @param {WayBack} now.chosen
 * @param {number} now.behindMs
 * @param {Pick<import('./settings.js').Profile, 'minBurst'>} now.profile
 * @returns {WayBack}
 */
export function wayBack({ chosen, behindMs, profile }) {
  if (chosen === "jump" || profile.minBurst > CHASE.rate - 1) return "jump";
  return behindMs >= CHASE.leastMs && behindMs <= CHASE.mostMs ? "run" : "jump";
}

export class Comeback {
  #player;
  #clock;
  #launch;
  #course;
  #profile;
  #pace;
  #steps;
  #misses = 0;
  /** The run began by a command, not to mend something. */
  fresh = false;
  /** The jump that is under way mends a stall. */
  stalled = false;

  /**
   * @param {object} parts
   * @param {import('./types.js').Player} parts.player
   * @param {import('../lib/clock.js').ServerClock} parts.clock
   * @param {import('./launch.js').Launch} parts.launch knows how long a jump takes
   * @param {import('./course.js').Course} parts.course
   * @param {import('./settings.js').Profile} parts.profile
   * @param {{way: WayBack}} parts.pace what this person chose
   * @param {Steps} parts.steps
   */
  constructor({ player, clock, launch, course, profile, pace, steps }) {
    this.#player = player;
    this.#clock = clock;
    this.#launch = launch;
    this.#course = course;
    this.#profile = profile;
    this.#pace = pace;
    this.#steps = steps;
  }

  /** A command has the film run: nothing is to be mended by it. */
  commanded() {
    this.#misses = 0;
    this.fresh = true;
  }

  /** Whether one runs after the others from so far behind. @param {number} behindMs */
  mayRun(behindMs) {
    return wayBack({ chosen: this.#pace.way, behindMs, profile: this.#profile }) === "run";
  }

  /** From where one watched on one's own: by a jump, or by running on from there. */
  fromAway() {
    this.#course.turn();
    if (!this.#player.ready() || !this.#mayRunFromHere()) return this.jump();
    this.fresh = false;
    const { positionS } = this.#player.read();
    this.#steps.start({ positionS, rate: this.#course.rate }, this.#player.paused());
    this.#steps.chase();
  }

  /** Out of step by more than a burst mends. @param {boolean} stalled */
  mend(stalled) {
    this.fresh = false;
    if (!this.#player.paused() && this.#mayRunFromHere()) return this.#steps.chase();
    this.stalled = stalled;
    this.jump();
  }

  /** Into the running film, at the moment this device can make it. @param {number} [misses] */
  jump(misses = 0) {
    if (!this.#course.next) return;
    this.#misses = misses;
    this.#course.turn();
    const place = this.#place();
    const { durationS } = this.#course;
    if (durationS !== null && place.positionS >= durationS) return this.#steps.rest(durationS);
    this.#steps.arm(place, { hurry: misses >= START.rejoinTries });
  }

  /** Its moment had passed before it was ready: again, with more time. */
  missed() {
    this.jump(this.#misses + 1);
  }

  #place() {
    const leadMs = this.#launch.leadMs(this.#course.targetS(), this.#course.rate);
    const soonMs = this.#clock.now() + leadMs * (1 + this.#misses / 2);
    const atMs = Math.max(soonMs, this.#course.active?.at ?? 0);
    return { positionS: this.#course.targetS(atMs), atMs };
  }

  #mayRunFromHere() {
    const behindS = this.#course.targetS() - this.#player.read().positionS;
    return this.mayRun(behindS * 1000);
  }
}
