/**
 * What this person chose of films on this device: quality, sound track, captions. Kept by what it is
 * and not by its number, so that it holds for the next film, after a reload and after a reconnect.
 * @module
 */
import { AUTO } from "./players/levels.js";

/** @typedef {import('./types.js').Player} Player */
/** @typedef {import('./types.js').Store} Store */
/** @typedef {import('./types.js').Track} Track */
/** @typedef {'levels' | 'audio' | 'subtitles'} Kind */
/** @typedef {{lang?: string, label?: string, height?: number, off?: boolean}} Wish */

const KEY = "syncwatch.sync.tracks";
const NONE = -1;

/** @type {Record<Kind, (player: Player, id: number) => void>} */
const SET = {
  levels: (player, id) => player.setLevel(id),
  audio: (player, id) => player.setAudio(id),
  subtitles: (player, id) => player.setSubtitle(id),
};
const KINDS = /** @type {Kind[]} */ (Object.keys(SET));

/**
 * The number that a wish has in this film; undefined where the film is to choose.
 * @param {Kind} kind
 * @param {Track[]} list
 * @param {Wish | undefined} wish
 * @returns {number | undefined}
 */
export function numberOf(kind, list, wish) {
  if (!wish) return undefined;
  if (wish.off) return kind === "levels" ? AUTO : NONE;
  return (kind === "levels" ? nearest(list, wish) : sameAs(list, wish))?.id;
}

/**
 * The tallest that is no taller, else the smallest there is.
 * @param {Track[]} levels
 * @param {Wish} wish
 */
function nearest(levels, { height: wanted = 0 }) {
  const heightOf = ({ height = 0 }) => height;
  const sized = levels
    .filter(({ id }) => id !== AUTO)
    .sort((one, other) => heightOf(one) - heightOf(other));
  return sized.findLast((level) => heightOf(level) <= wanted) ?? sized[0];
}

/**
 * @param {Track[]} list
 * @param {Wish} wish
 */
const sameAs = (list, { lang, label }) =>
  list.find((track) => track.lang === lang && track.label === label) ??
  list.find((track) => lang && track.lang === lang);

export class OwnTracks {
  #store;
  /** @type {Partial<Record<Kind, Wish>>} */
  #wishes = {};
  /** How many there were when the wish was last followed: a native player tells of one by one. */
  #followed = new Map();

  /** @param {Store | null} store */
  constructor(store) {
    this.#store = store;
    this.#recall();
  }

  /** Another film: nothing of it was followed yet. */
  begin() {
    this.#followed.clear();
  }

  /** Its tracks are known, or more of them. @param {Player} player */
  follow(player) {
    for (const kind of KINDS) {
      const list = player[kind]();
      if (!list.length || this.#followed.get(kind) === list.length) continue;
      this.#followed.set(kind, list.length);
      const id = numberOf(kind, list, this.#wishes[kind]);
      const active = list.find((track) => track.active)?.id ?? NONE;
      if (id !== undefined && id !== active) SET[kind](player, id);
    }
  }

  /**
   * @param {Player} player
   * @param {Kind} kind
   * @param {number} id none: off, or by itself
   */
  choose(player, kind, id) {
    const track = player[kind]().find((one) => one.id === id);
    const { lang, label, height } = track ?? {};
    const off = id === NONE;
    this.#wishes[kind] = off ? { ...this.#wishes[kind], off } : { lang, label, height };
    this.#remember();
    SET[kind](player, id);
  }

  /** Captions away, or those back that were last chosen. @param {Player} player */
  toggleSubtitles(player) {
    const list = player.subtitles();
    if (!list.length) return;
    const last = this.#wishes.subtitles && { ...this.#wishes.subtitles, off: false };
    const back = numberOf("subtitles", list, last) ?? list[0]?.id ?? NONE;
    this.choose(player, "subtitles", list.some(({ active }) => active) ? NONE : back);
  }

  #recall() {
    try {
      const kept = JSON.parse(this.#store?.getItem(KEY) ?? "{}");
      for (const kind of KINDS)
        if (typeof kept?.[kind] === "object") this.#wishes[kind] = kept[kind] ?? undefined;
    } catch {
      // A store that is forbidden or garbled costs a person one more choice.
    }
  }

  #remember() {
    try {
      this.#store?.setItem(KEY, JSON.stringify(this.#wishes));
    } catch {
      // Storage can be forbidden; then the choice lives as long as the page.
    }
  }
}
