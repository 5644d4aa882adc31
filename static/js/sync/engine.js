/**
 * Following the room's timeline with one player: plans, starts, rests, runs.
 * No DOM and no socket in here: a clock, timers and a player are given.
 * @module
 */
import { Course } from "./course.js";
import { Launch } from "./launch.js";
import { OutsidePause, playIfAllowed } from "./permission.js";
import { Runner } from "./runner.js";
import { Comeback } from "./way-back.js";

/** @typedef {import('./types.js').Timeline} Timeline */
/** @typedef {import('./types.js').Player} Player */
/** @typedef {'idle'|'resting'|'starting'|'running'|'detached'} Phase */

export class Engine {
  /** @type {Phase} */
  phase = "idle";
  /** The browser wants a gesture before it plays at all. */
  needsGesture = false;
  #player;
  #timers;
  #clock;
  #latencies;
  #events;
  #course;
  #launch;
  #runner;
  #comeback;
  /** Coming back from watching on one's own. */
  #returning = false;
  #outside;

  /**
   * @param {object} parts
   * @param {Player} parts.player
   * @param {import('./types.js').Timers} parts.timers
   * @param {import('../lib/clock.js').ServerClock} parts.clock
   * @param {import('./latency.js').LatencyBook} parts.latencies
   * @param {import('./settings.js').Profile} parts.profile
   * @param {{emit: (type: string, detail?: any) => void}} parts.events
   * @param {boolean} parts.control
   * @param {number|null} parts.durationS
   * @param {{way: import('./way-back.js').WayBack}} parts.pace
   */
  constructor({ player, timers, clock, latencies, profile, events, control, durationS, pace }) {
    const shared = { player, timers, clock, latencies };
    this.#player = player;
    this.#timers = timers;
    this.#clock = clock;
    this.#latencies = latencies;
    this.#events = events;
    this.#course = new Course({ clock, timers, durationS });
    this.#launch = new Launch({
      ...shared,
      onStart: (appointment) => this.#start(appointment),
      onLate: () => this.#comeback.missed(),
    });
    this.#runner = new Runner({
      ...shared,
      profile,
      control,
      onRejoin: () => this.#comeback.mend(this.#runner.stalled),
      mayRun: (behindMs) => this.#comeback.mayRun(behindMs),
    });
    this.#comeback = new Comeback({
      ...{ player, clock, profile, pace },
      launch: this.#launch,
      course: this.#course,
      steps: {
        rest: (positionS) => this.#rest(positionS),
        arm: (place, how) => this.#arm(place, how),
        start: (place, stands) => this.#start(place, stands),
        chase: () => this.#runner.chase(),
      },
    });
    this.#outside = new OutsidePause({
      onPause: () => events.emit("external_pause"),
      onOver: () => this.#comeback.jump(),
    });
  }

  /** @param {Timeline|null} timeline */
  follow(timeline) {
    this.#course.next = timeline;
    if (this.phase === "detached") return;
    const leadMs = this.#latencies.of("start") + this.#launch.outputOffsetMs;
    this.#carryOut(this.#course.plan({ running: this.phase === "running", leadMs }));
  }

  /** Film on one's own: the room's timeline is ignored until `attach`. */
  detach() {
    this.#leave("detached");
  }

  attach() {
    if (this.phase !== "detached") return;
    this.#leave("idle");
    this.#returning = true;
  }

  /** Once more into step, because a person wants it. */
  resync() {
    if (this.phase === "running" || this.phase === "starting") this.#comeback.jump();
    else this.follow(this.#course.next);
  }

  /** Inside a gesture: the browser allows sound now. */
  unlock() {
    this.needsGesture = false;
    this.#player.setMuted(false);
    if (this.phase === "resting" || this.phase === "idle") this.follow(this.#course.next);
    else if (this.phase === "starting" && !this.#launch.armed) this.#comeback.jump();
  }

  /** The player has news: buffered, seeked, waits. @param {string} type */
  heard(type) {
    if (type === "waiting" && this.phase === "running") this.#runner.disturbed();
    else this.#launch.look();
  }

  tick() {
    if (this.phase === "idle" || this.phase === "detached") return;
    this.#launch.endS = this.#runner.endS = this.#course.endS(this.#player.durationS());
    this.#launch.look();
    const { active, atTheEnd } = this.#course;
    if (this.phase !== "running" || !active || !this.#clock.known) return;
    if (atTheEnd || this.#player.ended()) return;
    if (this.#outside.look(this.#player.paused(), this.#timers.now())) return;
    this.#runner.tick(active);
    if (this.phase === "running" && !this.#runner.stalled) this.#comeback.stalled = false;
  }

  /** @param {number} ms */
  set outputOffsetMs(ms) {
    this.#launch.outputOffsetMs = ms;
    this.#runner.outputOffsetMs = ms;
  }

  /** Where the player stands or will begin, s. */
  get placeS() {
    return this.#launch.placeS;
  }

  get ready() {
    return this.phase === "resting" && this.#launch.ready();
  }

  /** Ready, and standing between the release and the moment of starting. */
  get poised() {
    return this.phase === "starting" && !this.#comeback.stalled && this.#launch.ready();
  }

  get stalled() {
    return this.#runner.stalled || (this.phase === "starting" && this.#comeback.stalled);
  }

  /** Its data is about to run out, though it plays. */
  get runsDry() {
    return this.phase === "running" && this.#runner.runsDry;
  }

  /** It runs after the others instead of jumping to them. */
  get chasing() {
    return this.phase === "running" && this.#runner.chasing;
  }

  /** Positive: behind; null where there is nothing to compare. */
  get driftMs() {
    return this.phase === "running" ? this.#runner.driftMs : null;
  }

  get counts() {
    return { ...this.#runner.counts, seeks: this.#launch.seeks, jumps: this.#runner.jumps };
  }

  destroy() {
    this.#leave("idle");
  }

  /** @param {import('./timeline.js').Plan} plan */
  #carryOut(plan) {
    this.#course.cancel();
    const returning = this.#returning;
    this.#returning = false;
    if (plan.kind === "idle") return this.#leave("idle");
    if (plan.kind === "rest") return this.#rest(plan.positionS);
    if (plan.kind === "pause_at")
      return this.#course.at(plan.atMs, () => this.#rest(plan.positionS));
    if (plan.kind === "continue") return this.#course.at(plan.atMs, () => this.#goOn());
    this.#comeback.commanded();
    if (plan.kind === "rejoin")
      return returning ? this.#comeback.fromAway() : this.#comeback.jump();
    this.#course.turn();
    this.#arm({ positionS: plan.positionS, atMs: plan.atMs });
  }

  /** @param {number} positionS */
  #rest(positionS) {
    this.#course.turn();
    this.#runner.stopped();
    this.#enter("resting");
    this.#comeback.stalled = false;
    this.#launch.rest(positionS);
  }

  /** The run goes on under the newer timeline. */
  #goOn() {
    const { rate } = this.#course;
    this.#course.turn();
    if (this.#course.rate !== rate) this.#runner.speedChanged(this.#course.rate);
  }

  /**
   * @param {{positionS: number, atMs: number}} place
   * @param {{hurry?: boolean}} [how]
   */
  #arm(place, how) {
    const { rate } = this.#course;
    this.#runner.stopped();
    this.#enter("starting");
    this.#player.setRate(rate, rate);
    this.#launch.arm({ ...place, rate }, how);
  }

  /**
   * @param {{positionS: number, rate: number}} place
   * @param {boolean} [stands] false: it moves already
   */
  #start({ positionS, rate }, stands = true) {
    this.#enter("running");
    this.#runner.started(positionS, rate, this.#comeback.fresh);
    if (stands) playIfAllowed(this.#player).then((answer) => this.#answered(answer));
  }

  /** @param {'plays'|'muted'|'refused'} answer */
  #answered(answer) {
    if (answer === "plays" || this.phase !== "running") return;
    if (answer === "muted") return this.#events.emit("muted_fallback");
    this.needsGesture = true;
    this.#runner.stopped();
    this.#enter("starting");
    this.#events.emit("needs_gesture");
  }

  /** @param {'idle'|'detached'} phase */
  #leave(phase) {
    this.#course.cancel();
    this.#launch.cancel();
    this.#runner.stopped();
    if (phase === "idle") this.#course.active = null;
    this.#enter(phase);
  }

  /** @param {Phase} phase */
  #enter(phase) {
    if (this.phase === phase) return;
    this.phase = phase;
    this.#events.emit("phase");
  }
}
