/**
 * Plays a film of YouTube in its frame, which is not even asked for before somebody here says so.
 * Its clock comes four times a second and is carried on in between; its rates come in quarters.
 * @module
 */
import { t } from "../../lib/words.js";
import { Emitter } from "../emitter.js";
import { CONSENT, NO_TROUBLE } from "../trouble.js";
import { FrameLine } from "./frame-line.js";

/** @typedef {import('../types.js').PlayerEvent} PlayerEvent */
/** @typedef {import('./frame-line.js').Post} Post */
/**
 * What the page gives it.
 * @typedef {object} Surroundings
 * @property {() => number} now local ms
 * @property {Knob} knob
 * @property {Consent} consent
 * @property {(address: string) => {post: Post, close: () => void}} openFrame
 * @property {(ms: number, fn: () => void) => () => void} after
 * @property {(ms: number, fn: () => void) => () => void} every
 * @property {string} page the page's origin
 */
/**
 * The page's own loudness: its video element, which is silent itself meanwhile.
 * @typedef {{muted: () => boolean, setMuted: (muted: boolean) => void, volume: () => number, onChange: (fn: () => void) => () => void}} Knob
 */
/** @typedef {{given: () => boolean, give: () => void, wait: () => Promise<void>}} Consent */

export const ORIGIN = "https://www.youtube-nocookie.com";
/** Numbers of its states. */
const STATE = Object.freeze({ unstarted: -1, ended: 0, playing: 1, paused: 2, buffering: 3 });
/** What it is told to play and does not begin within this wants a gesture first, ms. */
const REFUSED_MS = 2500;
/** A seek has landed within this, s. */
const LANDED_S = 1;
/** What lies ready in its frame nobody can tell; that it waits for data, it says. */
const ASSUMED_AHEAD_S = 10;
const QUARTER = 0.25;
const DAMAGED = new Set([2, 5]);

/** @param {string | null | undefined} url as the server writes it */
export const filmOf = (url) => new URL(url ?? "", "https://www.youtube.com").searchParams.get("v");

/**
 * @param {string} film
 * @param {string} page
 */
export function embedAddress(film, page) {
  const wishes = { enablejsapi: 1, controls: 0, disablekb: 1, playsinline: 1, rel: 0, fs: 0 };
  const query = Object.entries({ ...wishes, origin: page }).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  return `${ORIGIN}/embed/${encodeURIComponent(film)}?${query.join("&")}`;
}

export class YouTubePlayer {
  events = new Emitter();
  #parts;
  /** @type {FrameLine | null} */
  #line = null;
  /** @type {(() => void)[]} */
  #ends = [];
  /** @type {(() => void) | null} */
  #loaded = null;
  #closed = false;
  #state = /** @type {number} */ (STATE.unstarted);
  #paused = true;
  #begun = false;
  #rate = 1;
  #lengthS = Number.NaN;
  /** Its clock: `positionS` was told at `atMs`. */
  #told = { positionS: 0, atMs: 0 };
  /** Where it was sent and has not arrived. @type {number | null} */
  #goalS = null;
  /** @type {((error?: Error) => void) | null} */
  #begins = null;

