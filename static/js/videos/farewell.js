/** Films on their way out: gone from the page at once, from the server when nobody took it back. */

import { t } from "../lib/words.js";

/** @typedef {Pick<import("./types.js").Film, "id" | "title">} Going */
/**
 * @typedef {object} FarewellParts
 * @property {(id: string, options?: {keepalive: boolean}) => Promise<unknown>} remove on the server
 * @property {(words: string, options: {onUndo: () => void, onEnd: () => void}) => void} offer a way back, for a while
 * @property {(error: unknown) => void} failed
 * @property {() => void} changed what is hidden is another
 */

export class Farewell {
  /** @type {Map<string, Going>} */
  #going = new Map();

  /** @param {FarewellParts} parts */
  constructor(parts) {
    this.parts = parts;
  }

  /** Whether a film is on its way out, and not to be shown. @param {string} id */
  has(id) {
    return this.#going.has(id);
  }

  /** @param {Going} film */
  begin(film) {
    if (this.has(film.id)) return;
    this.#going.set(film.id, film);
    this.parts.changed();
    this.parts.offer(t("“{title}” is deleted, from rooms as well", { title: film.title }), {
      onUndo: () => this.#back(film.id),
      onEnd: () => void this.#remove(film.id),
    });
  }

  /** The page goes away: what was deleted stays deleted. */
  finish() {
    for (const id of this.#going.keys()) this.parts.remove(id, { keepalive: true }).catch(() => {});
    this.#going.clear();
  }

  /** @param {string} id */
  #back(id) {
    this.#going.delete(id);
    this.parts.changed();
  }

  /** @param {string} id */
  async #remove(id) {
    if (!this.has(id)) return;
    try {
      await this.parts.remove(id);
    } catch (error) {
      this.#back(id);
      this.parts.failed(error);
    }
  }
}

const PARTING = "sw.parting";

/**
 * Deleted on a page that is left for the library: the way back is offered there.
 * @param {Going} film
 * @param {Pick<Storage, "setItem">} storage
 */
export const partWith = ({ id, title }, storage) =>
  storage.setItem(PARTING, JSON.stringify({ id, title }));

/**
 * @param {Pick<Storage, "getItem" | "removeItem">} storage
 * @returns {Going | null}
 */
export function parted(storage) {
  const kept = storage.getItem(PARTING);
  storage.removeItem(PARTING);
  return kept ? JSON.parse(kept) : null;
}
