/**
 * A simulated player with the habits measured on real ones: it starts late, lands beside where it
 * was sent, runs a little fast or slow, and can stall, be nudged or lose sound.
 * @module
 */
import { Emitter } from "../emitter.js";

/** @typedef {import('../types.js').Player} Player */
/**
 * @typedef {object} Habits
 * @property {number} [startMs] from play() to the first sound, where it was sent or loaded before
 * @property {number} [resumeMs] the same where it has stood still since it ran
 * @property {number} [startJitterMs]
 * @property {number} [startErrorMs] a fault: extra, in each start
 * @property {number} [seekMs] from seeking to ready
 * @property {number} [fetchMs] the same where the data must come first
 * @property {number} [bufferS] how much lies ahead
 * @property {number} [biasPpm] how much too fast
 * @property {number} [noiseMs] of a reading
 * @property {number} [stepMs] the clock is read in steps of this (Firefox)
 * @property {boolean | "always"} [gesture] plays only muted, or not even then, until touched
 */

/** @implements {Player} */
export class SimPlayer {
  #world;
  #dice;
  #habits;
  #events = new Emitter();
  /** The media clock: `positionS` at true `sinceMs`, and since then moving at `speed`. */
  #positionS = 0;
  #sinceMs = 0;
  #speed = 0;
  #rate = 1;
  #paused = true;
  #muted = false;
  #seeking = false;
  #starved = false;
  #warm = false;
  #turn = 0;
  #now;
  /** Where the data ends that has come, while none comes. */
  #suppliedS = Infinity;
  lengthS = 3600;
  loaded = 0;
  rates = /** @type {number[]} */ ([]);

