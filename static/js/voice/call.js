/**
 * This tab's place in the room's call: joins the microphone, the mesh and the room's socket.
 * Losing the socket ends nothing; coming back announces the same session again.
 * @module
 */
import { Store } from "../lib/store.js";
import { Mesh } from "./mesh.js";
import { SpeakingMeter } from "./speaking.js";

/** @typedef {import("./types.js").Peer} Peer */
/** @typedef {import("./quality.js").Quality} Quality */
/**
 * @typedef {object} CallState
 * @property {"out" | "joining" | "in"} phase
 * @property {boolean} muted by choice
 * @property {boolean} deafened
 * @property {boolean} held the talk key or button is down: one is heard though muted
 * @property {boolean} speaking and heard by the others
 * @property {boolean} listening without a microphone
 * @property {ReadonlySet<string>} talking user ids of the others who speak now
 * @property {Readonly<Record<string, import("./types.js").PairState>>} pairs by session
 * @property {ReadonlyMap<string, Quality>} quality by session
 * @property {string} problem in words; "" when there is none
 * @property {boolean} blocked the browser wants a tap before it makes a sound
 */
/**
 * @typedef {object} CallParts
 * @property {Pick<import("../room/link.js").Link, "on" | "request" | "send">} link
 * @property {() => Promise<import("./types.js").Ice>} ice
 * @property {import("./kept.js").Kept} kept
 * @property {(hooks: {onLevel: (level: number, speaking: boolean) => void, onLost: () => void}) => Pick<import("./microphone.js").Microphone, "open" | "close" | "track">} microphone
 * @property {(hooks: {onBlocked: () => void}) => Pick<import("./voices.js").Voices, "add" | "drop" | "deafen" | "clear" | "unblock">} voices
 * @property {(session: string) => string | null} userOf who a session belongs to
 * @property {(words: string) => void} tell something happened that one has to know
 * @property {AbortSignal} signal
 * @property {(options: import("./mesh.js").MeshOptions) => import("./types.js").VoiceBackend} [backend]
 * @property {() => string} [newSession]
 */

const BEAT_MS = 10_000;
const HEARD_MS = 100;
const QUALITY_MS = 2_000;
/** What is told of speaking and muting, at most so often. */
const TELL_MS = 250;
/** TURN credentials are fetched anew when this share of their time is over. */
const REFRESH_SHARE = 0.8;

/** @type {CallState} */
const OUT = {
  phase: "out",
  muted: false,
  deafened: false,
  held: false,
  speaking: false,
  listening: false,
  talking: new Set(),
  pairs: {},
  quality: new Map(),
  problem: "",
  blocked: false,
};

export class Call {
  /** @type {Store<CallState>} */
  state = new Store(OUT);
  #parts;
  #session = "";
  /** @type {import("./types.js").VoiceBackend | null} */
  #backend = null;
  #mic;
  #voices;
  /** @type {Map<string, SpeakingMeter>} */
  #meters = new Map();
  /** @type {any[]} */
  #timers = [];
  /** @type {any} */
  #refreshing = null;
  /** @type {any} */
  #telling = null;
  #micSpeaks = false;

