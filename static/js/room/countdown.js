/** After a film the next one begins a few seconds later: which, when, and how to have it otherwise. */

import { html, nothing } from "lit";
import { t } from "../lib/words.js";
import { glyph } from "./ui.js";

/** @typedef {import("./types.js").Ctx} Ctx */

/** The usual lead of an appointment is no countdown, ms. */
const LEAST_MS = 1500;

/**
 * Seconds until the film begins for all; 0: nothing is counted down.
 * @param {{paused: boolean, at: number, position: number}} timeline
 * @param {number} nowMs server ms
 * @param {boolean} [counting] it was counted already: then to the end
 */
export function countdownOf({ paused, at, position }, nowMs, counting = false) {
  const leftMs = at - nowMs;
  if (paused || position > 0 || leftMs < (counting ? 1 : LEAST_MS)) return 0;
  return Math.ceil(leftMs / 1000);
}

/**
 * @param {Pick<Ctx, "room" | "remote">} ctx
 * @param {number} seconds
 */
export function countdownCard({ room, remote }, seconds) {
  const { queue, timeline } = room.value;
  const title = queue.find(({ id }) => id === timeline.item_id)?.title ?? t("a film");
  return html`<div class="hold glass hold-ask" role="group" aria-label=${t("Next: {title}", { title })} data-countdown>
      <span class="disc">${glyph("skip")}</span>
      <div><b>${t("Next: {title}", { title })}</b><span class="dim num" aria-hidden="true">${t("It begins in {n} s", { n: seconds })}</span>
        ${
          remote.allowed
            ? html`<span class="row"><button class="btn btn-primary btn-40" type="button" @click=${() => remote.do("play")}>${t("Begin now")}</button>
          <button class="btn btn-quiet btn-40" type="button" @click=${() => remote.do("pause")}>${t("Not yet")}</button></span>`
            : nothing
        }</div></div>`;
}
