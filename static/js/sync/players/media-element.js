/**
 * What every player on a <video> element has in common. Subclasses bring the film into it.
 * @module
 */
import { t } from "../../lib/words.js";
import { Emitter } from "../emitter.js";

/** @typedef {import('../types.js').PlayerEvent} PlayerEvent */
/** @typedef {import('../types.js').Reading} Reading */

/** The element's own events that the engine cares about. @type {Record<string, PlayerEvent>} */
const FORWARDED = {
  waiting: "waiting",
  playing: "playing",
  pause: "pause",
  play: "play",
  seeked: "seeked",
  canplay: "progress",
  progress: "progress",
  durationchange: "progress",
  ended: "ended",
};
/** HTMLMediaElement.HAVE_FUTURE_DATA */
const HAVE_FUTURE_DATA = 3;
/** Holes between buffered ranges below this are jumped by every browser, s. */
const HOLE_S = 0.1;

export class MediaElementPlayer {
  video;
  events = new Emitter();
  #now;
  /** @type {AbortController} */
  closing = new AbortController();

  /**
   * @param {HTMLVideoElement} video
   * @param {() => number} now local ms
   */
  constructor(video, now) {
    this.video = video;
    this.#now = now;
    // Once and for all: switching it costs a gap, and with it on small rates are ignored.
    video.preservesPitch = false;
    const { signal } = this.closing;
    for (const [from, to] of Object.entries(FORWARDED))
      video.addEventListener(from, () => this.events.emit(to), { signal });
  }

  /** @returns {Reading} */
  read() {
    const before = this.#now();
    const positionS = this.video.currentTime;
    return { positionS, atMs: (before + this.#now()) / 2 };
  }

  paused() {
    return this.video.paused;
  }

  ended() {
    return this.video.ended;
  }

  ready() {
    return !this.video.seeking && this.video.readyState >= HAVE_FUTURE_DATA;
  }

  readyState() {
    return this.video.readyState;
  }

  durationS() {
    return this.video.duration;
  }

  bufferedAheadS() {
    const fromS = this.video.currentTime;
    return Math.max(0, this.#bufferedUntil(fromS) - fromS);
  }

  heightPx() {
    return this.video.videoHeight;
  }

  /**
   * @param {number} fromS
   * @param {number} toS
   */
  hasBuffered(fromS, toS) {
    return this.#bufferedUntil(fromS) >= toS;
  }

  play() {
    return this.video.play();
  }

  pause() {
    this.video.pause();
  }

  /** @param {number} positionS */
  seek(positionS) {
    this.video.currentTime = positionS;
  }

  /**
   * @param {number} rate
   * @param {number} roomRate
   */
  setRate(rate, roomRate) {
    const preserve = roomRate !== 1;
    if (this.video.preservesPitch !== preserve) this.video.preservesPitch = preserve;
    if (this.video.playbackRate !== rate) this.video.playbackRate = rate;
  }

  muted() {
    return this.video.muted;
  }

  /** @param {boolean} muted */
  setMuted(muted) {
    this.video.muted = muted;
  }

  /**
   * @param {PlayerEvent} type
   * @param {(detail?: any) => void} fn
   */
  on(type, fn) {
    return this.events.on(type, fn);
  }

  /** Resolves when the film's length is known; rejects with words when it cannot be opened. */
  metadata() {
    const { video } = this;
    const { signal } = this.closing;
    return new Promise((resolve, reject) => {
      if (video.readyState >= 1) return resolve(undefined);
      video.addEventListener("loadedmetadata", resolve, { once: true, signal });
      const fail = () => reject(new Error(this.unplayable()));
      video.addEventListener("error", fail, { once: true, signal });
    });
  }

  /** Of somebody else's server the browser does not say why. */
  unplayable() {
    const address = this.video.currentSrc || this.video.src;
    return /^https:/.test(address) && !address.startsWith(`${globalThis.location?.origin}/`)
      ? t("There is no film at this address that this browser can play.")
      : t("This browser cannot play this film.");
  }

  destroy() {
    this.closing.abort();
    this.events.clear();
    this.video.pause();
    this.video.removeAttribute("src");
    this.video.load();
  }

  /** @param {number} fromS */
  #bufferedUntil(fromS) {
    const { buffered } = this.video;
    let untilS = fromS;
    for (let i = 0; i < buffered.length; i++)
      if (buffered.start(i) <= untilS + HOLE_S && buffered.end(i) > untilS)
        untilS = buffered.end(i);
    return untilS;
  }
}