  /** @param {CallParts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#mic = parts.microphone({
      onLevel: (_level, speaking) => this.#micHeard(speaking),
      onLost: () => void this.#micLost(),
    });
    this.#voices = parts.voices({ onBlocked: () => this.#set({ blocked: true }) });
    const { link, signal } = parts;
    const stops = [
      link.on("applied", ({ event }) => this.#applied(event)),
      link.on("voice:signal", (event) => this.#backend?.signal(event)),
      link.on("voice:hush", () => this.#hushed()),
      link.on("open", () => void this.#announce()),
      link.on("lost", () => void this.#announce()),
    ];
    signal.addEventListener(
      "abort",
      () => {
        for (const stop of stops) stop();
        this.leave();
      },
      { once: true },
    );
  }

  get session() {
    return this.#session;
  }

  /** Come into the call. What goes wrong stands in `problem`, in words. */
  async join() {
    if (this.state.value.phase !== "out") return;
    this.#set({ ...OUT, phase: "joining", muted: this.#parts.kept.choices.joinMuted });
    this.#session = (this.#parts.newSession ?? (() => crypto.randomUUID()))();
    const session = this.#session;
    const [ice] = await Promise.all([this.#parts.ice().catch(() => null), this.#openMic()]);
    if (this.#session !== session) return; // left meanwhile
    this.#backend = this.#open(ice);
    await this.#backend.send(this.#mic.track);
    this.#apply();
    try {
      const { peers } = await this.#request();
      if (this.#session !== session) return;
      this.#set({ phase: "in" });
      this.#backend.meet(peers, { again: false });
      this.#run(ice);
    } catch (error) {
      if (this.#session === session) this.#end(/** @type {Error} */ (error).message);
    }
  }

  leave() {
    if (this.state.value.phase === "out") return;
    this.#parts.link.send({ type: "voice:leave" });
    this.#end("");
  }

  /** @param {boolean} muted */
  mute(muted) {
    if (this.state.value.phase !== "in") return;
    this.#set({ muted });
    this.#apply();
  }

  /** Hear nobody, and be heard by nobody. @param {boolean} deafened */
  deafen(deafened) {
    if (this.state.value.phase !== "in") return;
    this.#set({ deafened });
    this.#voices.deafen(deafened);
    this.#apply();
  }

  /** The talk key or button is down. @param {boolean} held */
  hold(held) {
    const { phase, held: before } = this.state.value;
    if (phase !== "in" || held === before) return;
    this.#set({ held });
    this.#apply();
  }

  /** After a tap: let the voices be heard. */
  unblock() {
    this.#set({ blocked: false });
    this.#voices.unblock();
  }

  /** Another microphone, or another way to use it, without leaving the call. */
  async switchMicrophone() {
    if (this.state.value.phase !== "in") return;
    await this.#openMic();
    await this.#backend?.send(this.#mic.track);
    this.#apply();
  }

  /** The relay-only choice changed. */
  async switchRoute() {
    if (!this.#backend) return;
    this.#backend.configure(this.#routes(await this.#parts.ice().catch(() => null)));
  }

  /** Whether what one says goes out at this moment. */
  get heard() {
    const { muted, deafened, held } = this.state.value;
    return !deafened && (held || !muted);
  }

  get #silent() {
    return this.state.value.listening || !this.heard;
  }

  /** @param {Partial<CallState>} change */
  #set(change) {
    this.state.set({ ...this.state.value, ...change });
  }

  #request() {
    const frame = { type: "voice:join", session: this.#session, muted: this.#silent };
    return this.#parts.link.request(frame);
  }

  /** @param {import("./types.js").Ice | null} ice */
  #open(ice) {
    const make = this.#parts.backend ?? ((options) => new Mesh(options));
    return make({
      session: this.#session,
      ice: this.#routes(ice),
      send: (frame) => this.#parts.link.send({ type: "voice:signal", ...frame }),
      onTrack: (session, track) =>
        this.#voices.add(session, this.#parts.userOf(session) ?? "", track),
      onState: (session, state) =>
        this.#set({ pairs: { ...this.state.value.pairs, [session]: state } }),
    });
  }

  /**
   * @param {import("./types.js").Ice | null} ice
   * @returns {RTCConfiguration}
   */
  #routes(ice) {
    const relayOnly = this.#parts.kept.choices.relayOnly;
    return { iceServers: ice?.iceServers ?? [], iceTransportPolicy: relayOnly ? "relay" : "all" };
  }

  async #openMic() {
    const { microphone: deviceId, headphones } = this.#parts.kept.choices;
    try {
      await this.#mic.open({ deviceId, headphones });
      this.#set({ listening: false, problem: "" });
    } catch (error) {
      this.#set({ listening: true, problem: /** @type {Error} */ (error).message });
    }
  }

  /** @param {import("./types.js").Ice | null} ice */
  #run(ice) {
    this.#timers = [
      setInterval(() => this.#tell(), BEAT_MS),
      setInterval(() => this.#listen(), HEARD_MS),
      setInterval(() => void this.#measure(), QUALITY_MS),
    ];
    this.#refreshLater(ice);
  }

  /** @param {import("./types.js").Ice | null} ice */
  #refreshLater(ice) {
    const inMs = ice ? ice.ttl * 1000 * REFRESH_SHARE : 60_000;
    this.#refreshing = setTimeout(async () => {
      const fresh = await this.#parts.ice().catch(() => null);
      if (fresh) this.#backend?.configure(this.#routes(fresh));
      if (this.#backend) this.#refreshLater(fresh);
    }, inMs);
  }

