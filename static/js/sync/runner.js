/**
 * Looking after a running player: reading its clock, correcting it, seeing it stall.
 * @module
 */
import { DriftController } from "./controller.js";
import { DryWatch } from "./dry.js";
import { StartProbe } from "./latency.js";
import { CHASE, STALL, START } from "./settings.js";
import { StallWatch } from "./stall.js";
import { positionAt } from "./timeline.js";

/** @typedef {import('./types.js').Timeline} Timeline */
/** @typedef {import('./types.js').Player} Player */
/** @typedef {import('./controller.js').Decision} Decision */

export class Runner {
  #player;
  #timers;
  #clock;
  #latencies;
  #profile;
  #control;
  #onRejoin;
  #controller;
  #watch = new StallWatch();
  #dry = new DryWatch();
  #mayRun;
  /** @type {StartProbe|null} */
  #probe = null;
  /** @type {(() => void)|null} */
  #cancelBurst = null;
  #quietUntilMs = 0;
  #roomRate = 1;
  /** @type {number|null} */
  #stalledSinceMs = null;
  #lastFetchMs = -Infinity;
  /** The latest single reading's error, ms. */
  #glanceMs = /** @type {number|null} */ (null);
  outputOffsetMs = 0;
  /** The last place that exists, s. */
  endS = Infinity;
  /** Its data is about to run out. */
  runsDry = false;
  /** It runs after the others, a little faster. */
  chasing = false;
  /** What has been done, for the health panel and the benchmark. */
  counts = { rateChanges: 0, stalls: 0, starts: 0, rejoins: 0 };

  /**
   * @param {object} parts
   * @param {Player} parts.player
   * @param {import('./types.js').Timers} parts.timers
   * @param {import('../lib/clock.js').ServerClock} parts.clock
   * @param {import('./latency.js').LatencyBook} parts.latencies
   * @param {import('./settings.js').Profile} parts.profile
   * @param {boolean} parts.control false: only look, never correct
   * @param {() => void} parts.onRejoin it takes more than a correction to be in step again
   * @param {(behindMs: number) => boolean} [parts.mayRun] whether it may come back by itself
   */
  constructor({ player, timers, clock, latencies, profile, control, onRejoin, mayRun }) {
    this.#player = player;
    this.#timers = timers;
    this.#clock = clock;
    this.#latencies = latencies;
    this.#control = control;
    this.#onRejoin = onRejoin;
    this.#mayRun = mayRun ?? (() => false);
    this.#profile = control ? profile : { ...profile, ...HANDS_OFF };
    this.#controller = new DriftController(this.#profile);
  }

