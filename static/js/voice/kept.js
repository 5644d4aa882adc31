/**
 * What this person chose for talking, on this device.
 * @module
 */

const KEY = "sw.voice";
/** What is left of the film while somebody speaks: −9 dB. */
const DUCK_DEPTH = 0.35;

/**
 * @typedef {object} Choices
 * @property {string} microphone device id, "" for the system's
 * @property {string} speaker device id, "" for the system's
 * @property {boolean} headphones no echo to cancel
 * @property {boolean} joinMuted one talks only while the talk key is held
 * @property {boolean} ducking
 * @property {number} duckDepth
 * @property {boolean} relayOnly
 * @property {boolean} sounds one is told by a sound who comes into the call and who leaves
 * @property {Record<string, number>} volumes of people, 0–1, by user id
 */

/** @type {Choices} */
const USUAL = {
  microphone: "",
  speaker: "",
  headphones: false,
  joinMuted: false,
  ducking: true,
  duckDepth: DUCK_DEPTH,
  relayOnly: false,
  sounds: true,
  volumes: {},
};

/**
 * @param {string | null} text what was kept
 * @returns {Choices}
 */
export function readChoices(text) {
  /** @type {any} */
  let kept = {};
  try {
    kept = JSON.parse(text ?? "{}") ?? {};
  } catch {
    // Written by another version, or by somebody's hand: begin anew.
  }
  const fitting = Object.entries(USUAL).filter(
    ([name, usual]) => typeof kept[name] === typeof usual,
  );
  return { ...USUAL, ...Object.fromEntries(fitting.map(([name]) => [name, kept[name]])) };
}

export class Kept {
  /** @param {Pick<Storage, "getItem" | "setItem"> | null} storage null where it is forbidden */
  constructor(storage) {
    this.storage = storage;
    this.choices = readChoices(storage?.getItem(KEY) ?? null);
  }

  /** @param {Partial<Choices>} change */
  change(change) {
    this.choices = { ...this.choices, ...change };
    this.storage?.setItem(KEY, JSON.stringify(this.choices));
  }

  /** @param {string} userId */
  volumeOf(userId) {
    return this.choices.volumes[userId] ?? 1;
  }
}

/** What this device keeps for the page; null where the browser forbids it. */
export function deviceStorage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
