/** What a list of films shows when there are none, or none could be fetched. */

import { html } from "lit";
import { glyph } from "../room/ui.js";

/**
 * @param {string} words
 * @param {unknown} [act]
 */
export const noFilms = (
  words,
  act = "",
) => html`<div class="blank glass"><span class="disc" aria-hidden="true">${glyph("film", "i-24")}</span>
  <h3>No films yet</h3><p>${words}</p>${act}</div>`;

/**
 * @param {string} reason
 * @param {() => void} again
 */
export const noAnswer = (
  reason,
  again,
) => html`<div class="blank blank-bad glass" role="alert"><span class="disc" aria-hidden="true">${glyph("warning", "i-24")}</span>
  <h3>Your films did not come</h3><p>${reason}</p><button class="btn btn-quiet" type="button" @click=${again}>${glyph("retry")}Try again</button></div>`;
