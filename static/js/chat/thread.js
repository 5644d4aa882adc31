/** The chat as one thread: what was said, what people did, and what is still on its way. Pure. */

import { takenBack } from "../room/messages.js";
import { Chunks } from "./chunks.js";

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {import("../room/types.js").Person} Person */
/** @typedef {import("./parts.js").Drawn} Drawn */
/** @typedef {import("./rows.js").Pending} Pending */

export class Thread {
  #chunks = new Chunks();
  /** @type {Map<string, Message>} */
  #messages = new Map();
  /** @type {Map<string, Pending>} */
  #pending = new Map();
  /** @type {ReadonlySet<string>} user ids whose words are not shown */
  #hidden = new Set();

  get empty() {
    return this.#messages.size + this.#pending.size === 0;
  }

  /** @returns {Message | null} the first one that is known, where older ones are asked from */
  get oldest() {
    return this.#chunks.first;
  }

  /** @returns {Message | null} the last one that was said or done */
  get newest() {
    return this.#chunks.last;
  }

  /** Every message in order, a hole or not. */
  get all() {
    return this.#chunks.all;
  }

  /** @returns {Message | null} the first one behind the hole, where missing ones are asked from */
  get behindGap() {
    return this.#chunks.behindGap;
  }

  /** @param {ReadonlySet<string>} userIds whose words are not shown from now on; others' are again */
  hide(userIds) {
    this.#hidden = userIds;
    for (const message of [...this.#messages.values()])
      if (this.#seen(message) !== message) this.#replace(message);
  }

  /**
   * @param {import("./guard.js").Veils} veils whose words are not to be read yet
   * @returns {boolean} whether that is another than before for any
   */
  veil(veils) {
    let changed = false;
    for (const message of [...this.#messages.values()]) {
      const veiled = veils(message);
      const quoted = message.reply && veils({ ...message.reply, kind: "text" });
      const same = Boolean(message.veiled) === veiled;
      if (same && (!message.reply || Boolean(message.reply.veiled) === quoted)) continue;
      const reply = message.reply && { ...message.reply, veiled: Boolean(quoted) };
      this.edit(message.id, { veiled, ...(reply ? { reply } : {}) });
      changed = true;
    }
    return changed;
  }

  /** @param {Message} message what people did is told of everybody */
  #isHidden({ kind, author }) {
    return kind !== "system" && this.#hidden.has(author?.id ?? "");
  }

  /** The same message where nothing about it, or about what it answers, is hidden otherwise. @param {Message} message */
  #seen(message) {
    const { reply } = message;
    const hidden = this.#isHidden(message);
    const quoteHidden = this.#hidden.has(reply?.author?.id ?? "");
    if (Boolean(message.hidden) === hidden && Boolean(reply?.hidden) === quoteHidden)
      return message;
    return { ...message, hidden, reply: reply && { ...reply, hidden: quoteHidden } };
  }

  /** @param {Message[]} messages the newest ones */
  add(...messages) {
    for (const message of messages) this.#take(message, (one) => this.#chunks.append(one));
  }

  /** @param {Message[]} messages a page of history, newest last, older than everything here */
  prepend(...messages) {
    this.#chunks.prepend(this.#fresh(messages));
  }

  /**
   * A page of what the hole lacks. It closes where the page reaches what was known.
   * @param {Message[]} messages newest last
   * @param {boolean} first whether the room has none before them
   */
  fill(messages, first) {
    const reaches = this.#compare(messages);
    this.#chunks.fill(this.#fresh(messages), reaches || first);
  }

  /**
   * What was known and is not told any more was taken back while nobody here could hear of it.
   * @param {Message[]} told a stretch without a hole, behind or over the end of what was known
   * @returns {boolean} whether it reaches back to what was known
   */
  #compare(told) {
    const ids = new Set(told.map(({ id }) => id));
    const { front } = this.#chunks;
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
    const known = this.#messages.get(message.id);
    if (known) this.edit(message.id, message);
    else {
      const placed = this.#seen(message);
      this.#messages.set(message.id, placed);
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
    return this.#forget(this.#chunks.cut(most, this.#messages.size));
  }

  /** @param {Message[]} gone */
  #forget(gone) {
    for (const { id } of gone) this.#messages.delete(id);
    return gone.length > 0;
  }

  /** After a gap nobody can fill: start from what the server tells now. */
  forget() {
    this.#messages.clear();
    this.#chunks.clear();
  }

  /**
   * After a gap, for somebody who reads further back: what they read stays, and where the newest
   * ones do not reach back to it, a hole is between them. There is one at most.
   * @param {Message[]} newest
   */
  goOn(newest) {
    this.#forget(this.#chunks.dropBehindGap());
    if (!this.oldest || newest.some(({ id }) => id === this.oldest?.id)) this.forget();
    const [first, ...rest] = newest;
    if (!first) return;
    const reaches = this.#compare(newest);
    this.#take(first, (one) => this.#chunks.append(one, !reaches));
    this.add(...rest);
  }

  /**
   * @param {string} id
   * @param {Partial<Message>} change
   */
  edit(id, change) {
    const message = this.#messages.get(id);
    if (message) this.#replace({ ...message, ...change });
  }

  /** @param {(message: Message) => Message} change the same message where it says nothing of it */
  change(change) {
    for (const message of this.#messages.values()) {
      const changed = change(message);
      if (changed !== message) this.#replace(changed);
    }
  }

  /** @param {Message} message */
  #replace(message) {
    const changed = this.#seen(message);
    this.#messages.set(changed.id, changed);
    this.#chunks.replace(changed);
  }

  /** Its words go at once; that there were some stays to be seen. @param {string} id */
  delete(id) {
    const gone = { deleted: true, body: "", media_time: null, reactions: [], pinned: false };
    this.edit(id, gone);
    this.change(takenBack(id));
  }

  /** @param {string | null} id the first message that is new to the reader: a line stands before it */
  mark(id) {
    this.#chunks.mark(id);
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

  /** @param {string} id */
  message(id) {
    return this.#messages.get(id);
  }

  /**
   * Everything in order, in chunks; a chunk in which nothing changed has the same rows again.
   * @param {Person} me
   * @returns {Drawn[]}
   */
  chunks(me) {
    return this.#chunks.drawn(me, this.unsent);
  }
}
