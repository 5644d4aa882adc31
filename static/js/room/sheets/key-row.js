/** One action in the list of keys: its words, a button for each of its keys, what is asked about it. */

import { html, nothing } from "lit";
import { t } from "../../lib/words.js";
import { labelOf } from "../chord.js";
import { named } from "../recorder.js";
import { glyph } from "../ui.js";

/** @typedef {import("../keymap.js").Bound} Bound */
/** @typedef {{id: string, place: number}} Place one key of an action */
/**
 * @typedef {object} RowState
 * @property {Place | null} recording listens for its new key
 * @property {(Place & {chord: string, words: string}) | null} asking whether to take another's key
 * @property {string} said the last words
 */
/**
 * @typedef {object} RowActs
 * @property {(place: Place) => void} record
 * @property {(event: KeyboardEvent) => void} press while it listens
 * @property {(event: KeyboardEvent) => void} let the key go again
 * @property {() => void} leave the question or the listening, as it was
 * @property {() => void} blur
 * @property {() => void} swap
 * @property {(id: string) => void} reset
 */

/** @param {Place} place */
export const placeSelector = ({ id, place }) => `[data-action="${id}"] [data-place="${place}"]`;

/**
 * @param {Bound} action
 * @param {RowState} state
 * @param {RowActs} acts
 */
export function keyRow(action, state, acts) {
  const { id, words, keys, own, fixed } = action;
  const { recording, asking, said } = state;
  return html`<li class="key-row" data-action=${id}><span class="key-words">${words}</span>
    ${own ? html`<button class="iconbtn iconbtn-36 dim" type="button" aria-label=${t("{words}: as it came", { words })} @click=${() => acts.reset(id)}>${glyph("retry", "i-16")}</button>` : nothing}
    ${fixed ? fixedKeys(keys) : keys.map((_, place) => slot(action, place, state, acts))}
    ${recording?.id === id ? html`<span class="key-note" aria-hidden="true">${said}</span>` : nothing}
    ${asking?.id === id ? question(asking.words, acts) : nothing}</li>`;
}

/** @param {readonly string[]} keys */
const fixedKeys = (keys) =>
  html`<span class="key-fixed"><kbd class="kbd">${keys.length > 1 ? `${keys[0]} – ${keys.at(-1)}` : labelOf(keys[0])}</kbd></span>`;

/**
 * @param {Bound} action
 * @param {number} place
 * @param {RowState} state
 * @param {RowActs} acts
 */
function slot({ id, words, keys }, place, { recording }, acts) {
  const on = recording?.id === id && recording.place === place;
  const key = keys[place];
  return html`<button class="key-slot ${on ? "is-on" : ""}" type="button" data-place=${place} aria-label=${t("{words}: {key}. Change", { words, key: named([key]) })}
    @click=${() => acts.record({ id, place })} @keydown=${(/** @type {KeyboardEvent} */ event) => on && acts.press(event)}
    @keyup=${acts.let} @blur=${() => on && acts.blur()}><kbd class="kbd">${on ? "…" : key ? labelOf(key) : "–"}</kbd></button>`;
}

/**
 * @param {string} words
 * @param {RowActs} acts
 */
function question(words, { swap, leave }) {
  const onEscape = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.preventDefault(); // or the sheet would close
    event.stopPropagation();
    leave();
  };
  return html`<span class="key-note key-ask" @keydown=${onEscape}><span>${words}</span>
    <button class="btn btn-tint btn-36" type="button" data-keys-swap @click=${swap}>${t("Swap")}</button>
    <button class="btn btn-ghost btn-36" type="button" @click=${leave}>${t("Leave it")}</button></span>`;
}
