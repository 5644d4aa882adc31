/**
 * What people read, in the language of the page. Pure; the catalogue is there before any module runs.
 *
 * Sentences are written whole and in English, as plain strings that `manage.py words` can find:
 * `t("Waiting for {names}", { names })`. Never put one together from pieces: other languages order
 * them differently.
 */

import * as english from "#words";

/** @typedef {{lang: string, plural: (n: number) => number, words: Record<string, string | string[]>}} Catalogue */
/** @typedef {Record<string, string | number>} Values numbers are written as the language does */

/** @type {Catalogue} */
let spoken = english;

/** The language of the page as Intl and `lang` want it: "de". */
export const lang = () => spoken.lang;

/**
 * Another catalogue from now on: for tests, which have no page.
 * @param {Catalogue} [catalogue] without one: that of the page
 */
export function speak(catalogue = english) {
  spoken = catalogue;
}

/**
 * @param {string} english a whole sentence, with its values as `{name}`
 * @param {Values} [values]
 */
export const t = (english, values) => fill(one(english), values);

/**
 * The same for a word that means two things: `tc("verb", "Open")`.
 * @param {string} context for translators; not shown
 * @param {string} english
 * @param {Values} [values]
 */
export const tc = (context, english, values) => {
  const found = spoken.words[`${context}\u0004${english}`];
  return fill(typeof found === "string" ? found : english, values);
};

/**
 * One or many: `tn("{n} film", "{n} films", count)`.
 * @param {string} single
 * @param {string} many
 * @param {number} n is a value by itself
 * @param {Values} [values]
 */
export const tn = (single, many, n, values) => fill(form(single, many, n), { n, ...values });

/**
 * A sentence in pieces, for markup inside of it: strings, and what stands for a name wherever the
 * language puts it. lit draws the list as it is: `${tp("Read {page} first", { page: html`<a>` })}`.
 * @template T
 * @param {string} english
 * @param {Record<string, T>} values
 * @returns {(string | T)[]}
 */
export const tp = (english, values) => pieces(one(english), values);

/**
 * A number with the language's separators: 1,234 or 1.234.
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 */
export const number = (value, options) => new Intl.NumberFormat(spoken.lang, options).format(value);

/**
 * "Ana, Ilya and Mara"
 * @param {string[]} items
 */
export const list = (items) => new Intl.ListFormat(spoken.lang).format(items);

/**
 * "Ana, Ilya or Mara"
 * @param {string[]} items
 */
export const either = (items) =>
  new Intl.ListFormat(spoken.lang, { type: "disjunction" }).format(items);

/** @param {string} english */
function one(english) {
  const found = spoken.words[english];
  return typeof found === "string" ? found : english;
}

/**
 * @param {string} single
 * @param {string} many
 * @param {number} n
 */
function form(single, many, n) {
  const found = spoken.words[single];
  return (Array.isArray(found) && found[spoken.plural(n)]) || (n === 1 ? single : many);
}

/**
 * @param {string} text
 * @param {Values} [values]
 */
const fill = (text, values) =>
  values
    ? text.replace(/\{(\w+)\}/g, (whole, name) => {
        const value = values[name];
        return typeof value === "number" ? number(value) : (value ?? whole);
      })
    : text;

/**
 * @template T
 * @param {string} text
 * @param {Record<string, T>} values
 * @returns {(string | T)[]}
 */
const pieces = (text, values) =>
  text
    .split(/\{(\w+)\}/)
    .map((piece, index) => (index % 2 ? (values[piece] ?? `{${piece}}`) : piece))
    .filter((piece) => piece !== "");
