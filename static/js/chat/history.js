/** Older messages: a page at a time when the reader asks, let go of when they are far back. */

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {import("./thread.js").Thread} Thread */
/** @typedef {{results: Message[], next: string | null}} Page newest last */
/** @typedef {{loading: boolean, failed: boolean}} Asking how a request for messages stands */

/** Messages asked for at once on the way to one that is far back, and how many such pages at most. */
const FAR = 200;
const REACHED = 100;
/** A page of history, as the snapshot and the server's list have it. */
const PAGE = 50;
/** What lies further back than this is let go of while nobody reads there: see ADR 14. */
const KEPT = 1_000;

export class History {
  #thread;
  #ask;
  #changed;
  #done = false;
  /** @type {Asking} of the messages before the first one */
  older = { loading: false, failed: false };
  /** @type {Asking} of the messages that are missing in between */
  gap = { loading: false, failed: false };

  /**
   * @param {Thread} thread
   * @param {{ask: (beforeId: string, limit?: number) => Promise<Page>, changed: () => void}} parts
   */
  constructor(thread, { ask, changed }) {
    this.#thread = thread;
    this.#ask = ask;
    this.#changed = changed;
  }

  /** The thread begins anew. @param {number} count messages of the snapshot */
  begin(count) {
    this.older = { loading: false, failed: false };
    this.gap = { loading: false, failed: false };
    this.#done = count < PAGE;
  }

  /** For a reader who is at the end: what lies far back can be had again. */
  trim() {
    if (this.#thread.cut(KEPT)) this.#done = false;
  }

  /**
   * @param {boolean} [again] a person asked for it, so another failure is worth it
   * @param {number} [limit] messages at once
   */
  async load(again = false, limit = PAGE) {
    if (this.#done || (this.older.failed && !again)) return;
    await this.#page(
      this.older,
      () => this.#thread.oldest,
      ({ results, next }) => {
        this.#thread.prepend(...results);
        this.#done = !next || !results.length;
      },
      limit,
    );
  }

  /**
   * Back until something is there, however far; a hole on the way is filled.
   * @param {() => boolean} there
   * @returns {Promise<boolean>} whether it is
   */
  async reach(there) {
    for (let page = 0; page < REACHED && !there(); page++) {
      if (this.#thread.behindGap) await this.fill(FAR);
      else if (this.#done) break;
      else await this.load(true, FAR);
      if (this.older.failed || this.gap.failed) break;
    }
    return there();
  }

  /** A page of what is missing in between. */
  async fill(limit = PAGE) {
    await this.#page(
      this.gap,
      () => this.#thread.behindGap,
      ({ results, next }) => this.#thread.fill(results, !next || !results.length),
      limit,
    );
  }

  /**
   * @param {Asking} asking
   * @param {() => Message | null} edge the message they come before
   * @param {(page: Page) => void} take
   * @param {number} limit
   */
  async #page(asking, edge, take, limit) {
    const before = edge();
    if (asking.loading || !before) return;
    asking.loading = true;
    asking.failed = false;
    this.#changed();
    const page = await this.#ask(before.id, limit).catch(() => null);
    // Before another message by now: put in front, this page would leave a hole behind it.
    if (edge()?.id === before.id) {
      asking.failed = page === null;
      if (page) take(page);
    }
    asking.loading = false;
    this.#changed();
  }
}
