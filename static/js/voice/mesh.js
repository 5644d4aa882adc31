/**
 * Everybody to everybody: one connection a pair, watched over and rebuilt where it does not come
 * about. A call does not need the room's socket once it stands.
 * @module
 */
import { Pair } from "./pair.js";
import { qualityOf } from "./quality.js";

/** @typedef {import("./types.js").Peer} Peer */
/** @typedef {import("./types.js").Signal} Signal */
/** @typedef {import("./types.js").VoiceBackend} VoiceBackend */
/**
 * @typedef {object} Link one other person
 * @property {Pair} pair
 * @property {boolean} offers
 * @property {number} failures since it was connected the last time
 * @property {any} watch
 * @property {import("./quality.js").Counts} counts
 */
/**
 * @typedef {object} MeshOptions
 * @property {string} session our own name in this call
 * @property {(frame: {to: string, epoch: number, description?: any, candidate?: any}) => void} send
 * @property {(session: string, track: MediaStreamTrack) => void} onTrack
 * @property {(session: string, state: import("./types.js").PairState) => void} onState
 * @property {RTCConfiguration} ice
 * @property {(configuration: RTCConfiguration) => RTCPeerConnection} [open]
 */

/** Not connected by then: built anew. The polite side waits longer, so that one begins. */
const CONNECT_MS = 10_000;
const POLITE_EXTRA_MS = 3_000;
/** Wires hiccup; after this a new way is looked for. */
const DISCONNECTED_MS = 3_000;
/** So many new ways in vain, and the pair is built anew. */
const RESTARTS = 2;

/** @implements {VoiceBackend} */
export class Mesh {
  /** @type {Map<string, Link>} */
  #links = new Map();
  #options;
  #ice;
  /** @type {MediaStreamTrack | null} */
  #track = null;

  /** @param {MeshOptions} options */
  constructor(options) {
    this.#options = options;
    this.#ice = options.ice;
  }

  /**
   * @param {Peer[]} peers
   * @param {{again: boolean}} how `again`: our line was lost meanwhile, and with it perhaps offers
   */
  meet(peers, { again }) {
    for (const { session } of peers) {
      const link = this.#links.get(session);
      if (!link) this.#build(session, { offers: true, epoch: again ? this.#nextEpoch() : 0 });
      else if (link.pair.state !== "connected") this.#rebuild(session);
    }
    const here = new Set(peers.map(({ session }) => session));
    if (again)
      for (const session of [...this.#links.keys()]) if (!here.has(session)) this.drop(session);
  }

  /** @param {Peer} peer */
  await({ session }) {
    if (!this.#links.has(session)) this.#build(session, { offers: false, epoch: 0 });
  }

  /** @param {string} session */
  drop(session) {
    const link = this.#links.get(session);
    if (!link) return;
    this.#links.delete(session);
    clearTimeout(link.watch);
    link.pair.close();
  }

  /** @param {Signal} signal */
  signal(signal) {
    const known = this.#links.get(signal.from);
    if (known && signal.epoch < known.pair.epoch) return; // of a connection that is no more
    if (!known || signal.epoch > known.pair.epoch)
      this.#build(signal.from, { offers: false, epoch: signal.epoch });
    void this.#links.get(signal.from)?.pair.take(signal);
  }

  /** @param {MediaStreamTrack | null} track */
  async send(track) {
    this.#track = track;
    await Promise.all([...this.#links.values()].map(({ pair }) => pair.replace(track)));
  }

  /** @param {RTCConfiguration} ice */
  configure(ice) {
    const policy = this.#ice.iceTransportPolicy;
    this.#ice = ice;
    for (const [session, { pair }] of [...this.#links])
      if (ice.iceTransportPolicy === policy) pair.configure(ice);
      else this.#rebuild(session);
  }

  heard() {
    return [...this.#links].map(([session, { pair }]) => ({ session, level: pair.hear() }));
  }

  async quality() {
    /** @type {Map<string, import("./quality.js").Quality>} */
    const found = new Map();
    for (const [session, link] of this.#links) {
      const { quality, counts } = qualityOf(await link.pair.stats(), link.counts);
      link.counts = counts;
      found.set(session, quality);
    }
    return found;
  }

  /** @param {string} session */
  stateOf(session) {
    return this.#links.get(session)?.pair.state ?? "closed";
  }

  close() {
    for (const session of [...this.#links.keys()]) this.drop(session);
  }

  /** A higher number beats whatever others began with us in vain. */
  #nextEpoch() {
    return 1 + Math.max(0, ...[...this.#links.values()].map(({ pair }) => pair.epoch));
  }

  /**
   * @param {string} session
   * @param {{offers: boolean, epoch: number, failures?: number}} how
   */
  #build(session, { offers, epoch, failures = 0 }) {
    this.drop(session);
    const pair = new Pair({
      polite: this.#isPolite(session),
      offers,
      epoch,
      ice: this.#ice,
      track: this.#track,
      open: this.#options.open,
      send: (fields) => this.#options.send({ to: session, epoch, ...plain(fields) }),
      onTrack: (track) => this.#options.onTrack(session, track),
      onState: () => this.#look(session),
    });
    this.#links.set(session, {
      pair,
      offers,
      failures,
      watch: this.#later(session, CONNECT_MS + (this.#isPolite(session) ? POLITE_EXTRA_MS : 0)),
      counts: { lost: 0, received: 0 },
    });
    this.#options.onState(session, "connecting");
  }

  /** Both sides compare the same two names. @param {string} session */
  #isPolite(session) {
    return this.#options.session < session;
  }

  /** @param {string} session */
  #rebuild(session) {
    const link = this.#links.get(session);
    if (link) this.#build(session, { offers: true, epoch: link.pair.epoch + 1 });
  }

  /** @param {string} session @param {number} ms */
  #later(session, ms) {
    return setTimeout(() => this.#overdue(session), ms);
  }

  /** The connection went into another state. @param {string} session */
  #look(session) {
    const link = this.#links.get(session);
    if (!link) return;
    const { state } = link.pair;
    if (state === "connected") {
      clearTimeout(link.watch);
      link.failures = 0;
      this.#options.onState(session, "connected");
    } else if (state === "disconnected" || state === "failed") {
      clearTimeout(link.watch);
      link.watch = this.#later(session, state === "failed" ? 0 : DISCONNECTED_MS);
      this.#options.onState(session, "lost");
    }
  }

  /** Still not connected when its time was over. @param {string} session */
  #overdue(session) {
    const link = this.#links.get(session);
    if (!link || link.pair.state === "connected") return;
    const never = link.pair.state === "new" || link.pair.state === "connecting";
    link.failures += 1;
    if (never || link.failures > RESTARTS) return this.#rebuild(session);
    link.pair.restart();
    link.watch = this.#later(session, CONNECT_MS);
  }
}

/**
 * What travels: plain data, without what the server does not know.
 * @param {{description?: RTCSessionDescription, candidate?: RTCIceCandidate | null}} fields
 */
function plain({ description, candidate }) {
  if (description) return { description: { type: description.type, sdp: description.sdp } };
  if (!candidate) return { candidate: null };
  const { candidate: line, sdpMid, sdpMLineIndex, usernameFragment } = candidate;
  return { candidate: { candidate: line, sdpMid, sdpMLineIndex, usernameFragment } };
}
