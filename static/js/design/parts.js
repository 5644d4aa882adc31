/** What the gallery is built of: a section, a specimen with its name, and people to show. */

import { html } from "lit";

/**
 * @typedef {object} Specimen
 * @property {string} name the state, as the code calls it
 * @property {unknown} shown
 */

/** @type {import("../room/types.js").Person[]} */
export const PEOPLE = ["Mara", "Ana", "Ilya", "Noor", "宇宙"].map((name, at) => ({
  id: `p${at}`,
  display_name: name,
  guest: at > 2,
  avatar: at + 1,
}));

/**
 * @param {string} title
 * @param {Specimen[]} specimens
 * @param {string} [place] `film` lays them over a picture, `wide` gives each a line
 */
export const section = (
  title,
  specimens,
  place = "",
) => html`<section class="shelf" aria-labelledby=${idOf(title)}>
  <h2 id=${idOf(title)}>${title}</h2>
  <div class="specimens ${place ? `specimens-${place}` : ""}">${specimens.map(
    ({ name, shown }) =>
      html`<figure class="specimen"><div class="shown">${shown}</div><figcaption>${name}</figcaption></figure>`,
  )}</div></section>`;

/** @param {string} title */
const idOf = (title) => `shelf-${title.toLowerCase().replaceAll(/[^a-z]+/gu, "-")}`;

/**
 * @param {Record<string, unknown>} shown by name
 * @returns {Specimen[]}
 */
export const named = (shown) =>
  Object.entries(shown).map(([name, what]) => ({ name, shown: what }));
