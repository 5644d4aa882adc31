/** What a list of films shows when there are none, or none could be fetched. */

import { t } from "../lib/words.js";
import "../components/sw-blank.js";
import { html } from "lit";

/**
 * @param {string} words what to do about it
 * @param {{act?: string, href?: string}} [way]
 */
export const noFilms = (words, { act = "", href = "" } = {}) =>
  html`<sw-blank class="glass" icon="film" words=${t("No films yet")} more=${words} act=${act} href=${href} act-icon="upload"></sw-blank>`;

/**
 * @param {string} reason
 * @param {() => void} again
 */
export const noAnswer = (reason, again) =>
  html`<sw-blank class="glass" bad icon="warning" words=${t("Your films did not come")} more=${reason}
    act=${t("Try again")} act-icon="retry" @act=${again}></sw-blank>`;
