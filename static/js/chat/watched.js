/** Which stretches of which film were watched here, and what lies ahead of somebody's place. Pure. */

/** @typedef {import("../room/types.js").Message} Message */
/** @typedef {[number, number]} Stretch from and to, seconds of the film */
/** @typedef {{itemId: string | null, atS: number}} Here the film that is on, and the place in it */

/** Further ahead than this it tells what comes. */
export const AHEAD_S = 5;
/** Two looks further apart in the film than this are a jump. */
const JUMP_S = 3;
/** Stretches this close are one. */
const JOIN_S = 1;
const ITEMS_KEPT = 20;
const STRETCHES_KEPT = 60;

/** @param {unknown} value @returns {value is Stretch} */
const isStretch = (value) =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);

export class Watched {
  /** @type {Map<string, Stretch[]>} by item, the one watched last at the end */
  #items = new Map();
  /** @type {Here} */
  #last = { itemId: null, atS: 0 };

  /** @param {string | null} [text] what `text` gave; anything else is as good as nothing */
  constructor(text = null) {
    try {
      for (const [itemId, stretches] of Object.entries(JSON.parse(text ?? "{}") ?? {}))
        if (Array.isArray(stretches)) this.#items.set(itemId, stretches.filter(isStretch));
    } catch {
      // written by somebody else: nothing was watched
    }
  }

  /** To keep it in. */
  get text() {
    return JSON.stringify(Object.fromEntries([...this.#items].slice(-ITEMS_KEPT)));
  }

  /**
   * A look at where somebody is; what lies between two looks was watched, unless it was a jump.
   * @param {Here} here
   * @param {boolean} plays
   */
  look({ itemId, atS }, plays) {
    const { itemId: before, atS: fromS } = this.#last;
    this.#last = { itemId, atS };
    if (!plays || !itemId || itemId !== before) return;
    if (atS > fromS && atS - fromS < JUMP_S) this.#add(itemId, [fromS, atS]);
  }

  /** @param {string} itemId @param {Stretch} stretch */
  #add(itemId, stretch) {
    const others = this.#items.get(itemId) ?? [];
    /** @type {Stretch[]} */
    const merged = [];
    for (const [from, to] of [...others, stretch].sort(([one], [other]) => one - other)) {
      const last = merged.at(-1);
      if (last && from <= last[1] + JOIN_S) last[1] = Math.max(last[1], to);
      else merged.push([from, to]);
    }
    this.#items.delete(itemId);
    this.#items.set(itemId, merged.slice(-STRETCHES_KEPT));
  }

  /** @param {string} itemId @param {number} atS */
  has(itemId, atS) {
    const stretches = this.#items.get(itemId) ?? [];
    return stretches.some(([from, to]) => atS >= from - JOIN_S && atS <= to + JOIN_S);
  }

  /**
   * The same as `isAhead` for whoever looks for messages on the server: how far somebody knows the
   * film that is on, and what they watched further on.
   * @param {Here} here
   * @returns {{item?: string, to?: number, seen?: string}}
   */
  known({ itemId, atS }) {
    if (!itemId) return {};
    const to = Math.max(0, atS + AHEAD_S);
    const further = (this.#items.get(itemId) ?? []).filter((stretch) => stretch[1] + JOIN_S > to);
    const seen = further.map(([from, end]) =>
      [Math.max(0, from - JOIN_S), end + JOIN_S].map((s) => s.toFixed(3)).join("-"),
    );
    return { item: itemId, to, seen: seen.join(",") || undefined };
  }

  /**
   * Whether a message tells of what somebody has not seen yet: it was said to the film that is on,
   * further ahead, at a moment they never watched. What oneself said one knows.
   * @param {Pick<Message, "kind" | "item_id" | "media_time" | "author">} message
   * @param {Here} here
   * @param {string} me
   */
  isAhead({ kind, item_id, media_time, author }, { itemId, atS }, me) {
    if (kind === "system" || media_time === null || !itemId || item_id !== itemId) return false;
    if (author?.id === me || media_time <= atS + AHEAD_S) return false;
    return !this.has(itemId, media_time);
  }
}
