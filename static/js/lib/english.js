/** The catalogue `#words` of a page in English, and of tests: the sources themselves say it. */

export const lang = "en";

/** @param {number} n */
export const plural = (n) => Number(n !== 1);

/** @type {Record<string, string | string[]>} */
export const words = {};
