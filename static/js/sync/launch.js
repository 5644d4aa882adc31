/**
 * Bringing a player to a place, waiting until it can go on, and starting it at a moment.
 * @module
 */
import { START } from "./settings.js";

/** @typedef {import('./types.js').Player} Player */
/** @typedef {import('./types.js').Timers} Timers */
/** @typedef {import('./latency.js').LatencyBook} LatencyBook */
/** @typedef {import('./latency.js').LatencyKind} LatencyKind */
/**
 * Where the film is to be at which server time.
 * @typedef {{positionS: number, atMs: number, rate: number}} Appointment
 */

export class Launch {
  #player;
  #timers;
  #clock;
  #latencies;
  #onStart;
  #onLate;
  /** @type {{kind: LatencyKind, atMs: number}|null} a seek whose end is awaited */
  #seeking = null;
  /** Where the player stands or is on its way to, s. */
  placeS = 0;
  #placed = true;
  /** It has run since it was last sent somewhere. */
  #warm = false;
  /** @type {Appointment|null} */
  #appointment = null;
  /** @type {(() => void)|null} */
  #cancelStart = null;
  #hurry = false;
  /** What the sound takes from here to the ear beyond others, ms. */
  outputOffsetMs = 0;
  /** The last place that exists, s. */
  endS = Infinity;
  seeks = 0;

  /**
   * @param {object} parts
   * @param {Player} parts.player
   * @param {Timers} parts.timers
   * @param {import('../lib/clock.js').ServerClock} parts.clock
   * @param {LatencyBook} parts.latencies
   * @param {(appointment: Appointment) => void} parts.onStart the moment has come
   * @param {() => void} parts.onLate ready, but the moment has passed
   */
  constructor({ player, timers, clock, latencies, onStart, onLate }) {
    this.#player = player;
    this.#timers = timers;
    this.#clock = clock;
    this.#latencies = latencies;
    this.#onStart = onStart;
    this.#onLate = onLate;
  }

  /** Whether a start is planned. */
  get armed() {
    return this.#appointment !== null;
  }

  /**
   * Stand still at a place.
   * @param {number} positionS
   */
  rest(positionS) {
    this.cancel();
    this.#place(positionS);
  }

  /**
   * Be at a place at a moment, running.
   * @param {Appointment} appointment
   * @param {{hurry?: boolean}} [how] `hurry`: start when ready, even if the moment has passed
   */
  arm(appointment, { hurry = false } = {}) {
    this.cancel();
    this.#appointment = appointment;
    this.#hurry = hurry;
    this.#place(appointment.positionS);
    this.look();
  }

  cancel() {
    this.#cancelStart?.();
    this.#cancelStart = null;
    this.#appointment = null;
    this.#seeking = null;
  }

  /**
   * How long from now a rejoin to about this place takes, ms.
   * @param {number} nearS
   * @param {number} rate
   */
  leadMs(nearS, rate) {
    const startMs = this.#latencies.of("start") + this.outputOffsetMs / rate;
    const quickMs = this.#latencies.of("seek") + startMs + START.rejoinMarginMs;
    const soonS = nearS + (quickMs / 1000) * rate;
    if (this.#player.hasBuffered(soonS, Math.min(soonS + START.rejoinBufferS, this.endS - 0.1)))
      return quickMs;
    return this.#latencies.of("fetch") + startMs + START.rejoinMarginMs;
  }

  /** @param {number} wantedS */
  ready(wantedS = START.readyBufferS) {
    if (!this.#placed || !this.#player.ready()) return false;
    const aheadS = this.#player.bufferedAheadS();
    return aheadS >= wantedS || this.placeS + aheadS >= this.endS - 0.25;
  }

  /** Something may have changed: at each tick and at each word from the player. */
  look() {
    this.#goToPlace();
    this.#learnSeek();
    if (!this.#appointment || this.#cancelStart) return;
    if (!this.#clock.known || !this.ready(START.rejoinBufferS)) return;
    const now = this.#timers.now();
    const startMs = this.#startMs(this.#appointment);
    if (now > startMs + START.lateToleranceMs && !this.#hurry) return this.#onLate();
    this.#cancelStart = this.#timers.at(Math.max(now, startMs), () => this.#start());
  }

  #start() {
    const appointment = /** @type {Appointment} */ (this.#appointment);
    this.cancel();
    this.#onStart(appointment);
  }

  /** @param {Appointment} appointment */
  #startMs({ atMs, rate }) {
    const earlyMs = this.#latencies.of("start") + this.outputOffsetMs / rate;
    return this.#clock.toLocal(atMs) - earlyMs;
  }

  /** @param {number} positionS */
  #place(positionS) {
    if (!this.#player.paused()) {
      this.#player.pause();
      this.#warm = true;
    }
    this.placeS = positionS;
    this.#placed = false;
    const untilS = Math.min(positionS + START.rejoinBufferS, this.endS - 0.1);
    const kind = this.#player.hasBuffered(positionS, untilS) ? "seek" : "fetch";
    this.#seeking = { kind, atMs: this.#timers.now() };
    this.#goToPlace();
  }

  /**
   * A player that has nothing yet is told where to begin when it loads. One that has run is sent
   * even to where it stands: after a seek Chromium takes 80 ms to start, without one 5 (measured),
   * and of two kinds of start the latency that is learned fits neither.
   */
  #goToPlace() {
    if (this.#placed || this.#player.readyState() === 0) return;
    this.#placed = true;
    const there = Math.abs(this.#player.read().positionS - this.placeS) <= START.placeToleranceS;
    if (there && !this.#warm) {
      if (this.#seeking?.kind === "seek") this.#seeking = null;
      return;
    }
    this.#warm = false;
    this.#player.seek(this.placeS);
    this.seeks += 1;
  }

  #learnSeek() {
    if (!this.#seeking || !this.ready(START.rejoinBufferS)) return;
    this.#latencies.learn(this.#seeking.kind, this.#timers.now() - this.#seeking.atMs);
    this.#seeking = null;
  }
}
