/** Whether one comes to an evening, said by one tap: in the room, under the bell, at home. */

import { html } from "lit";
import { http } from "../lib/http.js";
import { t } from "../lib/words.js";
import { glyph } from "./glyph.js";

/** @typedef {"yes" | "maybe" | "no"} Answer */

/** Told to the document by whoever answered: `detail` is `{code, answer}`. */
export const ANSWERED = "evening:answered";

/** @returns {[Answer, string][]} what can be said, in words */
export const answers = () => [
  ["yes", t("I come")],
  ["maybe", t("Maybe")],
  ["no", t("I can’t")],
];

/**
 * Tells the room, from inside or outside, and the rest of this page.
 * @param {string} code of the room
 * @param {string} answer
 * @returns {Promise<void>} refused as every request is: `ApiError`
 */
export async function answerEvening(code, answer) {
  await http.put(`/api/rooms/${code}/evening/answer/`, { answer });
  document.dispatchEvent(new CustomEvent(ANSWERED, { detail: { code, answer } }));
}

/**
 * Three buttons, of which the one that was said is pressed.
 * @param {string | null} mine
 * @param {(answer: Answer) => (event: Event) => unknown} press makes the listener of a button
 * @param {string} [what] whose evening, for ears, where several stand beneath each other
 */
export const answerButtons = (mine, press, what = "") => html`<div class="answers" role="group"
  aria-label=${what ? `${t("Do you come?")} ${what}` : t("Do you come?")}>${answers().map(
    ([
      said,
      words,
    ]) => html`<button class="btn btn-quiet btn-36" type="button" aria-pressed=${String(said === mine)}
    @click=${press(said)}>${glyph("check")}${words}</button>`,
  )}</div>`;
