/** How a room waits for each other, as a part of its settings: whether, from when, for how many, how long. */

import { html } from "lit";
import { number, t, tn } from "../../lib/words.js";
import { chosen } from "../moderating.js";

/** @typedef {{mode: string, grace_ms: number, quorum: number, cap_s: number}} Wait */

const GRACES_MS = [250, 500, 1000, 2000];
const CAPS_S = [5, 15, 30, 60];
const MOST = 0.5;

/**
 * What there is to choose, with what was set by other means.
 * @param {number[]} usual
 * @param {number} now
 * @param {(value: number) => string} words
 * @returns {[string, string][]}
 */
const options = (usual, now, words) =>
  [...new Set([...usual, now])].sort((a, b) => a - b).map((value) => [String(value), words(value)]);

/** @param {number} share */
const quorumText = (share) => {
  if (share >= 1) return t("everybody can play");
  return share === MOST
    ? t("half of them can play")
    : t("{n} % of them can play", { n: Math.round(share * 100) });
};

/** @param {number} ms */
const graceText = (ms) => t("{n} s", { n: number(ms / 1000, { maximumFractionDigits: 2 }) });
/** @param {number} s */
const capText = (s) => tn("{n} second", "{n} seconds", s);

/** @param {Partial<Wait>} [wait] */
export const waitFields = ({
  mode = "off",
  grace_ms = 500,
  quorum = 1,
  cap_s = 15,
} = {}) => html`<label class="setting"><span class="tx"><b>${t("Wait for each other")}</b><span>${t("When somebody’s film has to load, everybody waits a moment")}</span></span><input class="switch" type="checkbox" role="switch" name="wait" value="1" ?checked=${mode === "on"}></label>
  <div class="form wait-more">
    ${chosen(t("Only for a stop longer than"), "wait_grace_ms", options(GRACES_MS, grace_ms, graceText), String(grace_ms))}
    ${chosen(t("The film goes on when"), "wait_quorum", options([MOST, 1], quorum, quorumText), String(quorum))}
    ${chosen(t("It waits at most"), "wait_cap_s", options(CAPS_S, cap_s, capText), String(cap_s))}
  </div>`;

/**
 * @param {Record<string, string>} values
 * @returns {Partial<Wait>}
 */
export const waitOf = ({ wait, wait_grace_ms, wait_quorum, wait_cap_s }) => ({
  mode: wait ? "on" : "off",
  grace_ms: Number(wait_grace_ms),
  quorum: Number(wait_quorum),
  cap_s: Number(wait_cap_s),
});
