/**
 * One person's playback in one room: joins clock, timeline, film, remote and reports.
 * No DOM in here; conductor.js adds the page around it.
 * @module
 */
import { ServerClock } from "../lib/clock.js";
import { Emitter } from "./emitter.js";
import { ItemPlayback } from "./item-playback.js";
import { Lasting } from "./lasting.js";
import { outputOffset, rememberOutputOffset } from "./output-offset.js";
import { OwnPace } from "./own-pace.js";
import { Remote } from "./remote.js";
import { StatusReporter } from "./report.js";
import { LOOP, REPORT } from "./settings.js";
import { clampPosition, positionAt, TimelineTracker } from "./timeline.js";
import { MARKS, reportState, syncState, unready } from "./view.js";

/** @typedef {import('./types.js').SyncState} SyncState */

export class SyncSession {
  #timers;
  #store;
  #events = new Emitter();
  #tracker = new TimelineTracker();
  #clock;
  #film;
  #remote;
  #reporter;
  #detached = false;
  #exempt = false;
  #far = new Lasting();
  #unready = new Lasting();
  #lastTickMs;
  #shownMs = -Infinity;
  #outputOffsetMs;
  /** @type {(() => void)[]} */
  #ends = [];
  /** What this person chose for this device, and the page may change. @type {OwnPace} */
  pace;
  /** @type {SyncState} */
  state;

