/** The key table, and the switch that makes keys rest. */

import { html, render } from "lit";
import { KEY_HELP, keysAreOff, switchKeys } from "../keys.js";

/** @param {HTMLElement} body */
export function drawKeys(body) {
  const flip = (/** @type {any} */ event) => switchKeys(!event.target.checked);
  render(
    html`<label class="setting"><span class="tx"><b>Keys of the player</b><span>Off: only ? still answers</span></span>
      <input class="switch" type="checkbox" role="switch" .checked=${!keysAreOff()} @change=${flip}></label>
    <dl class="keys">${KEY_HELP.map(
      ([words, keys]) =>
        html`<div><dt>${words}</dt><dd>${keys.map((key) => html`<kbd class="kbd">${key}</kbd>`)}</dd></div>`,
    )}</dl>`,
    body,
  );
}
