/** One person's own choice of keys: reading, conflicts, swapping. Pure. */

import { ACTIONS } from "./keytable.js";

/** @typedef {import("./keytable.js").Action} Action */
/** @typedef {import("./keytable.js").Deed} Deed */
/** @typedef {Readonly<Record<string, readonly string[]>>} Own chords by action, where they differ; "" is no key */
/** @typedef {Action & {own: boolean}} Bound an action with the keys that count here */

/**
 * The actions with the keys that count. A person's own key wins over one that comes by default.
 * @param {Own} own
 * @returns {Bound[]}
 */
export function bound(own) {
  const taken = new Set(Object.values(own).flat());
  return ACTIONS.map((action) => {
    const keys = own[action.id] ?? action.keys.map((key) => (taken.has(key) ? "" : key));
    return { ...action, keys, own: keys.join("\n") !== action.keys.join("\n") };
  });
}

/**
 * What a key does.
 * @param {readonly Bound[]} actions
 * @param {string} chord
 * @returns {Bound | undefined}
 */
export const actionOf = (actions, chord) => actions.find(({ keys }) => keys.includes(chord));

/**
 * @param {Bound} action
 * @param {string} chord
 * @returns {Deed}
 */
export const deedFor = ({ deed }, chord) =>
  deed.name === "share" ? { name: "share", of: Number(chord) / 10 } : deed;

/**
 * Gives a key to one place of an action; whoever had it gets what that place had before.
 * @param {Own} own
 * @param {string} id
 * @param {number} place
 * @param {string} chord "" takes the key away
 * @returns {Own}
 */
export function assigned(own, id, place, chord) {
  const now = new Map(bound(own).map(({ id: one, keys }) => [one, [...keys]]));
  const keys = now.get(id);
  if (!keys || keys[place] === undefined || keys[place] === chord) return own;
  const old = keys[place];
  if (chord) for (const other of now.values()) exchange(other, chord, old);
  keys[place] = chord;
  return differing(now);
}

/** @param {string[]} keys @param {string} from @param {string} to */
function exchange(keys, from, to) {
  const at = keys.indexOf(from);
  if (at >= 0) keys[at] = to;
}

/** @param {Map<string, string[]>} now @returns {Own} */
const differing = (now) =>
  Object.fromEntries(
    ACTIONS.filter(({ id, keys }) => now.get(id)?.join("\n") !== keys.join("\n")).map(({ id }) => [
      id,
      now.get(id) ?? [],
    ]),
  );

/**
 * Gives an action the keys it came with.
 * @param {Own} own
 * @param {string} id
 */
export function asItCame(own, id) {
  const action = ACTIONS.find((one) => one.id === id);
  return (action?.keys ?? []).reduce((sofar, key, place) => assigned(sofar, id, place, key), own);
}

/**
 * What a browser kept, as far as it makes sense.
 * @param {string | null} text
 * @returns {Own}
 */
export function readOwn(text) {
  const kept = parsed(text);
  /** @type {Set<string>} */
  const seen = new Set(ACTIONS.filter(({ fixed }) => fixed).flatMap(({ keys }) => keys));
  const free = (/** @type {unknown} */ key) =>
    typeof key === "string" && key.length < 16 && (key === "" || !seen.has(key));
  /** @type {Record<string, string[]>} */
  const own = {};
  for (const { id, keys, fixed } of ACTIONS) {
    const mine = kept[id];
    const fits = Array.isArray(mine) && mine.length === keys.length && mine.every(free);
    if (fixed || !fits || repeats(mine)) continue;
    own[id] = mine;
    for (const key of mine) seen.add(key);
  }
  return own;
}

/** @param {string[]} keys */
const repeats = (keys) => {
  const held = keys.filter(Boolean);
  return new Set(held).size < held.length;
};

/** @param {string | null} text @returns {Record<string, unknown>} */
function parsed(text) {
  try {
    const value = JSON.parse(text ?? "{}");
    return value && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}
