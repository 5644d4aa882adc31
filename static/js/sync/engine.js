/**
 * Following the room's timeline with one player: plans, starts, rests, runs, rejoins.
 * No DOM and no socket in here: a clock, timers and a player are given.
 * @module
 */
import { Launch } from "./launch.js";
import { wayBack } from "./own-pace.js";
import { OutsidePause, playIfAllowed } from "./permission.js";
import { Runner } from "./runner.js";
import { START } from "./settings.js";
import { planFor, positionAt } from "./timeline.js";

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
  #launch;
  #runner;
  /** @type {Timeline|null} what governs now */
  #active = null;
  /** @type {Timeline|null} the newest, perhaps about to govern */
  #next = null;
  /** @type {(() => void)|null} */
  #cancelChange = null;
  #misses = 0;
  #pace;
  #profile;
  /** Coming back from watching on one's own. */
  #returning = false;
  #fresh = false;
  #wasStalled = false;
  #outside = new OutsidePause();
  /** @type {number|null} */
  durationS = null;

  /**
   * @param {object} parts
   * @param {Player} parts.player
   * @param {import('./types.js').Timers} parts.timers
   * @param {import('../lib/clock.js').ServerClock} parts.clock
   * @param {import('./latency.js').LatencyBook} parts.latencies
   * @param {import('./settings.js').Profile} parts.profile
   * @param {{emit: (type: string, detail?: any) => void}} parts.events
   * @param {boolean} [parts.control]
   * @param {{way: import('./own-pace.js').WayBack}} [parts.pace]
   */
  constructor({ player, timers, clock, latencies, profile, events, control = true, pace }) {
    const shared = { player, timers, clock, latencies };
    this.#player = player;
    this.#timers = timers;
    this.#clock = clock;
    this.#latencies = latencies;
    this.#events = events;
    this.#profile = profile;
    this.#pace = pace ?? { way: "jump" };
    this.#launch = new Launch({
      ...shared,
      onStart: (appointment) => this.#start(appointment),
      onLate: () => this.#rejoin(this.#misses + 1),
    });
    this.#runner = new Runner({
      ...shared,
      profile,
      control,
      onRejoin: () => this.#mend(),
      mayRun: (behindMs) => this.#mayRun(behindMs),
    });
  }

  /** @param {Timeline|null} timeline */
  follow(timeline) {
    this.#next = timeline;
    if (this.phase === "detached") return;
    const running = this.phase === "running" ? this.#active : null;
    const serverMs = this.#clock.now();
    const leadMs = this.#latencies.of("start") + this.#launch.outputOffsetMs;
    const plan = planFor(timeline, { running, serverMs, leadMs, durationS: this.durationS });
    this.#carryOut(plan);
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
    if (this.phase === "running" || this.phase === "starting") this.#rejoin();
    else this.follow(this.#next);
  }

  /** Inside a gesture: the browser allows sound now. */
  unlock() {
    this.needsGesture = false;
    this.#player.setMuted(false);
    if (this.phase === "resting" || this.phase === "idle") this.follow(this.#next);
    else if (this.phase === "starting" && !this.#launch.armed) this.#rejoin();
  }

  /** The player has news: buffered, seeked, waits. @param {string} type */
  heard(type) {
    if (type === "waiting" && this.phase === "running") this.#runner.disturbed();
    else this.#launch.look();
  }

  tick() {
    if (this.phase === "idle" || this.phase === "detached") return;
    this.#launch.endS = this.#runner.endS = this.#endS();
    this.#launch.look();
    if (this.phase !== "running" || !this.#active || !this.#clock.known || this.#atTheEnd()) return;
    if (this.#pausedFromOutside()) return;
    this.#runner.tick(this.#active);
    if (this.phase === "running" && !this.#runner.stalled) this.#wasStalled = false;
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
    return this.phase === "starting" && !this.#wasStalled && this.#launch.ready();
  }

  get stalled() {
    return this.#runner.stalled || (this.phase === "starting" && this.#wasStalled);
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
    this.#cancelChange?.();
    this.#cancelChange = null;
    const returning = this.#returning;
    this.#returning = false;
    if (plan.kind === "idle") return this.#leave("idle");
    if (plan.kind === "rest") return this.#rest(plan.positionS);
    if (plan.kind === "pause_at") return this.#later(plan.atMs, () => this.#rest(plan.positionS));
    if (plan.kind === "continue") return this.#later(plan.atMs, () => this.#goOn());
    this.#misses = 0;
    this.#fresh = true;
    if (plan.kind === "rejoin") return returning ? this.#comeBack() : this.#rejoin();
    this.#active = this.#next;
    this.#arm({ positionS: plan.positionS, atMs: plan.atMs });
  }

  /**
   * At a moment of the server's clock, or at once when it has passed.
   * @param {number} atMs
   * @param {() => void} change
   */
  #later(atMs, change) {
    const localMs = this.#clock.toLocal(atMs);
    if (localMs <= this.#timers.now()) return change();
    this.#cancelChange = this.#timers.at(localMs, change);
  }

  /** @param {number} positionS */
  #rest(positionS) {
    this.#active = this.#next;
    this.#runner.stopped();
    this.#enter("resting");
    this.#wasStalled = false;
    this.#launch.rest(positionS);
  }

  /** The run goes on under the newer timeline. */
  #goOn() {
    const changed = this.#active?.rate !== this.#next?.rate;
    this.#active = this.#next;
    if (changed && this.#active) this.#runner.speedChanged(this.#active.rate);
  }

  /** @param {number} behindMs */
  #mayRun(behindMs) {
    return wayBack({ chosen: this.#pace.way, behindMs, profile: this.#profile }) === "run";
  }

  #behindMs() {
    return (this.#targetS(this.#clock.now()) - this.#player.read().positionS) * 1000;
  }

  /** From where one watched on one's own: by a jump, or by running on from there. */
  #comeBack() {
    this.#active = this.#next;
    if (!this.#player.ready() || !this.#mayRun(this.#behindMs())) return this.#rejoin();
    this.#fresh = false;
    const stood = this.#player.paused();
    this.#start({ positionS: this.#player.read().positionS, rate: this.#active?.rate ?? 1 }, stood);
    this.#runner.chase();
  }

  #mend() {
    this.#fresh = false;
    if (!this.#player.paused() && this.#mayRun(this.#behindMs())) return this.#runner.chase();
    this.#wasStalled = this.#runner.stalled;
    this.#rejoin();
  }

  /** Into the running film, at the moment this device can make it. @param {number} [misses] */
  #rejoin(misses = 0) {
    if (!this.#next) return;
    this.#misses = misses;
    this.#active = this.#next;
    const serverMs = this.#clock.now();
    const { rate, at } = this.#active;
    const leadMs = this.#launch.leadMs(this.#targetS(serverMs), rate) * (1 + misses / 2);
    const atMs = Math.max(serverMs + leadMs, at);
    const positionS = this.#targetS(atMs);
    if (this.durationS !== null && positionS >= this.durationS) return this.#rest(this.durationS);
    this.#arm({ positionS, atMs });
  }

  /** @param {{positionS: number, atMs: number}} place */
  #arm(place) {
    const rate = this.#active?.rate ?? 1;
    this.#runner.stopped();
    this.#enter("starting");
    this.#player.setRate(rate, rate);
    this.#launch.arm({ ...place, rate }, { hurry: this.#misses >= START.rejoinTries });
  }

  /**
   * @param {{positionS: number, rate: number}} place
   * @param {boolean} [stands] false: it moves already
   */
  #start({ positionS, rate }, stands = true) {
    this.#enter("running");
    this.#runner.started(positionS, rate, this.#fresh);
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

  /** A media key, a headset or the system stopped it: say so, respect it a moment, then go on. */
  #pausedFromOutside() {
    const pause = this.#outside.look(this.#player.paused(), this.#timers.now());
    if (pause === "new") this.#events.emit("external_pause");
    if (pause === "over") this.#rejoin();
    return pause !== "none";
  }

  #atTheEnd() {
    const end = this.durationS;
    return this.#player.ended() || (end !== null && this.#targetS(this.#clock.now()) > end - 0.5);
  }

  /** A film that is still being made ends where its playlist does. */
  #endS() {
    const playableS = this.#player.durationS();
    return Math.min(this.durationS ?? Infinity, playableS > 0 ? playableS : Infinity);
  }

  /** @param {number} serverMs */
  #targetS(serverMs) {
    return this.#active ? positionAt(this.#active, serverMs, this.durationS) : 0;
  }

  /** @param {'idle'|'detached'} phase */
  #leave(phase) {
    this.#cancelChange?.();
    this.#cancelChange = null;
    this.#launch.cancel();
    this.#runner.stopped();
    this.#active = phase === "idle" ? null : this.#active;
    this.#enter(phase);
  }

  /** @param {Phase} phase */
  #enter(phase) {
    if (this.phase === phase) return;
    this.phase = phase;
    this.#events.emit("phase");
  }
}
