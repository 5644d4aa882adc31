/**
 * The room page's door to synchronous playback: the session with a real video, timers and page.
 * @module
 */
import { playerOpener } from "./players/open.js";
import { SyncSession } from "./session.js";
import { workerTimers } from "./timers.js";

/** @typedef {import('./types.js').Player} Player */
/** @typedef {import('./types.js').Track} Track */
/**
 * What a benchmark may put on the page before it loads.
 * @typedef {object} BenchHook
 * @property {boolean} [control] false: measure, never correct
 * @property {() => number} [now] a local clock that is wrong on purpose
 * @property {(player: Player) => Player} [wrapPlayer] a player with faults
 * @property {(conductor: Conductor) => void} [onConductor]
 */
/**
 * @typedef {object} Surroundings
 * @property {HTMLVideoElement} video
 * @property {import('./types.js').Socket} socket
 * @property {(itemId: string) => Promise<import('./types.js').Grant>} grant
 * @property {string} [workerPath] address of hls.js' worker script
 * @property {import('./types.js').Store|null} [storage]
 * @property {import('./loader.js').OpenPlayer} [openPlayer] for other kinds of player
 */

export class Conductor extends SyncSession {
  #closing = new AbortController();
  #closeTimers;

  /**
   * @param {ConstructorParameters<typeof SyncSession>[0]} parts
   * @param {() => void} closeTimers
   */
  constructor(parts, closeTimers) {
    super(parts);
    this.#closeTimers = closeTimers;
    const { signal } = this.#closing;
    addEventListener("online", () => this.refresh(), { signal });
    document.addEventListener("visibilitychange", () => !document.hidden && this.refresh(), {
      signal,
    });
  }

  /** The room's remote; while detached, one's own player. @param {number} [position] */
  async play(position) {
    return this.detached ? this.player?.play() : this.remote.play(position);
  }

  /** @param {number} [position] */
  async pause(position) {
    return this.detached ? this.player?.pause() : this.remote.pause(position);
  }

  toggle() {
    return this.state.paused ? this.play() : this.pause();
  }

  /** @param {number} position s */
  async seek(position) {
    const wanted = this.within(position);
    return this.detached ? this.player?.seek(wanted) : this.remote.seek(wanted);
  }

  /** @param {number} rate */
  async setRate(rate) {
    return this.detached ? this.player?.setRate(rate, rate) : this.remote.setRate(rate);
  }

  /** @param {string} itemId */
  load(itemId) {
    return this.remote.load(itemId);
  }

  /** Quality, sound track and captions: each person's own. */
  tracks = {
    levels: () => this.player?.levels() ?? [],
    setLevel: (/** @type {number} */ id) => this.film.choose("levels", id),
    audio: () => this.player?.audio() ?? [],
    setAudio: (/** @type {number} */ id) => this.film.choose("audio", id),
    subtitles: () => this.player?.subtitles() ?? [],
    setSubtitle: (/** @type {number} */ id) => this.film.choose("subtitles", id),
    toggleSubtitles: () => this.film.toggleSubtitles(),
  };

  /** @override */
  destroy() {
    this.#closing.abort();
    super.destroy();
    this.#closeTimers();
  }
}

/** @param {Surroundings} surroundings */
export function createConductor({ video, socket, grant, workerPath, storage = null, openPlayer }) {
  const hook = /** @type {{__syncwatchBench?: BenchHook}} */ (globalThis).__syncwatchBench ?? {};
  const timers = workerTimers({ now: hook.now });
  const open =
    openPlayer ?? playerOpener(video, timers.now, workerPath ?? "/static/vendor/hls.worker.js");
  const { wrapPlayer, control } = hook;
  const conductor = new Conductor(
    {
      socket,
      grant,
      timers,
      control,
      store: storage,
      openPlayer: wrapPlayer ? wrapped(open, wrapPlayer) : open,
    },
    timers.close,
  );
  hook.onConductor?.(conductor);
  return conductor;
}

/**
 * @param {import('./loader.js').OpenPlayer} open
 * @param {(player: Player) => Player} wrapPlayer
 * @returns {import('./loader.js').OpenPlayer}
 */
function wrapped(open, wrapPlayer) {
  return async (kind, grant) => {
    const { player, profile } = await open(kind, grant);
    return { player: wrapPlayer(player), profile };
  };
}
