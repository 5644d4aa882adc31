/**
 * A player's trouble as events tell it: a code and words, or that there is none any more.
 * @module
 */

/** @typedef {import('./types.js').Trouble} Trouble */

/** The film is elsewhere, and is not even asked for before this person says so. */
export const CONSENT = "outside_consent";

/** The network may come back at any moment, and what is buffered plays meanwhile. */
export const MEDIA_NETWORK = "media_network";

/**
 * Whether a player in this trouble cannot follow the room until somebody does something.
 * @param {Trouble | null} trouble
 */
export const isLasting = (trouble) => !!trouble && trouble.code !== MEDIA_NETWORK;

/** @type {Readonly<Trouble>} */
export const NO_TROUBLE = Object.freeze({ code: null, message: "" });
