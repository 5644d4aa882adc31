/** Questions for a deed: the one I asked, and those I was asked. Each is open for a minute. Pure. */

import { cameAbout, sameWish, wishIn } from "./wishes.js";

export { wishOf } from "./wishes.js";

/** @typedef {import("./wishes.js").Wish} Wish */
/** @typedef {import("./types.js").Timeline} Timeline */
/** @typedef {import("./types.js").Person} Person */
/** @typedef {import("./time.js").Time} Time */
/** @typedef {{what: "asked" | "already" | "yes" | "no" | "silence" | "failed", wish: Wish, by: string | null, error?: Error}} News */
/** @typedef {{person: Person, wish: Wish, forget: () => void}} Question */

const OPEN_MS = 60_000;
/** Whoever says yes does it first and answers then. */
const ANSWER_FOLLOWS_MS = 3_000;
const SHOWN_MOST = 2;

/** The asker's side. */
export class Asking {
  /** @type {{wish: Wish, forget: () => void} | null} */
  #open = null;

  /** @param {Pick<Time, "after"> & {send: (wish: Wish) => Promise<unknown>, told: (news: News) => void}} parts */
  constructor({ after, send, told }) {
    this.after = after;
    this.send = send;
    this.told = told;
  }

  /** Whether this very wish is still open. @param {Wish} wish */
  waitsFor(wish) {
    return this.#open !== null && sameWish(this.#open.wish, wish);
  }

  /** @param {Wish} wish */
  async ask(wish) {
    if (this.waitsFor(wish)) return this.told({ what: "already", wish, by: null });
    this.#close();
    const open = { wish, forget: this.after(OPEN_MS, () => this.#end("silence", null)) };
    this.#open = open;
    try {
      await this.send(wish);
      if (this.#open === open) this.told({ what: "asked", wish, by: null });
    } catch (error) {
      if (this.#open === open) this.#close();
      this.told({ what: "failed", wish, by: null, error: /** @type {Error} */ (error) });
    }
  }

  /** @param {{action: string, granted: boolean, by: string}} answer */
  answered({ action, granted, by }) {
    if (this.#open?.wish.action === action) this.#end(granted ? "yes" : "no", by);
  }

  /** The room did something: perhaps just that. @param {string} action @param {Timeline} timeline */
  happened(action, timeline) {
    const open = this.#open;
    if (!open || !cameAbout(open.wish, action, timeline)) return;
    open.forget();
    open.forget = this.after(ANSWER_FOLLOWS_MS, () => this.#close());
  }

  /** What was asked for came by itself. */
  forget() {
    this.#close();
  }

  /**
   * @param {"yes" | "no" | "silence"} what
   * @param {string | null} by
   */
  #end(what, by) {
    const open = this.#open;
    this.#close();
    if (open) this.told({ what, wish: open.wish, by });
  }

  #close() {
    this.#open?.forget();
    this.#open = null;
  }
}

/** The side of those who may. */
export class Questions {
  /** @type {Question[]} the oldest first */
  open = [];

  /** @param {Pick<Time, "after"> & {changed: () => void}} parts */
  constructor({ after, changed }) {
    this.after = after;
    this.changed = changed;
  }

  get shown() {
    return this.open.slice(0, SHOWN_MOST);
  }

  /** @param {Record<string, any> & {person: Person}} frame */
  heard(frame) {
    const { person } = frame;
    const wish = wishIn(frame);
    if (!wish) return;
    this.#drop((one) => one.person.id === person.id);
    const forget = this.after(OPEN_MS, () => this.settled(person.id));
    this.open.push({ person, wish, forget });
    this.changed();
  }

  /** @param {string} userId whose question was answered */
  settled(userId) {
    this.#drop(({ person }) => person.id === userId);
    this.changed();
  }

  /** @param {string} action @param {Timeline} timeline */
  happened(action, timeline) {
    if (this.#drop(({ wish }) => cameAbout(wish, action, timeline))) this.changed();
  }

  /** @param {(one: Question) => boolean} which */
  #drop(which) {
    const gone = this.open.filter(which);
    for (const { forget } of gone) forget();
    this.open = this.open.filter((one) => !gone.includes(one));
    return gone.length > 0;
  }
}
