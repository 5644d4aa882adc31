/**
 * This tab's place in the room's call: joins our own voice, the others and the room's socket.
 * Losing the socket ends nothing; coming back announces the same session again.
 * @module
 */

import { Store } from "../lib/store.js";
import { t } from "../lib/words.js";
import { change, isSilent, OUT } from "./call-state.js";
import { Mesh } from "./mesh.js";
import { Others } from "./others.js";
import { OwnVoice } from "./own-voice.js";
import { relayLack } from "./relay.js";

/** @typedef {import("./types.js").Peer} Peer */
/** @typedef {import("./call-state.js").CallState} CallState */
/** @typedef {import("./call-state.js").CallParts} CallParts */

/** TURN credentials are fetched anew when this share of their time is over. */
const REFRESH_SHARE = 0.8;

export class Call {
  /** @type {Store<CallState>} */
  state = new Store(OUT);
  #parts;
  #session = "";
  /** @type {import("./types.js").VoiceBackend | null} */
  #backend = null;
  #own;
  #others;
  #voices;
  /** @type {import("./types.js").Ice | null} the last that the server told */
  #ice = null;
  /** @type {any} */
  #refreshing = null;

  /** @param {CallParts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#own = new OwnVoice(this.state, parts, (track) => this.#backend?.send(track));
    this.#others = new Others(this.state, parts.userOf);
    this.#voices = parts.voices({ onBlocked: () => change(this.state, { blocked: true }) });
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

  /** Come into the call. What goes wrong stands in `problem`, in words. */
  async join() {
    if (this.state.value.phase !== "out") return;
    change(this.state, { ...OUT, phase: "joining", muted: this.#parts.kept.choices.joinMuted });
    this.#session = (this.#parts.newSession ?? (() => crypto.randomUUID()))();
    const session = this.#session;
    const [ice] = await Promise.all([this.#parts.ice().catch(() => null), this.#own.open()]);
    if (this.#session !== session) return; // left meanwhile
    const lack = relayLack(ice, this.#parts.kept.choices);
    if (lack) return this.#end(lack);
    this.#backend = this.#open(ice);
    await this.#own.goOut();
    try {
      const { peers } = await this.#request();
      if (this.#session !== session) return;
      change(this.state, { phase: "in" });
      this.#backend.meet(this.#reachable(peers), { again: false });
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
    change(this.state, { muted });
    this.#own.follow();
  }

  /** Hear nobody, and be heard by nobody. @param {boolean} deafened */
  deafen(deafened) {
    if (this.state.value.phase !== "in") return;
    change(this.state, { deafened });
    this.#voices.deafen(deafened);
    this.#own.follow();
  }

  /** The talk key or button is down. @param {boolean} held */
  hold(held) {
    const { phase, held: before } = this.state.value;
    if (phase !== "in" || held === before) return;
    change(this.state, { held });
    this.#own.follow();
  }

  /** After a tap: let the voices be heard. */
  unblock() {
    change(this.state, { blocked: false });
    this.#voices.unblock();
  }

  /** Another microphone, or another way to use it, without leaving the call. */
  switchMicrophone() {
    return this.#own.switch();
  }

  /** The relay-only choice changed. */
  async switchRoute() {
    if (!this.#backend) return;
    const fresh = await this.#parts.ice().catch(() => null);
    this.#backend?.configure(this.#routes(fresh));
    change(this.state, { problem: relayLack(this.#ice, this.#parts.kept.choices) });
  }

  #request() {
    const frame = { type: "voice:join", session: this.#session, muted: isSilent(this.state.value) };
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
      onState: (session, state) => this.#others.line(session, state),
    });
  }

  /**
   * @param {import("./types.js").Ice | null} ice
   * @returns {RTCConfiguration}
   */
  #routes(ice) {
    const relayOnly = this.#parts.kept.choices.relayOnly;
    this.#ice = ice ?? this.#ice;
    return {
      iceServers: this.#ice?.iceServers ?? [],
      iceTransportPolicy: relayOnly ? "relay" : "all",
    };
  }

  /** @param {import("./types.js").Ice | null} ice */
  #run(ice) {
    this.#own.beat();
    if (this.#backend) this.#others.watch(this.#backend);
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

  /** @param {Peer[]} peers */
  #reachable(peers) {
    return peers.filter(({ user }) => !this.#parts.isHidden?.(user.id));
  }

  /** A block came or went: its line ends, or is made. */
  hide() {
    return this.#announce();
  }

  /** The socket is back, or the room began anew: say that we are still here. */
  async #announce() {
    if (this.state.value.phase !== "in") return;
    try {
      const { peers } = await this.#request();
      this.#backend?.meet(this.#reachable(peers), { again: true });
      this.#own.tell();
    } catch (error) {
      const { code, message } = /** @type {any} */ (error);
      if (code === "voice_full" || code === "no_voice") this.#end(message);
    }
  }

  /** @param {import("../room/types.js").Frame} event */
  #applied(event) {
    if (this.state.value.phase === "out") return;
    if (event.type === "voice:peer:joined") {
      if (event.peer.session !== this.#session)
        for (const peer of this.#reachable([event.peer])) this.#backend?.await(peer);
    } else if (event.type === "voice:peer:left") {
      if (event.session === this.#session) this.#sentOut(event.reason);
      else
        for (const part of [this.#backend, this.#voices, this.#others]) part?.drop(event.session);
    }
  }

  /** @param {string} reason */
  #sentOut(reason) {
    if (reason === "lost") return void this.#announce();
    if (reason === "replaced") return this.#end(t("You talk from another tab now."));
    if (reason === "removed") return this.#end(t("A moderator took you out of the call."));
    return this.#end("");
  }

  #hushed() {
    const { phase, muted } = this.state.value;
    if (phase === "out" || muted) return;
    this.mute(true);
    this.#parts.tell(t("The host asks everyone to mute. You are muted now."));
  }

  /** @param {string} problem */
  #end(problem) {
    clearTimeout(this.#refreshing);
    this.#session = "";
    this.#backend?.close();
    this.#backend = null;
    this.#own.close();
    this.#voices.clear();
    this.#others.clear();
    this.state.set({ ...OUT, problem });
  }
}
