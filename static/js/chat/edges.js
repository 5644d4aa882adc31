/** What the log shows where messages are not: none yet, older ones on their way, a hole. */

import { html, nothing } from "lit";
import { t } from "../lib/words.js";
import { glyph } from "../room/ui.js";

/** @typedef {import("./history.js").Asking} Asking */

export const emptyOf = () =>
  html`<div class="log-empty"><span class="disc">${glyph("chat", "i-24")}</span><h3>${t("Quiet in here")}</h3><p>${t("What you write carries the film's time, so it can be found again.")}</p></div>`;

/** With the film: nobody said anything up to here. */
export const quietOf = () =>
  html`<div class="log-empty"><span class="disc">${glyph("film", "i-24")}</span><h3>${t("Quiet up to here")}</h3><p>${t("What people said to this film appears here as it plays.")}</p></div>`;

/** @param {string} words */
const arc = (words) =>
  html`<span class="arc" aria-hidden="true"></span><span role="status">${words}</span>`;

/**
 * @param {Asking} older
 * @param {() => void} load
 */
export function topOf({ loading, failed }, load) {
  if (loading) return html`<div class="sys log-older">${arc(t("Loading older messages"))}</div>`;
  if (!failed) return nothing;
  return html`<div class="log-older mstate mstate-bad" role="alert">${glyph("warning")}${t("Older messages did not load.")} <button type="button" @click=${load}>${t("Try again")}</button></div>`;
}

/**
 * @param {Asking} gap
 * @param {() => void} fill
 */
export function gapOf({ loading, failed }, fill) {
  if (loading) return html`<div class="gap" data-gap>${arc(t("Loading what is missing"))}</div>`;
  return html`<div class="gap" data-gap role=${failed ? "alert" : nothing}>${glyph(failed ? "warning" : "info")}<span>${
    failed ? t("They did not load.") : t("Older messages are missing.")
  }</span><button type="button" @click=${fill}>${failed ? t("Try again") : t("Load")}</button></div>`;
}