  /** @param {Surroundings} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @param {import('../types.js').Source} source */
  async load({ url, startS }) {
    const film = filmOf(url);
    if (!film) throw new Error(t("This YouTube address names no film."));
    const { consent } = this.#parts;
    if (!consent.given()) {
      const message = t("YouTube learns that you watch it, as on its own pages.");
      this.events.emit("trouble", { code: CONSENT, message });
      await consent.wait();
    }
    if (this.#closed) return;
    this.#goalS = startS > 0 ? startS : null;
    const arrived = new Promise((resolve) => {
      this.#loaded = () => resolve(undefined);
    });
    this.#open(film);
    await arrived;
  }

  /** Inside a click: load it from there. */
  allow() {
    this.#parts.consent.give();
  }

  read() {
    const atMs = this.#parts.now();
    if (this.#goalS !== null) return { positionS: this.#goalS, atMs };
    const movedMs = this.#state === STATE.playing ? atMs - this.#told.atMs : 0;
    return { positionS: this.#told.positionS + (movedMs / 1000) * this.#rate, atMs };
  }

  paused = () => this.#paused;
  ended = () => this.#state === STATE.ended;
  ready = () => this.#isOpen() && this.#state !== STATE.buffering;
  readyState = () => (this.#isOpen() ? (this.ready() ? 4 : 2) : 0);
  durationS = () => this.#lengthS;
  heightPx = () => 0; // it does not say
  bufferedAheadS = () => (this.ready() ? ASSUMED_AHEAD_S : 0);
  hasBuffered = () => this.ready();
  muted = () => this.#parts.knob.muted();

  /** @param {boolean} muted */
  setMuted(muted) {
    this.#parts.knob.setMuted(muted);
    this.#tune();
  }

  /** Resolves when it moves; a browser that wants a gesture first lets it stand there. */
  play() {
    this.#paused = false;
    this.#begins?.();
    return new Promise((resolve, reject) => {
      const refused = Object.assign(new Error("no gesture"), { name: "NotAllowedError" });
      const cancel = this.#parts.after(REFUSED_MS, () => this.#begins?.(refused));
      this.#begins = (error) => {
        cancel();
        this.#begins = null;
        if (!error) return resolve(undefined);
        this.#paused = true;
        reject(error);
      };
      // A film that was never begun does not know of places: it is sent there as it begins.
      if (!this.#begun && this.#goalS !== null) this.#line?.say("seekTo", this.#goalS, true);
      this.#line?.say("playVideo");
    });
  }

  pause() {
    this.#paused = true;
    this.#begins?.();
    this.#line?.say("pauseVideo");
  }

  /** @param {number} positionS */
  seek(positionS) {
    this.#goalS = positionS;
    if (this.#begun) this.#line?.say("seekTo", positionS, true);
    else this.events.emit("seeked");
  }

  /** @param {number} rate */
  setRate(rate) {
    const quarter = Math.max(QUARTER, Math.round(rate / QUARTER) * QUARTER);
    this.#told = this.read();
    this.#rate = quarter;
    this.#line?.say("setPlaybackRate", quarter);
  }

  renew() {}
  levels = () => [];
  setLevel() {}
  audio = () => [];
  setAudio() {}
  subtitles = () => [];
  setSubtitle() {}

  /**
   * @param {PlayerEvent} type
   * @param {(detail?: any) => void} fn
   */
  on(type, fn) {
    return this.events.on(type, fn);
  }

  destroy() {
    this.#closed = true;
    this.#begins?.();
    for (const end of this.#ends.splice(0)) end();
    this.#line = null;
    this.events.clear();
  }

  /** @param {string} film */
  #open(film) {
    const { openFrame, every, knob, page } = this.#parts;
    const { post, close } = openFrame(embedAddress(film, page));
    const hear = (/** @type {string} */ event, /** @type {any} */ info) => this.#heard(event, info);
    const line = new FrameLine({ post, origin: ORIGIN, hear, every });
    this.#line = line;
    this.#ends = [() => line.close(), close, knob.onChange(() => this.#tune())];
  }

  #isOpen() {
    return this.#line !== null && this.#loaded === null;
  }

  /**
   * @param {string} event
   * @param {any} info
   */
  #heard(event, info) {
    if (event === "onError") this.#failed(Number(info));
    else if (event === "onStateChange") this.#turned(Number(info));
    else if (event === "onReady" || event === "initialDelivery" || event === "infoDelivery") {
      this.#learn(info ?? {});
      this.#arrive();
    }
  }

  #arrive() {
    if (!this.#loaded) return;
    this.#loaded();
    this.#loaded = null;
    this.#line?.subscribe();
    this.#tune();
    this.events.emit("trouble", NO_TROUBLE);
    this.events.emit("progress");
  }

  /** @param {{currentTime?: number, duration?: number, playerState?: number}} info */
  #learn({ currentTime, duration, playerState }) {
    if (Number.isFinite(duration) && Number(duration) > 0) this.#lengthS = Number(duration);
    if (Number.isFinite(currentTime)) this.#place(Number(currentTime));
    if (Number.isFinite(playerState)) this.#turned(Number(playerState));
  }

  /** @param {number} positionS */
  #place(positionS) {
    this.#told = { positionS, atMs: this.#parts.now() };
    if (this.#goalS === null || !this.#begun) return;
    if (Math.abs(positionS - this.#goalS) > LANDED_S) return;
    this.#goalS = null;
    this.events.emit("seeked");
  }

  /** @param {number} state */
  #turned(state) {
    const before = this.#state;
    if (state === before) return;
    this.#told = this.read();
    this.#state = state;
    if (state === STATE.playing) this.#runs();
    if (state === STATE.paused && before !== STATE.unstarted) this.#stands();
    if (state === STATE.buffering) this.events.emit("waiting");
    if (state === STATE.ended) this.events.emit("ended");
    this.events.emit("progress");
  }

  #runs() {
    this.#told = { ...this.#told, atMs: this.#parts.now() };
    this.#begun = true;
    // It was sent to a place and began to play by itself.
    if (this.#paused) return this.#line?.say("pauseVideo");
    this.#begins?.();
    this.events.emit("playing");
  }

  #stands() {
    this.#paused = true;
    this.events.emit("pause");
  }

  #tune() {
    const { knob } = this.#parts;
    this.#line?.say(knob.muted() ? "mute" : "unMute");
    this.#line?.say("setVolume", Math.round(knob.volume() * 100));
  }

  /** @param {number} code */
  #failed(code) {
    const message = DAMAGED.has(code)
      ? t("This browser cannot play this film.")
      : t("YouTube does not show this film here: it is gone, or may not be shown on other pages.");
    this.events.emit("trouble", { code: "outside_refused", message });
  }
}