  /**
   * @param {import('./world.js').World} world
   * @param {import('./world.js').Dice} dice
   * @param {() => number} now the device's clock
   * @param {Habits} [habits]
   */
  constructor(world, dice, now, habits = {}) {
    this.#world = world;
    this.#dice = dice;
    this.#now = now;
    this.#habits = {
      startMs: 85,
      resumeMs: 5,
      startJitterMs: 8,
      seekMs: 60,
      fetchMs: 500,
      bufferS: 20,
      biasPpm: 0,
      noiseMs: 0.15,
      ...habits,
    };
  }

  /** Where it truly is, s. */
  truth() {
    return Math.min(
      this.#positionS + ((this.#world.now - this.#sinceMs) / 1000) * this.#speed,
      this.lengthS,
    );
  }

  /** Whether the film truly moves. */
  get moving() {
    return this.#speed > 0;
  }

  read() {
    const { noiseMs = 0, stepMs = 0 } = this.#habits;
    const exactS = this.truth() + (this.#speed ? this.#dice.normal(noiseMs / 1000) : 0);
    const positionS =
      stepMs && this.#speed ? Math.floor((exactS * 1000) / stepMs) * (stepMs / 1000) : exactS;
    return { positionS, atMs: this.#now() };
  }

  paused = () => this.#paused;
  ready = () => !this.#seeking && !this.#starved && this.loaded > 0;
  ended = () => this.truth() >= this.lengthS;
  readyState = () => (this.loaded === 0 ? 0 : this.ready() ? 4 : 1);
  durationS = () => this.lengthS;
  heightPx = () => 720;

  bufferedAheadS = () => {
    const untilS = Math.min(this.truth() + (this.#habits.bufferS ?? 0), this.lengthS);
    const aheadS = Math.min(untilS, this.#suppliedS) - this.truth();
    return this.loaded > 0 && !this.#seeking ? Math.max(0, aheadS) : 0;
  };
  muted = () => this.#muted;

  /**
   * @param {number} fromS
   * @param {number} toS
   */
  hasBuffered(fromS, toS) {
    const hereS = this.truth();
    return (
      this.loaded > 0 &&
      !this.#starved &&
      fromS >= hereS - 5 &&
      toS <= hereS + (this.#habits.bufferS ?? 0)
    );
  }

  async play() {
    const { gesture } = this.#habits;
    if (gesture === "always" || (gesture && !this.#muted))
      throw Object.assign(new Error("no gesture"), { name: "NotAllowedError" });
    this.#paused = false;
    this.#begin();
  }

  pause() {
    this.#paused = true;
    this.#move(0);
    this.#turn += 1;
    this.#events.emit("pause");
  }

  /** @param {number} positionS */
  seek(positionS) {
    const near = this.hasBuffered(positionS, positionS + 1);
    const { seekMs = 0, fetchMs = 0 } = this.#habits;
    const turn = ++this.#turn;
    this.#move(0);
    this.#positionS = Math.min(positionS, this.lengthS);
    this.#seeking = true;
    this.#warm = false;
    this.#world.at(
      this.#world.now + (near ? seekMs : fetchMs) * this.#dice.between(0.8, 1.4),
      () => {
        if (turn !== this.#turn) return;
        this.#seeking = false;
        this.#events.emit("seeked");
        if (!this.#paused) this.#begin();
      },
    );
  }

  /** @param {number} rate */
  setRate(rate) {
    this.#rate = rate;
    this.rates.push(rate);
    if (this.#speed) this.#move(this.#trueSpeed());
  }

  /** @param {boolean} muted */
  setMuted(muted) {
    this.#muted = muted;
  }

  /** @param {import('../types.js').Source} source */
  async load({ startS }) {
    this.#positionS = startS;
    const { fetchMs = 0 } = this.#habits;
    await new Promise((resolve) =>
      this.#world.at(this.#world.now + fetchMs, () => resolve(undefined)),
    );
    this.loaded += 1;
    this.#events.emit("progress");
  }

  renew() {
    this.loaded += 1;
  }

  /** No data for so long. @param {number} ms */
  stall(ms) {
    this.#starved = true;
    this.#move(0);
    this.#turn += 1;
    this.#events.emit("waiting");
    this.#world.at(this.#world.now + ms, () => {
      this.#starved = false;
      this.#seeking = false;
      this.#events.emit("playing");
      if (!this.#paused) this.#begin(10);
    });
  }

  /**
   * Nothing comes any more, for so long; what lies ahead plays first.
   * @param {number} aheadS
   * @param {number} ms
   */
  dryUp(aheadS, ms) {
    this.#suppliedS = this.truth() + aheadS;
    const overMs = this.#world.now + ms;
    const look = () => {
      if (this.#world.now >= overMs) {
        this.#suppliedS = Infinity;
        return this.#events.emit("progress");
      }
      if (this.truth() >= this.#suppliedS && !this.#starved) this.stall(overMs - this.#world.now);
      this.#world.at(this.#world.now + 20, look);
    };
    look();
  }

  /** The browser has had its gesture. */
  touched() {
    this.#habits.gesture = false;
  }

  /** The media clock jumps by itself. @param {number} ms */
  jump(ms) {
    this.#move(this.#speed);
    this.#positionS += ms / 1000;
  }

  levels = () => [];
  setLevel() {}
  audio = () => [];
  setAudio() {}
  subtitles = () => [];
  setSubtitle() {}

  /**
   * @param {import('../types.js').PlayerEvent} type
   * @param {(detail?: any) => void} fn
   */
  on(type, fn) {
    return this.#events.on(type, fn);
  }

  destroy() {
    this.#events.clear();
    this.pause();
  }

  /** @param {number} [latencyMs] */
  #begin(latencyMs) {
    const { startMs = 0, resumeMs = 0, startJitterMs = 0, startErrorMs = 0 } = this.#habits;
    const usualMs = (this.#warm ? resumeMs : startMs) + startErrorMs;
    const waitMs = latencyMs ?? Math.max(5, usualMs + this.#dice.normal(startJitterMs));
    const turn = ++this.#turn;
    this.#world.at(this.#world.now + waitMs, () => {
      if (turn === this.#turn && !this.#seeking && !this.#starved) this.#move(this.#trueSpeed());
    });
  }

  #trueSpeed() {
    return this.#rate * (1 + (this.#habits.biasPpm ?? 0) * 1e-6);
  }

  /** @param {number} speed */
  #move(speed) {
    if (speed) this.#warm = true;
    this.#positionS = this.truth();
    this.#sinceMs = this.#world.now;
    this.#speed = speed;
  }
}