  /** The settled error, else what a burst has left of it, else the latest glance; ms behind. */
  get driftMs() {
    const { errorMs, burst } = this.#controller;
    return errorMs ?? burst?.expectedMs(this.#timers.now()) ?? this.#glanceMs;
  }

  get stalled() {
    return this.#stalledSinceMs !== null;
  }

  get jumps() {
    return this.#controller.jumps;
  }

  /**
   * play() was just called.
   * @param {number} fromS
   * @param {number} roomRate
   * @param {boolean} fresh by a command, not to mend something
   */
  started(fromS, roomRate, fresh) {
    const now = this.#timers.now();
    const standsMs = this.#latencies.of("start");
    this.#endBurst();
    this.#roomRate = roomRate;
    this.#glanceMs = null;
    this.#stalledSinceMs = null;
    this.#watch.reset();
    this.#forgetSupply();
    this.chasing = false;
    this.#quietUntilMs = now + standsMs + START.startGraceMs;
    this.#controller.started(now, roomRate, { standsMs, fresh });
    const settleMs = standsMs + this.#profile.settleStartMs;
    const samples = this.#profile.minSamples;
    this.#probe = new StartProbe({ calledMs: now, fromS, rate: roomRate, settleMs, samples });
    this.counts.starts += 1;
  }

  /** It no longer runs. */
  stopped() {
    this.#endBurst();
    this.#probe = null;
    this.#glanceMs = null;
    this.#stalledSinceMs = null;
    this.#forgetSupply();
    if (this.chasing) this.#endChase();
  }

  /** After the others, until it is where they are. */
  chase() {
    this.#endBurst();
    if (this.#probe) this.#probe.spoiled = true;
    this.chasing = true;
    this.#setRate(this.#roomRate);
  }

  /** @param {number} roomRate */
  speedChanged(roomRate) {
    this.#endBurst();
    this.#roomRate = roomRate;
    this.#probe = null;
    this.#controller.roomRateChanged(this.#timers.now(), roomRate);
    this.#setRate(roomRate);
  }

  /** The player said it waits for data: whatever was measured is void. */
  disturbed() {
    if (this.#probe) this.#probe.spoiled = true;
    this.#apply(this.#controller.disturbed(this.#timers.now()));
  }

  /** @param {Timeline} timeline */
  tick(timeline) {
    const reading = this.#read();
    const { offsetMs } = this.#clock;
    const targetS = positionAt(timeline, reading.atMs + offsetMs);
    const errorMs = (targetS - reading.positionS) * 1000 + this.outputOffsetMs;
    const quiet = reading.atMs <= this.#quietUntilMs;
    this.#glanceMs = quiet ? null : errorMs;
    this.#lookAhead(reading);
    if (!quiet && this.#standsStill(reading))
      return this.#stalledTick(targetS, errorMs, reading.atMs);
    if (this.stalled) return this.#recovered(errorMs, reading.atMs);
    if (this.chasing) return this.#chaseTick(errorMs, reading.atMs);
    this.#learnStart(reading);
    const clockMs = offsetMs * this.#roomRate;
    this.#apply(this.#controller.step({ atMs: reading.atMs, errorMs, clockMs }));
  }

  /** Where the film is by now, where its clock only says where it has been. */
  #read() {
    const { positionS, atMs } = this.#player.read();
    return { positionS: positionS + this.#profile.staleMs / 1000, atMs };
  }

  /** @param {import('./types.js').Reading} reading */
  #standsStill(reading) {
    return this.#watch.look(reading, { ready: this.#player.ready(), rate: this.#roomRate });
  }

  /**
   * @param {number} targetS
   * @param {number} errorMs
   * @param {number} nowMs
   */
  #stalledTick(targetS, errorMs, nowMs) {
    if (this.#stalledSinceMs === null) {
      this.#stalledSinceMs = nowMs;
      this.counts.stalls += 1;
      this.disturbed();
    }
    if (Math.abs(errorMs) < this.#profile.hardSeekMs || this.#mayRun(errorMs)) return;
    const soonS = targetS + this.#latencies.of("seek") / 1000;
    if (this.#player.hasBuffered(soonS, soonS + START.rejoinBufferS)) return this.#rejoin();
    const patient = nowMs - this.#stalledSinceMs < STALL.patienceMs;
    if (patient || nowMs - this.#lastFetchMs < STALL.seekGapMs) return;
    this.#lastFetchMs = nowMs;
    this.#rejoin();
  }

  /**
   * @param {number} errorMs
   * @param {number} nowMs
   */
  #recovered(errorMs, nowMs) {
    this.#stalledSinceMs = null;
    this.#controller.started(nowMs, this.#roomRate);
    if (Math.abs(errorMs) > Math.min(STALL.rejoinMs, this.#profile.hardSeekMs)) this.#rejoin();
  }

  /**
   * @param {number} errorMs
   * @param {number} nowMs
   */
  #chaseTick(errorMs, nowMs) {
    if (errorMs > CHASE.doneMs && this.#mayRun(Math.max(errorMs, CHASE.leastMs))) return;
    this.#endChase();
    this.#controller.started(nowMs, this.#roomRate);
  }

  #endChase() {
    this.chasing = false;
    this.#setRate(this.#roomRate);
  }

  /** @param {import('./types.js').Reading} reading */
  #lookAhead({ positionS, atMs }) {
    const aheadS = this.#player.bufferedAheadS();
    const leftS = this.endS - positionS;
    this.runsDry = this.#dry.look({ atMs, aheadS, leftS, rate: this.#roomRate });
  }

  #forgetSupply() {
    this.#dry.reset();
    this.runsDry = false;
  }

  #rejoin() {
    if (!this.#control) return;
    this.counts.rejoins += 1;
    this.#onRejoin();
  }

  /** @param {import('./types.js').Reading} reading */
  #learnStart(reading) {
    const latencyMs = this.#probe?.add(reading) ?? null;
    if (latencyMs === null) return;
    this.#probe = null;
    if (this.#control) this.#latencies.learn("start", latencyMs);
  }

  /** @param {Decision} decision */
  #apply(decision) {
    if (decision.kind === "rejoin") return this.#rejoin();
    if (decision.kind === "none") return;
    this.#cancelBurst?.();
    this.#cancelBurst = null;
    this.#setRate(decision.rate);
    if (decision.endMs === null) return;
    if (this.#probe) this.#probe.spoiled = true;
    this.#cancelBurst = this.#timers.at(decision.endMs, () => {
      this.#apply(this.#controller.burstEnded(this.#timers.now()));
    });
  }

  #endBurst() {
    if (!this.#cancelBurst) return;
    this.#cancelBurst();
    this.#cancelBurst = null;
    this.#setRate(this.#roomRate);
  }

  /** @param {number} rate */
  #setRate(rate) {
    this.counts.rateChanges += 1;
    const faster = this.#roomRate * CHASE.rate;
    if (this.chasing) this.#player.setRate(faster, faster);
    else this.#player.setRate(rate, this.#roomRate);
  }
}

/** Looks and measures, and leaves everything as it is. */
const HANDS_OFF = Object.freeze({ bursts: false, hardSeekMs: Infinity, freshSeekMs: Infinity });
