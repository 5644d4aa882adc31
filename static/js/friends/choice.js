/** What one can press in a line of the news. */

import { html } from "lit";
import { whileBusy } from "../lib/dom.js";
import { tc } from "../lib/words.js";
import { enter } from "./deeds.js";

/** @param {() => unknown} run */
const press = (run) => (/** @type {any} */ event) =>
  whileBusy(event.currentTarget, async () => run());

/**
 * Two buttons, busy while the answer is on its way.
 * @param {[words: string, run: () => unknown][]} answers yes, then no
 */
export const choice = (...answers) =>
  html`<div class="row">${answers.map(
    ([words, run], nth) =>
      html`<button class="btn btn-${nth ? "quiet" : "primary"} btn-36" type="button" @click=${press(run)}>${words}</button>`,
  )}</div>`;

/**
 * Leads into a room, where that is not what is asked.
 * @param {Record<string, any>} room `code`, and `path` of an invitation
 */
export const open = ({ code, path }) =>
  html`<div class="row"><button class="btn btn-ghost btn-36" type="button" @click=${press(() => enter({ code, path }))}>${tc("verb", "Open")}</button></div>`;
