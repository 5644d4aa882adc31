/** Draws how good a line is: four bars, with the words for those who point at it or hear the page. */

import { html, nothing, svg } from "lit";
import { lineOf } from "./line.js";
import { talkOf } from "./talk.js";
import { glyph } from "./ui.js";

/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {import("../voice/call.js").Call} Call */

const STEPS = [1, 2, 3, 4];

/** @param {import("./line.js").Line | null} line */
export const lineBars = (line) =>
  line
    ? html`<svg class="line-bars" viewBox="0 0 15 12" role="img" data-bars=${line.bars} aria-label=${line.words}><title>${line.words}</title>
        <rect class="catch" width="15" height="12"></rect>${STEPS.map((step) => bar(step, step <= line.bars))}</svg>`
    : nothing;

/** @param {number} step @param {boolean} lit */
const bar = (step, lit) =>
  svg`<rect class=${lit ? "" : "is-off"} x=${(step - 1) * 4} y=${12 - step * 3} width="3" height=${step * 3} rx="1"></rect>`;

/**
 * How somebody is in the call: a word, and how good the line to them is.
 * @param {RoomState} state
 * @param {string} userId
 * @param {Call} call
 */
export function voiceLine(state, userId, call) {
  const talk = talkOf(state, userId, call);
  if (!talk) return nothing;
  return html`<span class="s-voice ${talk.kind ? `s-${talk.kind}` : ""}">${talk.icon ? glyph(talk.icon) : nothing}${talk.words}${lineBars(lineOf(state, userId, call))}</span>`;
}
