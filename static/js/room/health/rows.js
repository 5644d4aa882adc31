/** One person of the health panel, and the picture of one's own last minute. */

import { html, nothing, svg } from "lit";
import { t } from "../../lib/words.js";
import { face, glyph } from "../ui.js";
import { barOf, driftWords, factsOf, sparkOf } from "./words.js";

/** @typedef {import("../types.js").Person} Person */
/** @typedef {import("./words.js").Measured} Measured */
/** @typedef {import("./words.js").Standing} Standing */
/** @typedef {import("../drift-history.js").Look} Look */

/**
 * @param {Person} person
 * @param {Standing} standing
 * @param {Measured} measured
 * @param {{name?: string, exempt?: boolean}} [more]
 */
export function healthRow(
  person,
  standing,
  measured,
  { name = person.display_name, exempt = false } = {},
) {
  const { driftMs } = measured;
  return html`<div class="health-row" data-health-of=${person.id}>
    ${face(person, 36)}
    <div class="tx"><b class="ellipsis" dir="auto">${name}</b>
      <span class="health-state" data-kind=${standing.kind}>${glyph(standing.icon, "i-16")}<span>${standing.words}</span>${exempt ? html`<span class="dim">${t("· not waited for")}</span>` : nothing}</span></div>
    <div class="health-drift">${driftMs === null ? nothing : html`${bar(driftMs)}<b class="num" data-drift>${driftWords(driftMs)}</b>`}</div>
    <dl class="health-facts num">${factsOf(measured).map(
      ({ name: fact, value }) => html`<div><dt>${fact}</dt><dd>${value}</dd></div>`,
    )}</dl></div>`;
}

/** @param {number} driftMs */
function bar(driftMs) {
  const { x, width } = barOf(driftMs);
  return html`<svg class="health-bar" aria-hidden="true"><rect class="track" width="100%" height="6" y="5" rx="3"></rect>
    ${svg`<rect class="fill" x="${x}%" width="${width}%" height="6" y="5" rx="3"></rect>`}<rect class="middle" x="50%" width="2" height="16"></rect></svg>`;
}

/**
 * @param {Look[]} looks
 * @param {number} nowMs
 */
export function spark(looks, nowMs) {
  const drawn = sparkOf(looks, nowMs);
  if (!drawn) return nothing;
  const { path, mostMs, behindMs, aheadMs } = drawn;
  const said = t("Your last minute: at most {behind} ms behind and {ahead} ms ahead", {
    behind: Math.round(behindMs),
    ahead: Math.round(aheadMs),
  });
  return html`<figure class="health-spark"><figcaption class="dim small">${t("Your last minute")}</figcaption>
    <svg viewBox="0 0 60 24" preserveAspectRatio="none" role="img" aria-label=${said}><line x2="60" y1="12" y2="12"></line>${svg`<path d=${path}></path>`}</svg>
    <span class="dim small num" aria-hidden="true"><span>${t("{n} ms ahead", { n: mostMs })}</span><span>${t("{n} ms behind", { n: mostMs })}</span></span></figure>`;
}
