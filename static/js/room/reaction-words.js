/** Reactions in words for a screen reader, said now and then and never one by one. Pure. */

import { list, t, tc, tn } from "../lib/words.js";

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
    const said = { names: people([...this.#names]), emoji: kinds([...this.#kinds]) };
    this.say(t("{names} reacted with {emoji}", said));
    this.#saidAtMs = this.now();
    this.#names.clear();
    this.#kinds.clear();
  }
}

/** @param {string[]} names oneself as `nameOf` says it */
function people([first, ...others]) {
  const name = first === t("You") ? tc("reacted", "You") : first;
  if (!others.length) return name;
  if (others.length > 1)
    return tn("{name} and {n} other", "{name} and {n} others", others.length, { name });
  return list([name, others[0] === t("You") ? tc("reacted", "you") : others[0]]);
}

/** @param {string[]} emoji */
const kinds = ([first, second, ...more]) =>
  more.length
    ? t("{first}, {second} and more", { first, second })
    : list([first, second].filter(Boolean));
