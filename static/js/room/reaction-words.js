/** Reactions in words for a screen reader, said now and then and never one by one. Pure. */

/** @typedef {import("./time.js").Time} Time */

const FIRST_WORDS_MS = 1_000;
const WORDS_EVERY_MS = 5_000;

/** What a screen reader says of it: one sentence for all that came in a while. */
export class Spoken {
  /** @type {Set<string>} */
  #names = new Set();
  /** @type {Set<string>} */
  #kinds = new Set();
  #saidAtMs = Number.NEGATIVE_INFINITY;

  /** @param {Time & {say: (words: string) => void}} parts */
  constructor({ now, after, say }) {
    this.now = now;
    this.after = after;
    this.say = say;
  }

  /** @param {string} name @param {string} emoji */
  add(name, emoji) {
    if (!this.#names.size) {
      const waitMs = this.#saidAtMs + WORDS_EVERY_MS - this.now();
      this.after(Math.max(FIRST_WORDS_MS, waitMs), () => this.#tell());
    }
    this.#names.add(name);
    this.#kinds.add(emoji);
  }

  #tell() {
    this.say(`${people([...this.#names])} reacted with ${kinds([...this.#kinds])}`);
    this.#saidAtMs = this.now();
    this.#names.clear();
    this.#kinds.clear();
  }
}

/** @param {string[]} names */
function people([first, ...others]) {
  if (!others.length) return first;
  if (others.length > 1) return `${first} and ${others.length} others`;
  return `${first} and ${others[0] === "You" ? "you" : others[0]}`;
}

/** @param {string[]} emoji */
const kinds = ([first, second, ...more]) =>
  more.length ? `${first}, ${second} and more` : [first, second].filter(Boolean).join(" and ");
