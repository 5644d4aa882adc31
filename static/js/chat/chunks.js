/**
 * The messages of a thread in chunks, so that a new one is the same work in a long thread as in a
 * short one: rows are made again only for the chunk something changed in. A group stays in one
 * chunk, so chunks end between groups where they can. Pure.
 */

import { isFull, partsOf } from "./parts.js";
import { dayOf, joins, rowsOf } from "./rows.js";

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {import("../room/types.js").Person} Person */
/** @typedef {import("./rows.js").Pending} Pending */
/** @typedef {import("./parts.js").Drawn} Drawn */
/** @typedef {import("./parts.js").Chunk} Chunk */

/** Chunks in a block: what a frame costs grows with the blocks there are, not with the chunks. */
const BLOCK = 16;

export class Chunks {
  /** @type {Chunk[]} */
  #chunks = [];
  #made = 0;
  /** @type {string | null} */
  #mark = null;

  get first() {
    return this.#chunks[0]?.messages[0] ?? null;
  }

  get last() {
    return this.#chunks.at(-1)?.messages.at(-1) ?? null;
  }

  get all() {
    return this.#chunks.flatMap(({ messages }) => messages);
  }

  /** @param {string | null} id the message before which a line says that it is new */
  mark(id) {
    if (id === this.#mark) return;
    for (const chunk of this.#chunks)
      if (chunk.messages.some((one) => one.id === id || one.id === this.#mark)) chunk.rows = null;
    this.#mark = id;
  }

  /** The first message behind the hole, where there is one. */
  get behindGap() {
    return this.#chunks.find(({ gap }) => gap)?.messages[0] ?? null;
  }

  /** Every message in front of the hole, or all of them. */
  get front() {
    const at = this.#chunks.findIndex(({ gap }) => gap);
    return this.#chunks.slice(0, at < 0 ? undefined : at).flatMap(({ messages }) => messages);
  }

  clear() {
    this.#chunks = [];
  }

  /**
   * @param {Message} message the newest one
   * @param {boolean} [gap] others are missing in front of it
   */
  append(message, gap = false) {
    const last = this.#chunks.at(-1);
    if (!last || gap || isFull(last.messages, message))
      return this.#insert(this.#chunks.length, [message], gap && Boolean(last));
    last.rows = null;
    return last.messages.push(message);
  }

  /** @param {Message[]} messages older than all others, in order */
  prepend(messages) {
    this.#insert(0, messages);
  }

  /**
   * @param {Message[]} messages that were missing, in order
   * @param {boolean} closed whether no more are
   */
  fill(messages, closed) {
    const at = this.#chunks.findIndex(({ gap }) => gap);
    if (at < 0) return;
    this.#chunks[at].gap = false;
    this.#insert(at, messages, !closed);
  }

  /** Everything behind the hole goes; nothing is missing any more. */
  dropBehindGap() {
    const at = this.#chunks.findIndex(({ gap }) => gap);
    return at < 0 ? [] : this.#chunks.splice(at).flatMap(({ messages }) => messages);
  }

  /** @param {Message} message with other words, standing where it stood */
  replace(message) {
    for (const chunk of this.#chunks) {
      const at = chunk.messages.findIndex(({ id }) => id === message.id);
      if (at < 0) continue;
      chunk.messages[at] = message;
      chunk.rows = null;
    }
  }

  /**
   * The oldest chunks go, one at a time: letting go of thousands at once would be felt.
   * @param {number} most how many messages stay at least
   * @param {number} count of all messages
   * @returns {Message[]} what went
   */
  cut(most, count) {
    const first = this.#chunks[0];
    if (!first || count - first.messages.length < most) return [];
    this.#chunks.shift();
    if (this.#chunks[0]) this.#chunks[0].gap = false;
    return first.messages;
  }

  /**
   * @param {Person} me
   * @param {Pending[]} pending
   * @returns {Drawn[]}
   */
  drawn(me, pending) {
    let since = "";
    const drawn = this.#chunks.map((chunk) => {
      const { key, block, gap, messages } = chunk;
      if (!chunk.rows || chunk.since !== since) {
        chunk.rows = rowsOf(messages, [], me, since, this.#mark);
        chunk.since = since;
        chunk.until = dayOf(/** @type {Message} */ (messages.at(-1)).created_at);
      }
      const before = since;
      since = chunk.until;
      return { key, block, gap, rows: chunk.rows, before, messages };
    });
    const last = drawn.at(-1);
    if (!pending.length) return drawn;
    if (!last) return [{ key: "c", block: "b", gap: false, rows: rowsOf([], pending, me, "") }];
    last.rows = rowsOf(last.messages, pending, me, last.before, this.#mark);
    return drawn;
  }

  /**
   * In front of a chunk, which gives up the words that go on a group of theirs.
   * @param {number} at
   * @param {Message[]} messages
   * @param {boolean} [gap] others are missing in front of them
   */
  #insert(at, messages, gap = false) {
    const next = this.#chunks[at];
    const all = [...messages];
    while (
      all.length &&
      next?.messages.length &&
      joins(/** @type {Message} */ (all.at(-1)), next.messages[0])
    ) {
      all.push(/** @type {Message} */ (next.messages.shift()));
      next.rows = null;
    }
    const parts = partsOf(all);
    // What comes into a hole later stands between blocks, never within one.
    const block = this.#blockFor(next ?? (gap ? undefined : this.#chunks[at - 1]), parts.length);
    const made = parts.map((part) => this.#chunk(part, block));
    this.#chunks.splice(at, next && !next.messages.length ? 1 : 0, ...made);
    if (this.#chunks[at]) this.#chunks[at].gap = gap;
  }

  /** @param {Message[]} messages @param {string} block @returns {Chunk} */
  #chunk(messages, block) {
    return {
      key: `c${this.#made++}`,
      messages,
      rows: null,
      since: "",
      until: "",
      gap: false,
      block,
    };
  }

  /**
   * @param {Chunk | undefined} neighbour
   * @param {number} more chunks that come to stand beside it
   */
  #blockFor(neighbour, more) {
    const size = this.#chunks.filter(({ block }) => block === neighbour?.block).length;
    return neighbour && size + more <= BLOCK ? neighbour.block : `b${this.#made}`;
  }
}
