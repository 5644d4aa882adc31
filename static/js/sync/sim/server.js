/**
 * A simulated room server: pongs, commands by appointment, the barrier, waiting for the slow.
 * @module
 */
import { positionAt } from "../timeline.js";

/** @typedef {import('../types.js').Timeline} Timeline */
/** @typedef {{send: (frame: any) => void, state: string, seq: number, rttMs: number}} Seat */

const LEAD_MS = 150;
const OVER_RTT_MS = 120;
const BARRIER_MS = 4000;

export class SimServer {
  #world;
  /** @type {Map<string, Seat>} */
  #seats = new Map();
  #seq = 1;
  /** @type {() => void} */
  #cancelBarrier = () => {};
  /** How far the server's clock is from true time, ms. */
  offsetMs = 1_700_000_000_000;
  wait = false;
  graceMs = 500;
  /** @type {Timeline} */
  timeline = {
    item_id: "film",
    source: "video",
    paused: true,
    position: 0,
    rate: 1,
    at: 0,
    hold: null,
    seq: 1,
  };

  /** @param {import('./world.js').World} world */
  constructor(world) {
    this.#world = world;
  }

  now() {
    return this.#world.now + this.offsetMs;
  }

  /**
   * @param {string} id
   * @param {(frame: any) => void} send
   */
  join(id, send) {
    this.#seats.set(id, { send, state: "new", seq: 0, rttMs: 0 });
    send({
      type: "room:snapshot",
      epoch: "one",
      seq: this.#seq,
      server_time: this.now(),
      timeline: this.timeline,
    });
  }

  /** What a player's last status said. @param {string} id */
  heardOf(id) {
    return this.#seats.get(id)?.state;
  }

  /**
   * @param {string} id
   * @param {any} frame
   */
  receive(id, frame) {
    const seat = /** @type {Seat} */ (this.#seats.get(id));
    if (frame.type === "sync:ping")
      seat.send({ type: "sync:pong", t0: frame.t0, t1: this.now(), t2: this.now() });
    else if (frame.type === "sync:status") this.#status(id, seat, frame);
    else this.command(frame.type.slice(5), frame);
  }

  /**
   * @param {string} action
   * @param {{position?: number, rate?: number, item_id?: string}} [value]
   */
  command(action, { position, rate, item_id } = {}) {
    const now = this.now();
    const here = positionAt(this.timeline, now);
    const going = !this.timeline.paused || this.timeline.hold?.resume === true;
    const at = this.#appointment();
    if (action === "play") this.#settle("play", position ?? here, true);
    else if (action === "pause")
      this.#set(action, { paused: true, hold: null, at, position: positionAt(this.timeline, at) });
    else if (action === "seek") this.#barrier("seek", position ?? 0, going);
    else if (action === "rate")
      this.#set(action, { rate, at, position: positionAt(this.timeline, at) });
    else if (action === "load") {
      this.timeline = { ...this.timeline, item_id: item_id ?? null };
      this.#barrier("load", 0, going);
    }
  }

  #counted() {
    return [...this.#seats.values()].filter(({ state }) => !["new", "detached"].includes(state));
  }

  #allReady() {
    return this.#counted().every(({ state, seq }) => state === "ready" && seq >= this.timeline.seq);
  }

  #appointment() {
    const rtts = [...this.#seats.values()].map(({ rttMs }) => rttMs).sort((a, b) => a - b);
    const p90 = rtts[Math.max(0, Math.ceil(rtts.length * 0.9) - 1)] ?? 0;
    return this.now() + Math.max(LEAD_MS, p90 + OVER_RTT_MS);
  }

  /**
   * @param {string} action
   * @param {number} position
   * @param {boolean} resume
   */
  #settle(action, position, resume) {
    if (this.#allReady())
      this.#set(action, { paused: false, hold: null, position, at: this.#appointment() });
    else this.#barrier(action, position, resume);
  }

  /**
   * @param {string} action
   * @param {number} position
   * @param {boolean} resume
   */
  #barrier(action, position, resume) {
    if (!this.#counted().length) {
      this.#set(action, { paused: !resume, hold: null, position, at: this.#appointment() });
      return;
    }
    const hold = { reason: /** @type {const} */ ("ready"), by: [], since: this.now(), resume };
    this.#set(action, { paused: true, position, at: this.now(), hold });
    this.#cancelBarrier = this.#world.at(this.#world.now + BARRIER_MS, () => this.#release());
  }

  /**
   * @param {string} id
   * @param {Seat} seat
   * @param {any} frame
   */
  #status(id, seat, { state, seq, rtt_ms }) {
    Object.assign(seat, { state, seq, rttMs: rtt_ms });
    const { hold } = this.timeline;
    if (hold?.reason === "ready" && this.#allReady()) this.#release();
    if (hold?.reason === "buffering" && this.#counted().every((one) => one.state !== "buffering"))
      this.#release();
    if (this.wait && state === "buffering" && !this.timeline.paused)
      this.#world.at(this.#world.now + this.graceMs, () => this.#holdFor(id, seat));
  }

  /**
   * @param {string} id
   * @param {Seat} seat
   */
  #holdFor(id, seat) {
    if (seat.state !== "buffering" || this.timeline.paused) return;
    const at = this.#appointment();
    const hold = {
      reason: /** @type {const} */ ("buffering"),
      by: [id],
      since: this.now(),
      resume: true,
    };
    this.#set("hold", { paused: true, at, position: positionAt(this.timeline, at), hold });
  }

  #release() {
    this.#cancelBarrier();
    const { hold } = this.timeline;
    if (!hold) return;
    this.#set("release", { paused: !hold.resume, hold: null, at: this.#appointment() });
  }

  /**
   * @param {string} action
   * @param {Partial<Timeline>} change
   */
  #set(action, change) {
    this.#cancelBarrier();
    this.#seq += 1;
    this.timeline = { ...this.timeline, ...change, seq: this.#seq };
    for (const { send } of this.#seats.values())
      send({ type: "sync:command", action, by: null, seq: this.#seq, timeline: this.timeline });
  }
}
