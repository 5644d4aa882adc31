/** An icon of the page's sprite, inside lit templates. */

import { html } from "lit";

/**
 * Hidden from screen readers: words stand beside it or in a label.
 * @param {string} name without the `i-`
 * @param {string} [extra] more classes, for instance `i-24`
 */
export const glyph = (name, extra = "") =>
  html`<svg class="i ${extra}" aria-hidden="true"><use href="#i-${name}"></use></svg>`;

/** The ring that turns while something is under way. */
export const arc = html`<span class="arc" aria-hidden="true"></span>`;
