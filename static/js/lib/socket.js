/** One websocket that comes back by itself: frames out with answers, frames in, and how it stands. */

import { backoffMs, meaningOf } from "./closing.js";
import { t } from "./words.js";

/** @typedef {Record<string, any> & {type: string}} Frame */
/**
 * @typedef {object} LinkState
 * @property {"connecting" | "live" | "reconnecting" | "updating" | "offline" | "replaced" | "ended" | "closed"} name
 * @property {number} [retryAt] when the next try comes, on the `now` clock
 * @property {"signed-out" | "removed" | "gone" | "outdated" | "full"} [why]
 */
/** @typedef {{resolve: (ack: Frame) => void, reject: (error: SocketError) => void, timer: any}} Waiting */

/** After so many failed tries in a row the chip says Offline instead of counting down. */
const OFFLINE_AFTER = 5;
const ANSWER_TIMEOUT_MS = 10_000;
/** A try that has brought no frame after so long has failed: some networks swallow handshakes. */
const TRY_TIMEOUT_MS = 10_000;
/** A try this old may hang: when another one is worth it, it takes its place. */
const TRY_FRESH_MS = 2_000;
/** Something was sent and nothing at all came back for so long: the line is dead, whatever TCP believes. */
const SILENCE_MS = 12_000;
const WATCH_EVERY_MS = 2_000;
const OPEN = 1;
/** States that only a person ends. */
const LASTING = new Set(["closed", "ended", "replaced"]);

