/**
 * Plays HLS by hls.js: growing playlists, qualities, audio and subtitle tracks, recovery.
 * @module
 */

import { HlsRecovery } from "./hls-recovery.js";
import { levelsOf } from "./levels.js";
import { MediaElementPlayer } from "./media-element.js";

/** @typedef {import('hls.js').default} Hls */
/** @typedef {typeof import('hls.js').default} HlsClass */
/** @typedef {import('../types.js').Track} Track */
/** @typedef {import('../types.js').Source} Source */

/** Media kept behind the current place, s: short seeks back cost nothing, memory stays bounded. */
const BACK_BUFFER_S = 60;
const AHEAD_S = 30;
/** The address of a file without captions; hls.js brings them. */
let noCaptions = "";

export class HlsPlayer extends MediaElementPlayer {
  #Hls;
  #workerPath;
  /** @type {Hls|null} */
  #hls = null;
  /** @type {HlsRecovery|null} */
  #recovery = null;
  #oldBase = "";
  #base = "";

  /**
   * @param {HTMLVideoElement} video
   * @param {() => number} now
   * @param {{Hls: HlsClass, workerPath: string}} library
   */
  constructor(video, now, { Hls, workerPath }) {
    super(video, now);
    this.#Hls = Hls;
    this.#workerPath = workerPath;
  }

  /** @param {Source} source */
  async load({ url, startS }) {
    const { Events } = this.#Hls;
    const hls = new this.#Hls({
      workerPath: this.#workerPath,
      // Without it the first load seeks twice, and a growing playlist begins at its live edge.
      startPosition: startS,
      maxBufferLength: AHEAD_S,
      backBufferLength: BACK_BUFFER_S,
      capLevelToPlayerSize: true,
      xhrSetup: (xhr, address) => this.#open(xhr, address),
    });
    this.#hls = hls;
    this.#recovery = new HlsRecovery(hls, this.#Hls, this.events);
    this.#oldBase = this.#base = baseOf(url);
    const tracks = () => this.events.emit("tracks");
    for (const event of [
      Events.MANIFEST_PARSED,
      Events.AUDIO_TRACKS_UPDATED,
      Events.LEVEL_SWITCHED,
    ])
      hls.on(event, tracks);
    // hls.js tells of captions first and then chooses among them, whatever was chosen meanwhile.
    hls.on(Events.SUBTITLE_TRACKS_UPDATED, () =>
      queueMicrotask(() => {
        this.#allowCaptions();
        tracks();
      }),
    );
    hls.on(Events.MEDIA_ATTACHED, () => this.#allowCaptions());
    hls.loadSource(url);
    hls.attachMedia(this.video);
    await this.metadata();
  }

  /**
   * The same film under a fresh token: from now on every request goes there, nothing is reloaded.
   * @param {string} url
   */
  renew(url) {
    this.#base = baseOf(url);
    this.#recovery?.again();
  }

  /** @returns {Track[]} */
  levels() {
    return levelsOf(this.#hls ?? {});
  }

  /** @param {number} id −1: automatic */
  setLevel(id) {
    if (this.#hls) this.#hls.nextLevel = id;
    this.events.emit("tracks");
  }

  /** @returns {Track[]} */
  audio() {
    const { audioTracks = [], audioTrack = -1 } = this.#hls ?? {};
    return audioTracks.map(({ name, lang }, id) => ({
      id,
      label: name,
      lang,
      active: id === audioTrack,
    }));
  }

  /** @param {number} id */
  setAudio(id) {
    if (this.#hls) this.#hls.audioTrack = id;
  }

  /** @returns {Track[]} */
  subtitles() {
    const { subtitleTracks = [], subtitleTrack = -1 } = this.#hls ?? {};
    return subtitleTracks.map(({ name, lang }, id) => ({
      id,
      label: name,
      lang,
      active: id === subtitleTrack,
    }));
  }

  /** @param {number} id −1: off */
  setSubtitle(id) {
    if (!this.#hls) return;
    this.#hls.subtitleDisplay = id >= 0;
    this.#hls.subtitleTrack = id;
    this.events.emit("tracks");
  }

  /** @override */
  destroy() {
    this.#recovery?.stop();
    this.#hls?.destroy();
    this.#hls = null;
    super.destroy();
  }

  /** hls.js hangs its captions on `data:` addresses, which the page's policy refuses aloud. */
  #allowCaptions() {
    for (const track of this.video.querySelectorAll('track[src^="data:"]')) {
      noCaptions ||= URL.createObjectURL(new Blob(["WEBVTT\n"], { type: "text/vtt" }));
      track.setAttribute("src", noCaptions);
    }
  }

  /**
   * @param {XMLHttpRequest} xhr
   * @param {string} address
   */
  #open(xhr, address) {
    const renewed = this.#base !== this.#oldBase && address.startsWith(this.#oldBase);
    if (renewed) xhr.open("GET", this.#base + address.slice(this.#oldBase.length), true);
  }
}

/**
 * The folder of the master playlist: everything of the film lies below it.
 * @param {string} url
 */
function baseOf(url) {
  return new URL(".", new URL(url, document.baseURI)).href;
}
