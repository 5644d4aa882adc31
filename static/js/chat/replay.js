/**
 * The chat beside the film: of what was said to it, what has come by the place one is at. Pure.
 * Places in the film are seconds of the film.
 */

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {{fromS: number, toS: number}} Span `toS` is not in it */

/** Asked for at once behind a place and ahead of it; and when to ask for what comes next. */
const BACK_S = 600;
const AHEAD_S = 300;
const NEAR_S = 60;
/** Moments are told in tenths: what was said at this very place is not ahead of it. */
const SLACK_S = 0.1;

/** @param {Message} message */
const moment = (message) => message.media_time ?? 0;

/** @param {Message} one @param {Message} other */
const inOrder = (one, other) =>
  moment(one) - moment(other) ||
  Date.parse(one.created_at) - Date.parse(other.created_at) ||
  (one.id < other.id ? -1 : 1);

export class Replay {
  /** @type {Message[]} in the order of the film */
  #messages = [];
  /** @type {Span | null} the stretch of the film of which everything is here */
  #known = null;
  /** @type {Message[]} */
  #shown = [];
  #changed = true;

  /** @returns {Span | null} */
  get known() {
    return this.#known;
  }

  /**
   * What has to be asked for, for somebody at a place.
   * @param {number} atS
   * @returns {Span | null} null where enough is here
   */
  wants(atS) {
    const known = this.#known;
    if (!known || atS < known.fromS || atS > known.toS)
      return { fromS: Math.max(0, atS - BACK_S), toS: atS + AHEAD_S };
    return atS + NEAR_S > known.toS ? { fromS: known.toS, toS: atS + AHEAD_S } : null;
  }

  /** @returns {Span | null} the stretch before the first one that is here; null: there is none */
  earlier() {
    const from = this.#known?.fromS ?? 0;
    return from > 0 ? { fromS: Math.max(0, from - BACK_S), toS: from } : null;
  }

  /**
   * Everything of a stretch. One that does not join what is here takes its place.
   * @param {Span} span
   * @param {Message[]} messages
   */
  took({ fromS, toS }, messages) {
    const known = this.#known;
    const joins = known && fromS <= known.toS && toS >= known.fromS;
    if (!joins) this.#messages = [];
    this.#known = joins
      ? { fromS: Math.min(fromS, known.fromS), toS: Math.max(toS, known.toS) }
      : { fromS, toS };
    this.#put(messages);
  }

  /** Said right now, here or anywhere else in the film; what lies elsewhere is asked for then. @param {Message} message */
  said(message) {
    const known = this.#known;
    const at = message.media_time;
    if (at !== null && known && at >= known.fromS && at < known.toS) this.#put([message]);
  }

  /** @param {Message[]} messages */
  #put(messages) {
    const ids = new Set(messages.map(({ id }) => id));
    const others = this.#messages.filter(({ id }) => !ids.has(id));
    this.#messages = [...others, ...messages].sort(inOrder);
    this.#changed = true;
  }

  /** @param {(message: Message) => Message} change the same message where it says nothing of it */
  change(change) {
    this.#messages = this.#messages.map(change);
    this.#changed = true;
  }

  /** @param {string} id */
  delete(id) {
    this.#messages = this.#messages.filter((one) => one.id !== id);
    this.#changed = true;
  }

  /** Another film. */
  clear() {
    this.#messages = [];
    this.#known = null;
    this.#changed = true;
  }

  /** @param {string} id */
  message(id) {
    return this.#messages.find((one) => one.id === id);
  }

  /**
   * What has come by a place; the same array as long as it is the same. A jump back takes away.
   * @param {number} atS
   * @returns {Message[]}
   */
  shown(atS) {
    const count = this.#countAt(atS + SLACK_S);
    if (this.#changed || count !== this.#shown.length) this.#shown = this.#messages.slice(0, count);
    this.#changed = false;
    return this.#shown;
  }

  /** @param {number} atS */
  #countAt(atS) {
    let [from, to] = [0, this.#messages.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (moment(this.#messages[middle]) > atS) to = middle;
      else from = middle + 1;
    }
    return from;
  }
}