export class SocketError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {number} [retryAfter] seconds
   */
  constructor(code, message, retryAfter) {
    super(message);
    this.name = "SocketError";
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

export class Socket {
  /** @type {WebSocket | null} */
  #ws = null;
  /** @type {Map<string, Waiting>} */
  #waiting = new Map();
  /** @type {LinkState} */
  #state = { name: "closed" };
  #attempt = 0;
  #refs = 0;
  #renew = false;
  #renewals = 0;
  /** @type {any} */
  #retryTimer = null;
  /** @type {any} */
  #watchTimer = null;
  /** @type {any} */
  #tryTimer = null;
  #triedAt = Number.NEGATIVE_INFINITY;
  /** @type {number | null} */
  #askedAt = null;

  /**
   * @param {object} options
   * @param {() => string} options.url asked before each try
   * @param {(frame: Frame) => void} options.onFrame
   * @param {(state: LinkState) => void} options.onState
   * @param {() => Promise<boolean>} [options.renewAccess] renews an expired sign-in; false when it is over for good
   * @param {(url: string) => WebSocket} [options.open]
   * @param {() => number} [options.now] ms
   * @param {() => number} [options.random]
   */
  constructor({ url, onFrame, onState, renewAccess, open, now, random }) {
    this.url = url;
    this.onFrame = onFrame;
    this.onState = onState;
    this.renewAccess = renewAccess ?? (async () => false);
    this.open = open ?? ((address) => new WebSocket(address));
    this.now = now ?? (() => performance.now());
    this.random = random ?? Math.random;
  }

  get state() {
    return this.#state;
  }

  get live() {
    return this.#state.name === "live";
  }

  /** Wanted here, wherever else the room is open. */
  connect() {
    if (this.#ws) return;
    this.#attempt = 0;
    this.#enter({ name: "connecting" });
    this.#try();
  }

  /** Try at once: it may be worth it now. What another tab took over stays there. */
  retry() {
    if (this.live || LASTING.has(this.#state.name)) return;
    if (this.now() - this.#triedAt >= TRY_FRESH_MS) this.#drop(1000);
    this.connect();
  }

  /** For good, until `connect()`. */
  close() {
    this.#enter({ name: "closed" });
    this.#drop(1000);
  }

  /** The network went away: say so now instead of waiting for the silence. */
  lost() {
    if (LASTING.has(this.#state.name)) return;
    this.#drop(4000);
    this.#enter({ name: "offline" });
    this.#later(0);
  }

  /**
   * @param {Frame} frame
   * @returns {boolean} whether it went out
   */
  send(frame) {
    if (this.#ws?.readyState !== OPEN) return false;
    this.#askedAt ??= this.now();
    this.#ws.send(JSON.stringify(frame));
    return true;
  }

  /**
   * Send and wait for the answer.
   * @param {Frame} frame
   * @param {number} [timeoutMs]
   * @returns {Promise<Frame>} the ack; rejects with SocketError
   */
  request(frame, timeoutMs = ANSWER_TIMEOUT_MS) {
    const ref = `r${++this.#refs}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () =>
          this.#settle(
            ref,
            null,
            new SocketError("no_answer", t("The server did not answer. Try again.")),
          ),
        timeoutMs,
      );
      this.#waiting.set(ref, { resolve, reject, timer });
      if (!this.send({ ...frame, ref }))
        this.#settle(ref, null, new SocketError("offline", t("You are not connected just now.")));
    });
  }

  async #try() {
    clearTimeout(this.#retryTimer);
    if (this.#renew) {
      const renewed = await this.renewAccess().catch(() => true);
      if (!renewed) return this.#enter({ name: "ended", why: "signed-out" });
      this.#renew = false;
      this.#renewals += 1;
    }
    if (this.#ws || this.#state.name === "closed") return;
    const ws = this.open(this.url());
    this.#ws = ws;
    this.#triedAt = this.now();
    this.#tryTimer = setTimeout(() => this.#closed(1006), TRY_TIMEOUT_MS);
    ws.addEventListener("message", (event) => this.#ws === ws && this.#receive(event.data));
    ws.addEventListener("close", (event) => this.#ws === ws && this.#closed(event.code));
  }

  /** @param {string} text */
  #receive(text) {
    this.#askedAt = null;
    const frame = /** @type {Frame} */ (JSON.parse(text));
    if (!this.live) this.#opened();
    if (frame.type === "ack") return this.#settle(frame.ref, frame, null);
    if (frame.type === "error" && frame.ref) {
      return this.#settle(
        frame.ref,
        null,
        new SocketError(frame.code, frame.message, frame.retry_after),
      );
    }
    this.onFrame(frame);
  }

  /** The first frame, not the handshake, says that the server let us in: refusals close after accepting. */
  #opened() {
    this.#attempt = 0;
    this.#renewals = 0;
    clearTimeout(this.#tryTimer);
    this.#watchTimer = setInterval(() => this.#watch(), WATCH_EVERY_MS);
    this.#enter({ name: "live" });
  }

  #watch() {
    if (this.#askedAt === null || this.now() - this.#askedAt < SILENCE_MS) return;
    this.#drop(4000);
    this.#closed(1006);
  }

  /** @param {number} code */
  #closed(code) {
    this.#drop(1000);
    const { state, why, renew, floorMs } = meaningOf(code);
    if (state === "ended" || state === "replaced") return this.#enter({ name: state, why });
    if (renew && this.#renewals > 0) return this.#enter({ name: "ended", why: "signed-out" });
    this.#renew ||= renew ?? false;
    const waitMs = backoffMs(this.#attempt++, this.random(), floorMs);
    const name = this.#attempt > OFFLINE_AFTER ? "offline" : state;
    this.#enter({ name, retryAt: this.now() + waitMs });
    this.#later(waitMs);
  }

  /** @param {number} waitMs */
  #later(waitMs) {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(
      () => this.#try(),
      waitMs || backoffMs(OFFLINE_AFTER, this.random()),
    );
  }

  /** @param {number} code */
  #drop(code) {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#tryTimer);
    clearInterval(this.#watchTimer);
    const ws = this.#ws;
    this.#ws = null;
    this.#askedAt = null;
    ws?.close(code);
    for (const ref of [...this.#waiting.keys()])
      this.#settle(
        ref,
        null,
        new SocketError("offline", t("The connection broke before the answer came.")),
      );
  }

  /**
   * @param {string} ref
   * @param {Frame | null} ack
   * @param {SocketError | null} error
   */
  #settle(ref, ack, error) {
    const waiting = this.#waiting.get(ref);
    if (!waiting) return;
    this.#waiting.delete(ref);
    clearTimeout(waiting.timer);
    if (ack) waiting.resolve(ack);
    else waiting.reject(/** @type {SocketError} */ (error));
  }

  /** @param {LinkState} state */
  #enter(state) {
    this.#state = state;
    this.onState(state);
  }
}
