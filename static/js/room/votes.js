/** Wishing for films of the queue: which ones this person wishes for, and the press that says so. */

import { toastError } from "../components/toast.js";

/** @typedef {import("./types.js").Ctx} Ctx */

export class Votes {
  /** @type {Set<string>} */
  #mine = new Set();
  #ctx;
  #changed;
  #asked = false;

  /**
   * @param {Ctx} ctx
   * @param {() => void} changed
   */
  constructor(ctx, changed) {
    this.#ctx = ctx;
    this.#changed = changed;
    ctx.room.subscribe(() => this.#learn(), ctx.signal);
    const stops = [
      ctx.link.on("applied", (news) => this.#heard(news)),
      ctx.link.on("lost", () => this.#again()),
    ];
    ctx.signal.addEventListener("abort", () => stops.map((stop) => stop()), { once: true });
    this.#learn();
  }

  /** @param {import("./types.js").QueueItem} item */
  of({ id, votes = 0 }) {
    return { votes, wished: votes > 0 && this.#mine.has(id) };
  }

  /** @param {import("./types.js").QueueItem} item */
  async turn(item) {
    const on = !this.of(item).wished;
    if (on) this.#mine.add(item.id);
    else this.#mine.delete(item.id);
    this.#asked = true; // the answer would be older than this
    try {
      await this.#ctx.api.vote(item.id, on);
    } catch (error) {
      toastError(error);
    }
    this.#changed();
  }

  /**
   * The same person's wish in another tab, and wishes that came true: nobody has those any more.
   * @param {import("./link.js").Applied} news
   */
  #heard({ event, before, after }) {
    if (event.type !== "queue:updated") return;
    const own = event.action === "voted" && event.by === after.me.user.id;
    const had = new Map(before.queue.map(({ id, votes = 0 }) => [id, votes]));
    for (const { id, votes = 0 } of after.queue) {
      const more = votes - (had.get(id) ?? 0);
      if (own && more > 0) this.#mine.add(id);
      else if (more < 0 && (own || votes === 0)) this.#mine.delete(id);
    }
    this.#changed();
  }

  /** What was missed may have been one's own. */
  #again() {
    this.#mine.clear();
    this.#asked = false;
    this.#learn();
  }

  /** Whoever comes to a list with wishes asks once which of them are their own. */
  #learn() {
    if (this.#asked || !this.#ctx.room.value.queue.some(({ votes = 0 }) => votes > 0)) return;
    this.#asked = true;
    this.#ctx.api
      .queue(this.#ctx.signal)
      .then(({ results }) => {
        for (const { id, voted } of results) if (voted) this.#mine.add(id);
        this.#changed();
      })
      .catch(() => {}); // without an answer a press says it again, which changes nothing
  }
}