  /**
   * @param {object} parts
   * @param {import('./types.js').Socket} parts.socket
   * @param {(itemId: string) => Promise<import('./types.js').Grant>} parts.grant
   * @param {import('./loader.js').OpenPlayer} parts.openPlayer
   * @param {import('./types.js').Timers} parts.timers
   * @param {import('./types.js').Store|null} [parts.store]
   * @param {boolean} [parts.control] false: measure only (benchmark)
   * @param {() => number} [parts.random]
   */
  constructor({ socket, grant, openPlayer, timers, store = null, control = true, random }) {
    const send = (/** @type {any} */ frame) => void socket.send(frame);
    const events = this.#events;
    const clock = new ServerClock({ timers, send, random });
    this.#timers = timers;
    this.#store = store;
    this.#clock = clock;
    this.#lastTickMs = timers.now();
    const pace = new OwnPace(store, () => this.#changed());
    this.pace = pace;
    const film = { clock, timers, events, store, control, pace, grant, openPlayer };
    this.#film = new ItemPlayback(film);
    this.#outputOffsetMs = this.#film.outputOffsetMs = outputOffset(store);
    const request = (/** @type {any} */ frame) => socket.request(frame);
    this.#remote = new Remote({ request, timers, changed: () => this.#changed() });
    this.#reporter = new StatusReporter({ send, timers, facts: () => this.#facts() });
    this.state = syncState(this.#situation());
    this.#listen(socket);
    this.#ends.push(timers.every(LOOP.tickMs, () => this.#tick()));
  }

  /** The newest timeline, in its wire form. */
  get timeline() {
    return this.#tracker.current;
  }

  get clock() {
    return this.#clock;
  }

  get player() {
    return this.#film.player;
  }

  get detached() {
    return this.#detached;
  }

  get remote() {
    return this.#remote;
  }

  /**
   * @param {string} type
   * @param {(detail?: any) => void} fn
   */
  on(type, fn) {
    return this.#events.on(type, fn);
  }

  /** Where the room is, s; where this person is while watching on their own. */
  position() {
    if (this.#detached && this.player) return this.player.read().positionS;
    const wanted = this.#remote.intent?.position;
    if (wanted !== undefined) return this.within(wanted);
    return this.timeline ? positionAt(this.timeline, this.#clock.now(), this.#film.durationS) : 0;
  }

  /** @param {number} positionS */
  within(positionS) {
    return clampPosition(positionS, this.#film.durationS);
  }

  /** Watch on one's own: the room's commands pass by. */
  detach() {
    this.#detached = true;
    this.#film.engine?.detach();
    this.#changed();
  }

  /** Back into step, or once more into it. */
  resync() {
    const { engine } = this.#film;
    const away = this.#detached;
    this.#detached = false;
    engine?.attach();
    if (away) this.#film.follow(this.timeline);
    else engine?.resync();
    this.#changed();
  }

  /** Whether the room is asked to wait for nobody here; the film goes on as it did. */
  get exempt() {
    return this.#exempt;
  }

  set exempt(exempt) {
    this.#exempt = exempt;
    this.#changed();
  }

  /** Inside a click or key: the browser allows sound from now on. */
  unlock() {
    this.player?.setMuted(false);
    this.#film.engine?.unlock();
    this.#changed();
  }

  /** The tab is seen again, or the network is back: measure the clock anew. */
  refresh() {
    this.#clock.burst();
  }

  /** The room's item as it plays here, with this person's own quality, sound track and captions. */
  get film() {
    return this.#film;
  }

  get outputOffsetMs() {
    return this.#outputOffsetMs;
  }

  /** @param {number} ms what this device's sound takes to the ear, beyond others */
  setOutputOffset(ms) {
    this.#outputOffsetMs = rememberOutputOffset(this.#store, ms);
    this.#film.outputOffsetMs = this.#outputOffsetMs;
  }

  diagnostics() {
    return { ...this.#film.diagnostics(), ...this.#measured(), offsetMs: this.#clock.offsetMs };
  }

  /** What the room's server is told, and a person may look at. */
  #measured() {
    const { rttMs, boundMs } = this.#clock;
    return { ...this.#film.measured(), rttMs, clockErrorBoundMs: boundMs };
  }

  destroy() {
    for (const end of this.#ends.splice(0)) end();
    this.#film.close();
    this.#clock.stop();
    this.#events.clear();
  }

  /** @param {import('./types.js').Socket} socket */
  #listen(socket) {
    /** @type {Record<string, (frame: any) => void>} */
    const wire = {
      open: () => this.#connected(),
      "room:snapshot": (frame) => this.#snapshot(frame),
      "sync:command": ({ timeline }) => this.#tracker.take(timeline) && this.#heard(),
      "sync:pong": (frame) => this.#clock.onPong(frame),
    };
    for (const [type, fn] of Object.entries(wire)) this.#ends.push(socket.on(type, fn));
    for (const type of ["phase", "needs_gesture", "muted_fallback", "trouble"])
      this.#events.on(type, () => this.#changed());
  }

  #connected() {
    this.#clock.burst();
    this.#reporter.renew();
  }

  /** @param {any} snapshot */
  #snapshot(snapshot) {
    this.#clock.onPush(snapshot.server_time);
    if (this.#tracker.takeSnapshot(snapshot)) this.#heard();
  }

  /** A newer timeline governs. */
  #heard() {
    const timeline = /** @type {import('./types.js').Timeline} */ (this.timeline);
    this.#remote.heard(timeline);
    this.#events.emit("timeline", timeline);
    if (!this.#detached) this.#film.follow(timeline);
    this.#changed();
  }

  #tick() {
    const now = this.#timers.now();
    if (now - this.#lastTickMs > LOOP.sleepGapMs) this.#clock.burst();
    this.#lastTickMs = now;
    this.#film.tick();
    this.#reporter.look();
    this.#show();
  }

  #changed() {
    this.#reporter.look();
    this.#show();
  }

  /**
   * Also while nothing is loaded: whoever is not heard of is not waited for when a film begins.
   * @returns {import('./report.js').Facts|null}
   */
  #facts() {
    const { timeline, player } = this;
    if (!timeline || !this.#clock.rttMs) return null;
    return {
      seq: timeline.seq,
      state: reportState(this.#situation()),
      positionS: player?.read().positionS ?? 0,
      ...this.#measured(),
    };
  }

  /** Everything that words about the present rest on. @returns {import('./view.js').Situation} */
  #situation() {
    const { timeline, player } = this;
    const { engine, trouble, durationS, itemId } = this.#film;
    const now = this.#timers.now();
    const driftMs = engine?.driftMs ?? null;
    /** @type {import('./engine.js').Phase} */
    const phase = this.#detached ? "detached" : (engine?.phase ?? "idle");
    const ready = engine?.ready ?? false;
    const poised = engine?.poised ?? false;
    const waitedFor = unready({ timeline, phase, ready, poised });
    return {
      timeline,
      itemId,
      durationS,
      driftMs,
      trouble,
      positionS: this.position(),
      intent: this.#remote.intent,
      phase,
      ready,
      poised,
      exempt: this.#exempt || this.pace.unwaited,
      stalled: engine?.stalled ?? false,
      runsDry: engine?.runsDry ?? false,
      chasing: engine?.chasing ?? false,
      needsGesture: engine?.needsGesture ?? false,
      paused: player?.paused() ?? true,
      muted: player?.muted() ?? false,
      clockSure: this.#clock.sure,
      farForMs: this.#far.look(Math.abs(driftMs ?? 0) > REPORT.outOfSyncMs, now),
      unreadyForMs: this.#unready.look(waitedFor, now),
      before: this.state?.state ?? "idle",
    };
  }

  /** Tell the page: at once when something changed, else a few times a second. */
  #show() {
    const now = this.#timers.now();
    const state = syncState(this.#situation());
    const news = MARKS.some((mark) => state[mark] !== this.state[mark]);
    if (!news && now - this.#shownMs < REPORT.stateMs) return;
    this.#shownMs = now;
    this.state = state;
    this.#events.emit("state", state);
  }
}
