/** What was said and done, as it looks to this person: in order, and by its id. Pure. */

import { takenBack } from "../room/messages.js";
import { Chunks } from "./chunks.js";

/** @typedef {import("../room/types.js").Message} Message */

export class Said {
  /** @protected */
  order = new Chunks();
  /** @protected @type {Map<string, Message>} */
  known = new Map();
  /** @type {ReadonlySet<string>} user ids whose words are not shown */
  #hidden = new Set();

  /** @returns {Message | null} the first one that is known, where older ones are asked from */
  get oldest() {
    return this.order.first;
  }

  /** @returns {Message | null} the last one that was said or done */
  get newest() {
    return this.order.last;
  }

  /** Every message in order, a hole or not. */
  get all() {
    return this.order.all;
  }

  /** @returns {Message | null} the first one behind the hole, where missing ones are asked from */
  get behindGap() {
    return this.order.behindGap;
  }

  /** @param {string} id */
  message(id) {
    return this.known.get(id);
  }

  /** @param {ReadonlySet<string>} userIds whose words are not shown from now on; others' are again */
  hide(userIds) {
    this.#hidden = userIds;
    for (const message of [...this.known.values()])
      if (this.seen(message) !== message) this.#replace(message);
  }

  /**
   * @param {import("./guard.js").Veils} veils whose words are not to be read yet
   * @returns {boolean} whether that is another than before for any
   */
  veil(veils) {
    let changed = false;
    for (const message of [...this.known.values()]) {
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

  /**
   * The same message where nothing about it, or about what it answers, is hidden otherwise.
   * @protected
   * @param {Message} message
   */
  seen(message) {
    const { reply } = message;
    const hidden = this.#isHidden(message);
    const quoteHidden = this.#hidden.has(reply?.author?.id ?? "");
    if (Boolean(message.hidden) === hidden && Boolean(reply?.hidden) === quoteHidden)
      return message;
    return { ...message, hidden, reply: reply && { ...reply, hidden: quoteHidden } };
  }

  /**
   * @param {string} id
   * @param {Partial<Message>} change
   */
  edit(id, change) {
    const message = this.known.get(id);
    if (message) this.#replace({ ...message, ...change });
  }

  /** @param {(message: Message) => Message} change the same message where it says nothing of it */
  change(change) {
    for (const message of this.known.values()) {
      const changed = change(message);
      if (changed !== message) this.#replace(changed);
    }
  }

  /** @param {Message} message */
  #replace(message) {
    const changed = this.seen(message);
    this.known.set(changed.id, changed);
    this.order.replace(changed);
  }

  /** Its words go at once; that there were some stays to be seen. @param {string} id */
  delete(id) {
    const gone = { deleted: true, body: "", media_time: null, reactions: [], pinned: false };
    this.edit(id, gone);
    this.change(takenBack(id));
  }

  /** @param {string | null} id the first message that is new to the reader: a line stands before it */
  mark(id) {
    this.order.mark(id);
  }
}
