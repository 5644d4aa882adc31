/** How far one has read: told to the server now and then, and where the line "New" stands. Pure but for `tell`. */

import { throttled } from "../lib/events.js";

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {{id: string, at: string} | null} Stopped */

const TELL_EVERY_MS = 3_000;

/**
 * The first message of somebody else after the place where one stopped.
 * @param {Message[]} messages in order
 * @param {Stopped} stopped
 * @param {string} me
 * @returns {{id: string | null, sure: boolean}} `sure`: what is older cannot change it
 */
export function firstNew(messages, stopped, me) {
  if (!stopped) return { id: null, sure: true };
  const known = messages.findIndex(({ id }) => id === stopped.id);
  const isLater = (/** @type {Message} */ one) =>
    Date.parse(one.created_at) > Date.parse(stopped.at);
  const from = known >= 0 ? known + 1 : messages.findIndex(isLater);
  if (from < 0) return { id: null, sure: true };
  const fresh = messages
    .slice(from)
    .find(({ kind, author, deleted }) => kind === "text" && author?.id !== me && !deleted);
  return { id: fresh?.id ?? null, sure: from > 0 };
}

export class Reading {
  #sure = false;
  /** @type {string | null} */
  #told = null;

  /**
   * @param {object} parts
   * @param {Stopped} parts.stopped
   * @param {() => string} parts.me
   * @param {(id: string) => void} parts.tell
   * @param {() => number} [parts.now]
   */
  constructor({ stopped, me, tell, now }) {
    this.stopped = stopped;
    this.me = me;
    this.#told = stopped?.id ?? null;
    this.tell = throttled(tell, TELL_EVERY_MS, now);
  }

  /**
   * Where the line stands; asked again while older messages come in.
   * @param {() => Message[]} messages in order
   * @returns {string | null | undefined} undefined: where it stood
   */
  line(messages) {
    if (this.#sure) return undefined;
    const { id, sure } = firstNew(messages(), this.stopped, this.me());
    this.#sure = sure;
    return id;
  }

  /** The reader moves on: the line does not follow older messages any more. */
  settle() {
    this.#sure = true;
  }

  /** @param {Message | null} message the newest one, in sight */
  seen(message) {
    if (!message || message.id === this.#told) return;
    this.#told = message.id;
    this.tell(message.id);
  }
}
