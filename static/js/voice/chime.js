/**
 * When a small sound tells that somebody came into the call or left it. Pure but for `play`.
 * @module
 */

/** Those who come within this time of each other, or of our own joining, are one crowd. */
const QUIET_MS = 1_000;

/** @typedef {"joined" | "left"} Move */
/**
 * @typedef {object} Hearing
 * @property {ReadonlySet<string>} crowd user ids of all in the call
 * @property {string} mine one's own user id
 * @property {boolean} inCall
 * @property {boolean} deafened
 * @property {boolean} wanted as chosen in the voice sheet
 */

/**
 * By people, not by sessions: who goes on in another tab did not leave.
 * @param {ReadonlySet<string>} before
 * @param {ReadonlySet<string>} now
 * @param {string} mine
 * @returns {Move | null} who came is told before who left
 */
export function crowdChange(before, now, mine) {
  const someone = (
    /** @type {ReadonlySet<string>} */ here,
    /** @type {ReadonlySet<string>} */ there,
  ) => [...here].some((id) => id !== mine && !there.has(id));
  if (someone(now, before)) return "joined";
  return someone(before, now) ? "left" : null;
}

export class Chime {
  /** @type {ReadonlySet<string> | null} null outside the call */
  #crowd = null;
  #quietUntilMs = -Infinity;

  /** @param {{play: (move: Move) => void, now?: () => number}} parts */
  constructor({ play, now = () => performance.now() }) {
    this.play = play;
    this.now = now;
  }

  /** After every change of any of it. @param {Hearing} hearing */
  look({ crowd, mine, inCall, deafened, wanted }) {
    const before = this.#crowd;
    this.#crowd = inCall ? crowd : null;
    if (!inCall) return;
    const nowMs = this.now();
    if (!before) this.#quietUntilMs = nowMs + QUIET_MS;
    const move = before && crowdChange(before, crowd, mine);
    if (!move || deafened || !wanted || nowMs <= this.#quietUntilMs) return;
    this.#quietUntilMs = nowMs + QUIET_MS;
    this.play(move);
  }
}
