/**
 * What is known of each of the others: how our line to them is, and whether they speak.
 * @module
 */
import { change } from "./call-state.js";
import { SpeakingMeter } from "./speaking.js";

/** @typedef {import("./types.js").VoiceBackend} VoiceBackend */

const HEARD_MS = 100;
const QUALITY_MS = 2_000;
/** Two attempts in vain, and it is said that there may be no way. They go on all the same. */
const PATIENCE_MS = 25_000;

export class Others {
  #state;
  #userOf;
  /** @type {VoiceBackend | null} */
  #backend = null;
  /** @type {any[]} */
  #timers = [];
  /** @type {Map<string, SpeakingMeter>} */
  #meters = new Map();
  /** By session, while there is no line. @type {Map<string, {timer: any, over: boolean}>} */
  #waits = new Map();

  /**
   * @param {import("./call-state.js").CallStore} state
   * @param {(session: string) => string | null} userOf
   */
  constructor(state, userOf) {
    this.#state = state;
    this.#userOf = userOf;
  }

  /**
   * @param {string} session
   * @param {import("./types.js").PairState} line
   */
  line(session, line) {
    if (line === "connected") this.#stopWaiting(session);
    else if (!this.#waits.has(session)) this.#wait(session);
    this.#put(session, this.#waits.get(session)?.over ? "unreached" : line);
  }

  /** Look after them from now on. @param {VoiceBackend} backend */
  watch(backend) {
    this.#backend = backend;
    this.#timers = [
      setInterval(() => this.#listen(backend), HEARD_MS),
      setInterval(() => void this.#measure(backend), QUALITY_MS),
    ];
  }

  /** @param {string} session */
  drop(session) {
    this.#meters.delete(session);
    this.#stopWaiting(session);
    const { [session]: _gone, ...pairs } = this.#state.value.pairs;
    change(this.#state, { pairs });
  }

  clear() {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
    this.#backend = null;
    this.#meters.clear();
    for (const session of [...this.#waits.keys()]) this.#stopWaiting(session);
  }

  /** @param {string} session @param {import("./types.js").PairState} line */
  #put(session, line) {
    change(this.#state, { pairs: { ...this.#state.value.pairs, [session]: line } });
  }

  /** @param {string} session */
  #wait(session) {
    const wait = { over: false, timer: setTimeout(() => this.#giveUp(session), PATIENCE_MS) };
    this.#waits.set(session, wait);
  }

  /** @param {string} session */
  #giveUp(session) {
    const wait = this.#waits.get(session);
    if (wait) wait.over = true;
    this.#put(session, "unreached");
  }

  /** @param {string} session */
  #stopWaiting(session) {
    clearTimeout(this.#waits.get(session)?.timer);
    this.#waits.delete(session);
  }

  /** Who of the others speaks now. @param {VoiceBackend} backend */
  #listen(backend) {
    const now = performance.now();
    /** @type {Set<string>} */
    const talking = new Set();
    for (const { session, level } of backend.heard()) {
      const meter = this.#meters.get(session) ?? new SpeakingMeter();
      this.#meters.set(session, meter);
      const userId = this.#userOf(session);
      if (meter.look(level, now) && userId) talking.add(userId);
    }
    const before = this.#state.value.talking;
    const same = talking.size === before.size && [...talking].every((id) => before.has(id));
    if (!same) change(this.#state, { talking });
  }

  /** How good each line is. @param {VoiceBackend} backend */
  async #measure(backend) {
    const quality = await backend.quality();
    if (this.#backend === backend) change(this.#state, { quality });
  }
}
