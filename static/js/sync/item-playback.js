/**
 * The film that is on: its player and the engine that keeps it in step, from opening to closing.
 * @module
 */
import { Engine } from "./engine.js";
import { LatencyBook } from "./latency.js";
import { ItemLoader } from "./loader.js";
import { OwnTracks } from "./own-tracks.js";
import { NO_TROUBLE } from "./trouble.js";

/** @typedef {import('./types.js').Timeline} Timeline */
/** @typedef {import('./types.js').Player} Player */
/** @typedef {import('./types.js').PlayerEvent} PlayerEvent */
/** @typedef {Record<string, number>} Counts */

/** @type {PlayerEvent[]} */
const NEWS = ["waiting", "playing", "seeked", "progress"];

export class ItemPlayback {
  /** @type {string|null} */
  itemId = null;
  /** As the server knows it. @type {number|null} */
  #durationS = null;
  /** The player gave up, or there is nothing to play from. */
  /** @type {import('./types.js').Trouble | null} */
  trouble = null;
  /** @type {Player|null} */
  player = null;
  /** @type {Engine|null} */
  engine = null;
  /** @type {LatencyBook|null} */
  latencies = null;
  profileName = "";
  #own;
  #clock;
  #timers;
  #events;
  #store;
  #control;
  #pace;
  #loader;
  #outputOffsetMs = 0;
  /** @type {Timeline|null} */
  #timeline = null;
  /** @type {Counts} of engines that are gone */
  #past = {};
  /** @type {(() => void)[]} */
  #unsubscribe = [];

  /**
   * @param {object} parts
   * @param {import('../lib/clock.js').ServerClock} parts.clock
   * @param {import('./types.js').Timers} parts.timers
   * @param {import('./emitter.js').Emitter} parts.events
   * @param {import('./types.js').Store|null} parts.store
   * @param {boolean} parts.control
   * @param {import('./own-pace.js').OwnPace} parts.pace
   * @param {(itemId: string) => Promise<import('./types.js').Grant>} parts.grant
   * @param {import('./loader.js').OpenPlayer} parts.openPlayer
   */
  constructor({ clock, timers, events, store, control, pace, grant, openPlayer }) {
    this.#clock = clock;
    this.#timers = timers;
    this.#events = events;
    this.#store = store;
    this.#own = new OwnTracks(store);
    this.#control = control;
    this.#pace = pace;
    const serverMs = () => clock.now();
    this.#loader = new ItemLoader({ grant, openPlayer, timers, serverMs, events });
    events.on("trouble", (trouble) => {
      this.trouble = trouble.code === null ? null : trouble;
    });
  }

  /**
   * Follow the room; another item closes the film and opens the next.
   * @param {Timeline|null} timeline
   */
  follow(timeline) {
    this.#timeline = timeline;
    const itemId = timeline?.item_id ?? null;
    if (itemId !== this.itemId) this.#change(itemId, timeline?.source ?? "");
    else this.engine?.follow(timeline);
  }

  /** As the server knows it; an address outside is as long as its player finds it. */
  get durationS() {
    const foundS = this.player?.durationS() ?? 0;
    return this.#durationS ?? (Number.isFinite(foundS) && foundS > 0 ? foundS : null);
  }

  /** @param {number} ms */
  set outputOffsetMs(ms) {
    this.#outputOffsetMs = ms;
    if (this.engine) this.engine.outputOffsetMs = ms;
  }

  /**
   * @param {import('./own-tracks.js').Kind} kind
   * @param {number} id
   */
  choose(kind, id) {
    if (this.player) this.#own.choose(this.player, kind, id);
  }

  toggleSubtitles() {
    if (this.player) this.#own.toggleSubtitles(this.player);
  }

  tick() {
    this.engine?.tick();
  }

  /** What was done for all films so far. @returns {Counts} */
  counts() {
    return added(this.#past, this.engine?.counts ?? {});
  }

  /** What the room's server is told of the film. */
  measured() {
    const { engine, player } = this;
    return {
      driftMs: engine?.driftMs ?? null,
      bufferedAheadS: player?.bufferedAheadS() ?? 0,
      heightPx: player?.heightPx() ?? 0,
    };
  }

  diagnostics() {
    const { engine, latencies, player } = this;
    return {
      ...this.counts(),
      phase: engine?.phase ?? "idle",
      stalled: engine?.stalled ?? false,
      startLatencyMs: latencies?.of("start") ?? null,
      seekLatencyMs: latencies?.of("seek") ?? null,
      profile: this.profileName,
      readyState: player?.readyState() ?? 0,
    };
  }

  close() {
    this.#letGo();
    this.#loader.close();
    this.itemId = null;
  }

  /** Of a player: the film was closed, or is opened once more after it failed. */
  #letGo() {
    this.#past = this.counts();
    for (const off of this.#unsubscribe.splice(0)) off();
    this.engine?.destroy();
    this.engine = this.player = this.#durationS = null;
  }

  /**
   * @param {string|null} itemId
   * @param {string} kind
   */
  #change(itemId, kind) {
    this.close();
    this.itemId = itemId;
    if (this.trouble) this.#events.emit("trouble", NO_TROUBLE);
    if (itemId === null) return;
    const wanted = { itemId, kind, startS: () => this.engine?.placeS ?? 0 };
    this.#loader.open(wanted, (opened, grant) => this.#opened(opened, grant.duration ?? null));
  }

  /**
   * @param {import('./loader.js').Opened} opened
   * @param {number|null} durationS
   */
  #opened({ player, profile }, durationS) {
    this.#letGo();
    this.player = player;
    this.#durationS = durationS;
    this.profileName = profile.name;
    this.latencies = new LatencyBook(profile.name, this.#store);
    const engine = new Engine({
      player,
      profile,
      timers: this.#timers,
      clock: this.#clock,
      latencies: this.latencies,
      events: this.#events,
      control: this.#control,
      pace: this.#pace,
      durationS,
    });
    engine.outputOffsetMs = this.#outputOffsetMs;
    this.engine = engine;
    this.#listen(player, engine);
    engine.follow(this.#timeline);
  }

  /**
   * @param {Player} player
   * @param {Engine} engine
   */
  #listen(player, engine) {
    const forward = NEWS.map((type) => player.on(type, () => engine.heard(type)));
    const tracks = () => {
      this.#own.follow(player);
      this.#events.emit("tracks");
    };
    this.#own.begin();
    this.#unsubscribe = [
      ...forward,
      player.on("tracks", tracks),
      player.on("trouble", (trouble) => this.#events.emit("trouble", trouble)),
    ];
  }
}

/**
 * @param {Counts} one
 * @param {Counts} other
 * @returns {Counts}
 */
function added(one, other) {
  const sum = { ...one };
  for (const [name, count] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
