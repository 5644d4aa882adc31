/** What becomes of an evening, as the sign over the picture says it. Pure. */

import { when } from "../../lib/when.js";
import { t, tp } from "../../lib/words.js";

/** @typedef {import("../types.js").Part} Part */
/** @typedef {import("../sentences.js").Who} Who */

/** @type {Record<string, (who: Who, time: {b: string}) => Part[]>} */
const SAID = {
  planned: (who, time) =>
    who
      ? tp("{who} planned an evening: {time}", { who, time })
      : tp("You planned an evening: {time}", { time }),
  moved: (who, time) =>
    who
      ? tp("{who} moved the evening: {time}", { who, time })
      : tp("You moved the evening: {time}", { time }),
  cancelled: (who) =>
    who ? tp("{who} called the evening off", { who }) : [t("You called the evening off")],
  missed: () => [t("The evening did not take place")],
};

/**
 * @param {string} what happened to it
 * @param {Who} who
 * @param {import("../types.js").Evening} evening
 * @returns {Part[] | null} null where the picture need not say it
 */
export const evenings = (what, who, evening) =>
  SAID[what]?.(who, { b: when(evening.starts_at) }) ?? null;
