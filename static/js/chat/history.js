/** Older messages: a page at a time when the reader asks, let go of when they are far back. */

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {import("./thread.js").Thread} Thread */
/** @typedef {{results: Message[], next: string | null}} Page newest last */

/** A page of history, as the snapshot and the server's list have it. */
const PAGE = 50;
/** A long evening must not become a long list to lay out at each new message. */
const KEPT = 1_000;

export class History {
  #thread;
  #ask;
  #changed;
  #done = false;
  loading = false;
  failed = false;

  /**
   * @param {Thread} thread
   * @param {{ask: (beforeId: string) => Promise<Page>, changed: () => void}} parts
   */
  constructor(thread, { ask, changed }) {
    this.#thread = thread;
    this.#ask = ask;
    this.#changed = changed;
  }

  /** The thread begins anew. @param {number} count messages of the snapshot */
  begin(count) {
    this.loading = this.failed = false;
    this.#done = count < PAGE;
  }

  /** For a reader who is at the end: what lies far back can be had again. */
  trim() {
    if (this.#thread.cut(KEPT)) this.#done = false;
  }

  /** @param {boolean} [again] a person asked for it, so another failure is worth it */
  async load(again = false) {
    const before = this.#thread.oldest;
    if (this.loading || this.#done || (this.failed && !again) || !before) return;
    this.loading = true;
    this.failed = false;
    this.#changed();
    const page = await this.#ask(before.id).catch(() => null);
    // Before another message by now: put in front, this page would leave a hole behind it.
    if (this.#thread.oldest?.id === before.id) this.#take(page);
    this.loading = false;
    this.#changed();
  }

  /** @param {Page | null} page null: it did not come */
  #take(page) {
    this.failed = page === null;
    if (!page) return;
    this.#thread.prepend(...page.results);
    this.#done = !page.next || !page.results.length;
  }
}
