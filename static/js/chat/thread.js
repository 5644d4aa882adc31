/** The chat as one thread: what was said, what people did, and what is still on its way. Pure. */

import { Said } from "./said.js";

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {import("../room/types.js").Person} Person */
/** @typedef {import("./parts.js").Drawn} Drawn */
/** @typedef {import("./rows.js").Pending} Pending */

export class Thread extends Said {
  /** @type {Map<string, Pending>} */
  #pending = new Map();

  get empty() {
    return this.known.size + this.#pending.size === 0;
  }

  /** @param {Message[]} messages the newest ones */
  add(...messages) {
    for (const message of messages) this.#take(message, (one) => this.order.append(one));
  }

  /** @param {Message[]} messages a page of history, newest last, older than everything here */
  prepend(...messages) {
    this.order.prepend(this.#fresh(messages));
  }

  /**
   * A page of what the hole lacks. It closes where the page reaches what was known.
   * @param {Message[]} messages newest last
   * @param {boolean} first whether the room has none before them
   */
  fill(messages, first) {
    const reaches = this.#compare(messages);
    this.order.fill(this.#fresh(messages), reaches || first);
  }

  /**
   * What was known and is not told any more was taken back while nobody here could hear of it.
   * @param {Message[]} told a stretch without a hole, behind or over the end of what was known
   * @returns {boolean} whether it reaches back to what was known
   */
  #compare(told) {
    const ids = new Set(told.map(({ id }) => id));
    const { front } = this.order;
    const from = front.findIndex(({ id }) => ids.has(id));
    if (from < 0) return false;
    for (const { id } of front.slice(from)) if (!ids.has(id)) this.delete(id);
    return true;
  }

  /** @param {Message[]} messages @returns {Message[]} those that stand nowhere yet */
  #fresh(messages) {
    /** @type {Message[]} */
    const fresh = [];
    for (const message of messages) this.#take(message, (one) => fresh.push(one));
    return fresh;
  }

  /**
   * @param {Message} message
   * @param {(message: Message) => void} place where it is a new one
   */
  #take(message, place) {
    const known = this.known.get(message.id);
    if (known) this.edit(message.id, message);
    else {
      const placed = this.seen(message);
      this.known.set(message.id, placed);
      place(placed);
    }
    if (message.nonce) this.#pending.delete(message.nonce);
  }

  /**
   * Lets go of the oldest messages, some at a time.
   * @param {number} most how many stay at least
   * @returns {boolean} whether any went
   */
  cut(most) {
    return this.#forget(this.order.cut(most, this.known.size));
  }

  /** @param {Message[]} gone */
  #forget(gone) {
    for (const { id } of gone) this.known.delete(id);
    return gone.length > 0;
  }

  /** After a gap nobody can fill: start from what the server tells now. */
  forget() {
    this.known.clear();
    this.order.clear();
  }

  /**
   * After a gap, for somebody who reads further back: what they read stays, and where the newest
   * ones do not reach back to it, a hole is between them. There is one at most.
   * @param {Message[]} newest
   */
  goOn(newest) {
    this.#forget(this.order.dropBehindGap());
    if (!this.oldest || newest.some(({ id }) => id === this.oldest?.id)) this.forget();
    const [first, ...rest] = newest;
    if (!first) return;
    const reaches = this.#compare(newest);
    this.#take(first, (one) => this.order.append(one, !reaches));
    this.add(...rest);
  }

  /** @param {Pending} pending */
  sending(pending) {
    this.#pending.set(pending.nonce, { ...pending, state: "sending", reason: undefined });
  }

  /**
   * @param {string} nonce
   * @param {string} reason
   */
  failed(nonce, reason) {
    const pending = this.#pending.get(nonce);
    if (pending) this.#pending.set(nonce, { ...pending, state: "failed", reason });
  }

  /** @param {string} nonce */
  discard(nonce) {
    this.#pending.delete(nonce);
  }

  /** @returns {Pending[]} */
  get unsent() {
    return [...this.#pending.values()];
  }

  /**
   * Everything in order, in chunks; a chunk in which nothing changed has the same rows again.
   * @param {Person} me
   * @returns {Drawn[]}
   */
  chunks(me) {
    return this.order.drawn(me, this.unsent);
  }
}
