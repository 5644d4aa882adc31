/** The chat as one thread: what was said, what people did, and what is still on its way. Pure. */

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {import("../room/types.js").Person} Person */
/**
 * @typedef {object} Pending
 * @property {string} nonce
 * @property {string} body
 * @property {number | null} media_time
 * @property {string} created_at
 * @property {"sending" | "failed"} state
 * @property {string} [reason]
 */
/** @typedef {{kind: "day", key: string, day: string}} Day */
/** @typedef {{kind: "group", key: string, author: Person | null, mine: boolean, created_at: string, media_time: number | null, messages: Message[], pending: Pending[]}} Group */
/** @typedef {{kind: "line", key: string, message: Message}} Happened what somebody did */
/** @typedef {Day | Group | Happened} Row */

/** Words of one person closer together than this are one group. */
const GROUP_MS = 5 * 60_000;

/** @param {string} iso */
const ms = (iso) => Date.parse(iso);

export class Thread {
  /** Ids in the order the server told them. @type {string[]} */
  #order = [];
  /** @type {Map<string, Message>} */
  #messages = new Map();
  /** @type {Map<string, Pending>} */
  #pending = new Map();

  get empty() {
    return this.#messages.size + this.#pending.size === 0;
  }

  /** @returns {Message | null} the first one that is known, where older ones are asked from */
  get oldest() {
    return this.#messages.get(this.#order[0]) ?? null;
  }

  /** @param {Message[]} messages the newest ones */
  add(...messages) {
    for (const message of messages) {
      if (!this.#messages.has(message.id)) this.#order.push(message.id);
      this.#keep(message);
    }
  }

  /** @param {Message[]} messages a page of history, newest last, older than everything here */
  prepend(...messages) {
    const fresh = messages.filter(({ id }) => !this.#messages.has(id));
    this.#order.unshift(...fresh.map(({ id }) => id));
    for (const message of messages) this.#keep(message);
  }

  /** @param {Message} message */
  #keep(message) {
    this.#messages.set(message.id, { ...this.#messages.get(message.id), ...message });
    if (message.nonce) this.#pending.delete(message.nonce);
  }

  /**
   * Lets go of the oldest messages.
   * @param {number} most how many stay
   * @returns {boolean} whether any went
   */
  cut(most) {
    const gone = this.#order.splice(0, Math.max(0, this.#order.length - most));
    for (const id of gone) this.#messages.delete(id);
    return gone.length > 0;
  }

  /** After a gap nobody can fill: start from what the server tells now. */
  forget() {
    this.#messages.clear();
    this.#order = [];
  }

  /**
   * @param {string} id
   * @param {Partial<Message>} change
   */
  edit(id, change) {
    const message = this.#messages.get(id);
    if (message) this.#messages.set(id, { ...message, ...change });
  }

  /** @param {string} id */
  delete(id) {
    this.#messages.delete(id);
    this.#order = this.#order.filter((one) => one !== id);
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
   * Everything in order, gathered into groups with a line at each new day.
   * @param {Person} me
   * @returns {Row[]}
   */
  rows(me) {
    const begin = dayLines();
    /** @type {Row[]} */
    const rows = [];
    for (const id of this.#order) {
      const message = /** @type {Message} */ (this.#messages.get(id));
      rows.push(...begin(message.created_at));
      placeMessage(rows, message, me);
    }
    for (const pending of this.#pending.values()) {
      rows.push(...begin(pending.created_at));
      placePending(rows, pending, me);
    }
    return rows;
  }
}

/** @returns {(created_at: string) => Day[]} the line before a moment, where it begins another day */
function dayLines() {
  let today = "";
  return (created_at) => {
    const day = new Date(created_at).toDateString();
    if (day === today) return [];
    today = day;
    return [{ kind: "day", key: `d${day}`, day }];
  };
}

/**
 * @param {Row[]} rows
 * @param {Message} message
 * @param {Person} me
 */
function placeMessage(rows, message, me) {
  if (message.kind === "system") return rows.push({ kind: "line", key: message.id, message });
  const open = openGroup(rows, message.author?.id ?? null, message.created_at);
  if (open) return open.messages.push(message);
  const { author, created_at, media_time } = message;
  return rows.push({
    kind: "group",
    key: `g${message.id}`,
    author,
    mine: author?.id === me.id,
    created_at,
    media_time,
    messages: [message],
    pending: [],
  });
}

/**
 * @param {Row[]} rows
 * @param {Pending} pending
 * @param {Person} me
 */
function placePending(rows, pending, me) {
  const open = openGroup(rows, me.id, pending.created_at);
  if (open) return open.pending.push(pending);
  const { created_at, media_time, nonce } = pending;
  return rows.push({
    kind: "group",
    key: `p${nonce}`,
    author: me,
    mine: true,
    created_at,
    media_time,
    messages: [],
    pending: [pending],
  });
}

/**
 * @param {Row[]} rows
 * @param {string | null} authorId
 * @param {string} created_at
 * @returns {Group | null} the last group, when it can take one more of this author
 */
function openGroup(rows, authorId, created_at) {
  const last = rows.at(-1);
  if (last?.kind !== "group" || (last.author?.id ?? null) !== authorId) return null;
  const newest =
    last.messages.at(-1)?.created_at ?? last.pending.at(-1)?.created_at ?? last.created_at;
  return ms(created_at) - ms(newest) < GROUP_MS ? last : null;
}
