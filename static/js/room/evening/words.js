/** How an evening is said. Pure. */

import { list, t, tn } from "../../lib/words.js";

/** @typedef {import("../types.js").Evening} Evening */

const NAMED_MOST = 3;

/**
 * "Mara, Ilya come · 1 maybe".
 * @param {Evening} evening
 * @returns {string[]} pieces, the most important first
 */
export function comingWords({ answers, counts }) {
  const names = answers.yes.map(({ display_name }) => display_name);
  const parts = [];
  if (counts.yes > NAMED_MOST) parts.push(tn("{n} comes", "{n} come", counts.yes));
  else if (counts.yes === 1) parts.push(t("{name} comes", { name: names[0] }));
  else if (counts.yes) parts.push(t("{names} come", { names: list(names) }));
  if (counts.maybe) parts.push(tn("{n} maybe", "{n} maybe", counts.maybe));
  if (counts.no) parts.push(tn("{n} does not come", "{n} do not come", counts.no));
  return parts.length ? parts : [t("Nobody has answered yet")];
}

const SPOKEN_S = [600, 300, 60, 10];

/**
 * What is said aloud on the way to the start: at ten minutes, five, one, and ten seconds.
 * @param {number} leftS
 */
export function spokenLeft(leftS) {
  const next = SPOKEN_S.findLast((one) => leftS <= one);
  if (!next || leftS <= 0) return "";
  if (next < 60) return tn("It begins in {n} second", "It begins in {n} seconds", next);
  return tn("It begins in {n} minute", "It begins in {n} minutes", next / 60);
}