  /** The socket is back, or the room began anew: say that we are still here. */
  async #announce() {
    if (this.state.value.phase !== "in") return;
    try {
      const { peers } = await this.#request();
      this.#backend?.meet(peers, { again: true });
      this.#tell();
    } catch (error) {
      const { code, message } = /** @type {any} */ (error);
      if (code === "voice_full" || code === "no_voice") this.#end(message);
    }
  }

  /** @param {import("../room/types.js").Frame} event */
  #applied(event) {
    if (this.state.value.phase === "out") return;
    if (event.type === "voice:peer:joined") {
      if (event.peer.session !== this.#session) this.#backend?.await(event.peer);
    } else if (event.type === "voice:peer:left") {
      if (event.session === this.#session) this.#sentOut(event.reason);
      else this.#forget(event.session);
    }
  }

  /** @param {string} session */
  #forget(session) {
    this.#backend?.drop(session);
    this.#voices.drop(session);
    this.#meters.delete(session);
    const { [session]: _gone, ...pairs } = this.state.value.pairs;
    this.#set({ pairs });
  }

  /** @param {string} reason */
  #sentOut(reason) {
    if (reason === "lost") return void this.#announce();
    if (reason === "replaced") return this.#end("You talk from another tab now.");
    if (reason === "removed") return this.#end("A moderator took you out of the call.");
    return this.#end("");
  }

  #hushed() {
    const { phase, muted } = this.state.value;
    if (phase === "out" || muted) return;
    this.mute(true);
    this.#parts.tell("The host asks everyone to mute. You are muted now.");
  }

  /** @param {string} problem */
  #end(problem) {
    for (const timer of this.#timers) clearInterval(timer);
    clearTimeout(this.#refreshing);
    clearTimeout(this.#telling);
    this.#telling = null;
    this.#timers = [];
    this.#session = "";
    this.#backend?.close();
    this.#backend = null;
    this.#mic.close();
    this.#voices.clear();
    this.#meters.clear();
    this.state.set({ ...OUT, problem });
  }

  async #micLost() {
    await this.switchMicrophone();
    const { listening } = this.state.value;
    this.#parts.tell(
      listening
        ? "Your microphone was unplugged. You can still listen."
        : "Your microphone was unplugged. Another one took its place.",
    );
  }

  /** @param {boolean} speaking */
  #micHeard(speaking) {
    this.#micSpeaks = speaking;
    this.#speak();
  }

  #speak() {
    const speaking = this.#micSpeaks && this.heard && this.state.value.phase === "in";
    if (speaking === this.state.value.speaking) return;
    this.#set({ speaking });
    this.#tellSoon();
  }

  /** Makes the microphone follow what was chosen, and tells the room. */
  #apply() {
    const { track } = this.#mic;
    if (track) track.enabled = this.heard;
    this.#speak();
    this.#tellSoon();
  }

  #tellSoon() {
    if (this.#telling !== null || this.state.value.phase !== "in") return;
    this.#telling = setTimeout(() => {
      this.#telling = null;
      this.#tell();
    }, TELL_MS);
  }

  #tell() {
    const { phase, deafened, speaking } = this.state.value;
    if (phase !== "in") return;
    this.#parts.link.send({ type: "voice:state", muted: this.#silent, deafened, speaking });
  }

  /** Who of the others speaks now. */
  #listen() {
    const now = performance.now();
    /** @type {Set<string>} */
    const talking = new Set();
    for (const { session, level } of this.#backend?.heard() ?? []) {
      const meter = this.#meters.get(session) ?? new SpeakingMeter();
      this.#meters.set(session, meter);
      const userId = this.#parts.userOf(session);
      if (meter.look(level, now) && userId) talking.add(userId);
    }
    const before = this.state.value.talking;
    const same = talking.size === before.size && [...talking].every((id) => before.has(id));
    if (!same) this.#set({ talking });
  }

  async #measure() {
    const quality = await this.#backend?.quality();
    if (quality) this.#set({ quality });
  }
}
