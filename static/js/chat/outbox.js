/** Words on their way to the room: sent once, sent again after a break with the same nonce, or given back with a reason. */

import { SocketError } from "../lib/socket.js";
import { t } from "../lib/words.js";

/** @typedef {import("./thread.js").Thread} Thread */
/** @typedef {import("../room/link.js").Link} Link */

/** Works without a secure context too, where crypto.randomUUID does not exist. */
export const newNonce = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

export class Outbox {
  /** @type {Set<string>} */
  #flying = new Set();

  /**
   * @param {Thread} thread
   * @param {Pick<Link, "request" | "on">} link
   * @param {() => void} changed
   */
  constructor(thread, link, changed) {
    this.thread = thread;
    this.link = link;
    this.changed = changed;
    link.on("open", () => this.#again());
  }

  /**
   * @param {string} body
   * @param {number | null} media_time
   * @param {import("../room/types.js").Quote | null} [reply] what it answers
   * @param {"me" | "roll"} [style]
   */
  send(body, media_time, reply = null, style = undefined) {
    const pending = {
      nonce: newNonce(),
      body,
      media_time,
      reply,
      ...(style ? { style } : {}),
      created_at: new Date().toISOString(),
      state: /** @type {const} */ ("sending"),
    };
    this.thread.sending(pending);
    this.changed();
    return this.#fly(pending.nonce);
  }

  /** @param {string} nonce */
  retry(nonce) {
    const pending = this.thread.unsent.find((one) => one.nonce === nonce);
    if (!pending) return undefined;
    this.thread.sending(pending);
    this.changed();
    return this.#fly(nonce);
  }

  /** @param {string} nonce */
  discard(nonce) {
    this.thread.discard(nonce);
    this.changed();
  }

  #again() {
    for (const { nonce, state } of this.thread.unsent) if (state === "sending") this.#fly(nonce);
  }

  /** @param {string} nonce */
  async #fly(nonce) {
    const pending = this.thread.unsent.find((one) => one.nonce === nonce);
    if (!pending || this.#flying.has(nonce)) return;
    this.#flying.add(nonce);
    const { body, media_time, reply, style } = pending;
    try {
      const ack = await this.link.request({
        type: "chat:send",
        body,
        nonce,
        ...(media_time === null ? {} : { media_time }),
        ...(reply ? { reply_to: reply.id } : {}),
        ...(style ? { style } : {}),
      });
      if (ack.message) this.#landed(nonce, ack.message);
    } catch (error) {
      this.#failed(nonce, /** @type {SocketError} */ (error));
    } finally {
      this.#flying.delete(nonce);
      this.changed();
    }
  }

  /**
   * The broadcast brings the message; the ack alone counts only where that was missed.
   * @param {string} nonce
   * @param {any} message
   */
  #landed(nonce, message) {
    if (this.thread.unsent.some((one) => one.nonce === nonce))
      this.thread.add({ ...message, nonce });
  }

  /**
   * Without a connection the words simply wait for it.
   * @param {string} nonce
   * @param {SocketError} error
   */
  #failed(nonce, error) {
    if (error.code === "offline") return;
    const slower = error.code === "too_many" || error.code === "rate_limited";
    this.thread.failed(nonce, slower ? slowerText(error.retryAfter) : error.message);
  }
}

/** @param {number | undefined} waitS */
const slowerText = (waitS) =>
  waitS
    ? t("That was quick. The room takes a few messages at a time. Try again in {n} s.", {
        n: Math.ceil(waitS),
      })
    : t("That was quick. The room takes a few messages at a time.");
