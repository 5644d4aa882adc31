/** The small socket of a person: friends, presence and notices, for every part of a page. */

import { http, renewSignIn } from "../lib/http.js";
import { Socket } from "../lib/socket.js";
import { Store } from "../lib/store.js";
import { apply, fromSnapshot } from "./state.js";

/** @typedef {import("./state.js").MeState} MeState */
/** @typedef {import("./state.js").Frame} Frame */
/** @typedef {{mine: ReadonlySet<string>, all: ReadonlySet<string>}} Hidden user ids: whom I blocked, and whose chat is hidden */

const PROTOCOL = 1;
/** A line over which nothing came for so long is asked whether it is alive. */
const PING_EVERY_MS = 30_000;

export class MeLine {
  /** @type {Store<MeState | null>} */
  state = new Store(/** @type {MeState | null} */ (null));
  /** @type {Store<Hidden>} */
  hidden = new Store(/** @type {Hidden} */ ({ mine: new Set(), all: new Set() }));
  /** @type {Set<(notice: import("./state.js").Notice) => void>} */
  #told = new Set();
  /** @type {Map<string, (frame: Frame) => void>} */
  #heard = new Map();

  /** @param {{open?: (url: string) => WebSocket}} [options] */
  constructor({ open } = {}) {
    this.socket = new Socket({
      url: () => `${location.origin.replace(/^http/u, "ws")}/ws/me/?v=${PROTOCOL}`,
      renewAccess: renewSignIn,
      open,
      onFrame: (frame) => this.#take(frame),
      onState: () => {},
    });
  }

  /** @param {AbortSignal} signal */
  connect(signal) {
    const ping = setInterval(() => this.socket.send({ type: "me:ping" }), PING_EVERY_MS);
    signal.addEventListener("abort", () => {
      clearInterval(ping);
      this.socket.close();
    });
    addEventListener("offline", () => this.socket.lost(), { signal });
    addEventListener("online", () => this.socket.retry(), { signal });
    document.addEventListener("visibilitychange", () => !document.hidden && this.socket.retry(), {
      signal,
    });
    this.socket.connect();
  }

  /** @param {(notice: import("./state.js").Notice) => void} listener each new notice @param {AbortSignal} signal */
  onNotice(listener, signal) {
    this.#told.add(listener);
    signal.addEventListener("abort", () => this.#told.delete(listener), { once: true });
  }

  /**
   * One listener a type of frame.
   * @param {string} type
   * @param {(frame: Frame) => void} listener
   */
  on(type, listener) {
    this.#heard.set(type, listener);
  }

  /** @param {string} userId whether their chat is not shown here */
  isHidden(userId) {
    return this.hidden.value.all.has(userId);
  }

  /** @param {{mine: string[], all: string[]}} known what the page came with */
  knowHidden({ mine, all }) {
    this.hidden.set({ mine: new Set(mine), all: new Set(all) });
  }

  /** Whose chat is hidden, as it is now. What cannot be had stays as it was. */
  async readHidden() {
    const page = await http.get("/api/friends/blocked/").catch(() => null);
    if (!page) return;
    const mine = page.results.map((/** @type {{user: {id: string}}} */ { user }) => user.id);
    this.knowHidden({ mine, all: page.hidden });
  }

  /** @param {Frame} frame */
  #take(frame) {
    if (frame.type === "me:snapshot") {
      if (this.state.value) void this.readHidden(); // it may have changed while nobody heard
      this.state.set(fromSnapshot(frame));
    } else if (frame.type === "auth:expiring") void this.#renew();
    else if (frame.type === "hidden:changed") void this.readHidden();
    else if (this.state.value) this.state.set(apply(this.state.value, frame));
    this.#heard.get(frame.type)?.(frame);
    if (frame.type === "notice:new") for (const listener of this.#told) listener(frame.notice);
  }

  async #renew() {
    try {
      const { ticket } = await http.post("/api/ws-ticket/");
      await this.socket.request({ type: "auth:renew", ticket });
    } catch {
      // The server closes with 4401 when the time is up; the reconnect renews the sign-in then.
    }
  }
}
