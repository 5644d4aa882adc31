/**
 * Plays what the browser plays by itself: files, and HLS where MediaSource is missing.
 * @module
 */
import { t } from "../../lib/words.js";
import { MEDIA_NETWORK, NO_TROUBLE } from "../trouble.js";
import { MediaElementPlayer } from "./media-element.js";

/** @typedef {import('../types.js').Track} Track */
/** @typedef {import('../types.js').Source} Source */
/**
 * Only Safari has these.
 * @typedef {Iterable<{label: string, language: string, enabled: boolean}> & {length: number}} AudioTracks
 */

export class NativePlayer extends MediaElementPlayer {
  #inTrouble = false;

  /** @param {Source} source */
  async load({ url, startS }) {
    const { video } = this;
    const { signal } = this.closing;
    video.textTracks.addEventListener("addtrack", () => this.events.emit("tracks"), { signal });
    video.addEventListener("error", () => this.#failed(), { signal });
    video.addEventListener("loadedmetadata", () => this.#arrived(), { signal });
    video.src = url;
    await this.metadata();
    if (startS > 0) this.seek(startS);
    this.events.emit("tracks");
  }

  /**
   * The element has no way to change addresses but to load anew; place and motion are kept.
   * @param {string} url
   */
  renew(url) {
    const { video } = this;
    const wasPaused = video.paused;
    const positionS = video.currentTime;
    const goOn = () => {
      video.currentTime = positionS;
      if (!wasPaused) video.play().catch(() => this.events.emit("pause"));
    };
    video.addEventListener("loadedmetadata", goOn, { once: true, signal: this.closing.signal });
    video.src = url;
  }

  /** @returns {Track[]} a file has one quality */
  levels() {
    return [];
  }

  /** @param {number} _id */
  setLevel(_id) {}

  /** @returns {Track[]} */
  audio() {
    return this.#audioTracks().map(({ label, language, enabled }, id) => ({
      id,
      label,
      lang: language,
      active: enabled,
    }));
  }

  /** @param {number} id */
  setAudio(id) {
    this.#audioTracks().forEach((track, i) => {
      track.enabled = i === id;
    });
    this.events.emit("tracks");
  }

  /** @returns {Track[]} */
  subtitles() {
    return this.#textTracks().map(({ label, language, mode }, id) => ({
      id,
      label,
      lang: language,
      active: mode === "showing",
    }));
  }

  /** @param {number} id −1: off */
  setSubtitle(id) {
    this.#textTracks().forEach((track, i) => {
      track.mode = i === id ? "showing" : "disabled";
    });
    this.events.emit("tracks");
  }

  #textTracks() {
    return [...this.video.textTracks].filter(
      ({ kind }) => kind === "subtitles" || kind === "captions",
    );
  }

  #audioTracks() {
    const { audioTracks } = /** @type {{audioTracks?: AudioTracks}} */ (
      /** @type {unknown} */ (this.video)
    );
    return audioTracks ? [...audioTracks] : [];
  }

  #failed() {
    const code = this.video.error?.code;
    if (code === MediaError.MEDIA_ERR_NETWORK) {
      this.events.emit("expired");
      this.#say(MEDIA_NETWORK, t("The film does not arrive. Trying again."));
    } else if (code === MediaError.MEDIA_ERR_DECODE)
      this.#say("media_decode", t("The film is damaged here. Try to seek past this place."));
    else if (code) this.#say("media_unsupported", this.unplayable());
  }

  /** An element that failed plays again only after it has loaded anew. */
  #arrived() {
    if (!this.#inTrouble) return;
    this.#inTrouble = false;
    this.events.emit("trouble", NO_TROUBLE);
  }

  /**
   * @param {string} code
   * @param {string} message
   */
  #say(code, message) {
    this.#inTrouble = true;
    this.events.emit("trouble", { code, message });
  }
}
